package org.thurn.bench;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What the command line says.
 *
 * @param imap the IMAP measurements instead of those of transport
 * @param messages of each measured load
 * @param warmUp messages between the cold load and the warm one
 * @param probes messages of the latency measurement
 * @param rounds how often everything is measured, by turns
 * @param anyway although others use the machine
 * @param only name of the workloads to run, or empty for all
 * @param root of the project
 * @param parent folder in which the temporary folder is made
 * @param mailbox messages in the mailbox that IMAP shows
 * @param connections idle ones of the IMAP measurement
 */
record Options(
    boolean imap,
    int messages,
    int warmUp,
    int probes,
    int rounds,
    boolean anyway,
    String only,
    Path root,
    Path parent,
    int mailbox,
    int connections) {
  static final String USAGE =
      """
      bench/run [imap] [OPTION]...
        --quick         500 messages and one round; a mailbox of 10,000 and 100 idle connections
        --messages N    of each measured load (3000)
        --warm-up N     between the cold load and the warm one (twice as many)
        -k N            rounds (3)
        --anyway        although other programs use the machine
        --only WORDS    workloads whose name or server holds the words, such as relay or Thurn
        --parent DIR    where the temporary folder is made (/var/tmp)
        --mailbox N     imap: messages in the mailbox (100000)
        --connections N imap: idle connections (1000)
      """;

  /**
   * @throws IllegalArgumentException what is wrong
   */
  static Options parse(Path root, String[] words) {
    Draft draft = new Draft();
    for (int i = 0; i < words.length; i++) {
      switch (words[i]) {
        case "imap" -> draft.imap = true;
        case "--quick" -> draft.quick();
        case "--anyway" -> draft.anyway = true;
        case "--messages" -> draft.messages = number(words, ++i, 100);
        case "--warm-up" -> draft.warmUp = number(words, ++i, 100);
        case "--mailbox" -> draft.mailbox = number(words, ++i, 10);
        case "--connections" -> draft.connections = number(words, ++i, 1);
        case "-k" -> draft.rounds = number(words, ++i, 1);
        case "--only" -> draft.only = word(words, ++i);
        case "--parent" -> draft.parent = Path.of(word(words, ++i));
        default -> throw new IllegalArgumentException("unknown: " + words[i]);
      }
    }
    return draft.options(root);
  }

  static String word(String[] words, int i) {
    if (i >= words.length) {
      throw new IllegalArgumentException("something is missing after " + words[i - 1]);
    }
    return words[i];
  }

  static int number(String[] words, int i, int least) {
    int number = Integer.parseInt(word(words, i));
    if (number < least) {
      throw new IllegalArgumentException(words[i - 1] + " is at least " + least);
    }
    return number;
  }

  private static final class Draft {
    private boolean imap;
    private int messages = 3_000;
    private int warmUp;
    private int probes = 200;
    private int rounds = 3;
    private boolean anyway;
    private String only = "";
    private Path parent = Path.of("/var/tmp");
    private int mailbox = 100_000;
    private int connections = 1_000;

    private void quick() {
      messages = 500;
      probes = 50;
      rounds = 1;
      mailbox = 10_000;
      connections = 100;
    }

    private Options options(Path root) {
      return new Options(
          imap,
          messages,
          warmUp == 0 ? 2 * messages : warmUp,
          probes,
          rounds,
          anyway,
          only,
          root,
          parent,
          mailbox,
          connections);
    }
  }

  boolean wants(Workload workload) {
    return (workload.label + " " + workload.server + " " + workload.name())
        .toLowerCase(Locale.ROOT)
        .contains(only.toLowerCase(Locale.ROOT));
  }
}

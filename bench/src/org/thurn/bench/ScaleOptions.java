package org.thurn.bench;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What bench/scale was asked for.
 *
 * @param what is filled
 * @param messages that it is filled with
 * @param load messages of each measured load
 * @param warmUp messages before the first measured load
 * @param rounds measured loads
 * @param state a folder to fill and keep, or empty for one that goes
 * @param reuse whether that folder is filled already
 * @param whole whether the check of the store reads the messages too
 */
record ScaleOptions(
    What what,
    long messages,
    int accounts,
    int load,
    int warmUp,
    int rounds,
    boolean anyway,
    Path root,
    Path parent,
    Optional<Path> state,
    boolean reuse,
    boolean whole) {
  /** What is filled. */
  enum What {
    QUEUE,
    STORE
  }

  static final String USAGE =
      """
      bench/scale queue|store [OPTION]...
        --messages N    in the full queue (1000000), in the full mailboxes (5000000)
        --accounts N    store: among which they are spread (1000)
        --load N        messages of each measured load (queue: 3000, store: 5000)
        --warm-up N     messages before the first of them (queue: 15000, store: 40000)
        -k N            measured loads; a figure is their median (5)
        --anyway        although other programs use the machine
        --parent DIR    where the temporary folder is made (/var/tmp)
        --state DIR     fill this folder, which is new, and keep it
        --reuse         it was filled by an earlier run with the same numbers
        --whole         store: the check at the end reads the messages, too
      """;

  /**
   * @throws IllegalArgumentException what is wrong
   */
  static ScaleOptions parse(Path root, String[] words) {
    if (words.length == 0) {
      throw new IllegalArgumentException("queue or store?");
    }
    Draft draft = new Draft();
    What what =
        switch (words[0]) {
          case "queue" -> What.QUEUE;
          case "store" -> What.STORE;
          default -> throw new IllegalArgumentException("unknown: " + words[0]);
        };
    for (int i = 1; i < words.length; i++) {
      switch (words[i]) {
        case "--anyway" -> draft.anyway = true;
        case "--reuse" -> draft.reuse = true;
        case "--whole" -> draft.whole = true;
        case "--messages" -> draft.messages = Options.number(words, ++i, 1);
        case "--accounts" -> draft.accounts = Options.number(words, ++i, 1);
        case "--load" -> draft.load = Options.number(words, ++i, 100);
        case "--warm-up" -> draft.warmUp = Options.number(words, ++i, 100);
        case "-k" -> draft.rounds = Options.number(words, ++i, 1);
        case "--parent" -> draft.parent = Path.of(Options.word(words, ++i));
        case "--state" ->
            draft.state = Optional.of(Path.of(Options.word(words, ++i)).toAbsolutePath());
        default -> throw new IllegalArgumentException("unknown: " + words[i]);
      }
    }
    if (draft.reuse && draft.state.isEmpty()) {
      throw new IllegalArgumentException("--reuse what? --state is missing");
    }
    return draft.options(what, root);
  }

  private static final class Draft {
    private long messages;
    private int accounts = 1_000;
    private int load;
    private int warmUp;
    private int rounds = 5;
    private boolean anyway;
    private Path parent = Path.of("/var/tmp");
    private Optional<Path> state = Optional.empty();
    private boolean reuse;
    private boolean whole;

    private ScaleOptions options(What what, Path root) {
      boolean queue = what == What.QUEUE;
      long usual = queue ? 1_000_000 : 5_000_000;
      int usualLoad = queue ? 3_000 : 5_000;
      int usualWarmUp = queue ? 15_000 : 40_000;
      return new ScaleOptions(
          what,
          messages == 0 ? usual : messages,
          accounts,
          load == 0 ? usualLoad : load,
          warmUp == 0 ? usualWarmUp : warmUp,
          rounds,
          anyway,
          root,
          parent,
          state,
          reuse,
          whole);
    }
  }
}

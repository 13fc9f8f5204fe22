package org.thurn.bench;

import java.nio.file.Path;

/**
 * What bench/tls was asked for.
 *
 * @param connections of each measured load
 * @param warmUp connections of each kind before the first measured load
 * @param rounds how often everything is measured, by turns
 * @param held connections that are held open
 */
record TlsOptions(
    int connections, int warmUp, int rounds, int held, boolean anyway, Path root, Path parent) {
  static final String USAGE =
      """
      bench/tls [OPTION]...
        --quick         200 connections a load, one round, 100 held
        --connections N of each measured load (2000)
        --warm-up N     of each kind before the first of them (4000)
        -k N            rounds (3)
        --held N        connections that are held open (1000)
        --anyway        although other programs use the machine
        --parent DIR    where the temporary folder is made (/var/tmp)
      """;

  /**
   * @throws IllegalArgumentException what is wrong
   */
  static TlsOptions parse(Path root, String[] words) {
    int connections = 2_000;
    int warmUp = 4_000;
    int rounds = 3;
    int held = 1_000;
    boolean anyway = false;
    Path parent = Path.of("/var/tmp");
    for (int i = 0; i < words.length; i++) {
      switch (words[i]) {
        case "--quick" -> {
          connections = 200;
          warmUp = 200;
          rounds = 1;
          held = 100;
        }
        case "--anyway" -> anyway = true;
        case "--connections" -> connections = Options.number(words, ++i, 10);
        case "--warm-up" -> warmUp = Options.number(words, ++i, 0);
        case "--held" -> held = Options.number(words, ++i, 1);
        case "-k" -> rounds = Options.number(words, ++i, 1);
        case "--parent" -> parent = Path.of(Options.word(words, ++i));
        default -> throw new IllegalArgumentException("unknown: " + words[i]);
      }
    }
    return new TlsOptions(connections, warmUp, rounds, held, anyway, root, parent);
  }
}

package org.thurn.bench.jmh;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that does the same work and says what it cost. */
record Peer(String name, List<String> command) {
  /** OpenDKIM's library, called from C. */
  static Peer openDkim(Path root, Path folder) throws Exception {
    Path program = folder.resolve("opendkim");
    run(
        List.of(
            "gcc",
            "-O2",
            "-I" + root.resolve("src/test/c"),
            "-o",
            program.toString(),
            root.resolve("bench/jmh/opendkim.c").toString(),
            "-lopendkim"));
    return new Peer("OpenDKIM", List.of(program.toString(), folder.toString()));
  }

  /** dkimpy, as Debian has it. */
  static Peer dkimpy(Path root, Path folder) {
    String script = root.resolve("bench/jmh/dkimpy.py").toString();
    return new Peer("dkimpy", List.of("/usr/bin/python3", script, folder.toString()));
  }

  /** Milliseconds of processor time for each message. */
  double measure(Work work, int messages) throws Exception {
    List<String> words = new ArrayList<>(command);
    words.addAll(List.of(work.word(), String.valueOf(messages)));
    return Double.parseDouble(run(words).strip());
  }

  private static String run(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + ": " + said);
    }
    return said;
  }
}

package org.thurn.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a command of Thurn's was answered.
 *
 * @param first seconds until its first line, its own start included
 * @param seconds until its end
 * @param lines that it printed
 * @param last of them
 * @param serverSeconds processor time that the server used for it; 0 where none ran
 */
record Command(
    String words, double first, double seconds, long lines, String last, double serverSeconds) {

  /** Runs {@code thurn words --state DIR}. */
  static Command run(Path launcher, Path state, Group server, String words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(words.split(" ")));
    command.addAll(List.of("--state", state.toString()));
    double used = server.cpu().total();
    long begin = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    double first = 0;
    long lines = 0;
    String last = "";
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        first = lines++ == 0 ? (System.nanoTime() - begin) / 1e9 : first;
        last = line;
      }
    }
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IOException("thurn " + words + " ended with " + exit + ": " + last);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Command(
        words, first, seconds, lines, last.strip(), (server.cpu().total() - used) / 1000);
  }
}

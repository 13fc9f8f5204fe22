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
 * @param busy seconds of processor time that the server used for it, or where none runs the command
 */
record Command(String words, double first, double seconds, long lines, String last, double busy) {

  /** Asks a running server {@code thurn words --state DIR}. */
  static Command ask(Path launcher, Path state, Group server, String words)
      throws IOException, InterruptedException {
    return run(
        words,
        server,
        new ProcessBuilder(command(launcher, state, words)).redirectErrorStream(true).start(),
        server.cpu());
  }

  /** As {@link #ask} where no server runs: the command works itself, in a new group. */
  static Command work(Path launcher, Path state, Group own, String words)
      throws IOException, InterruptedException {
    Cpu before = own.cpu();
    return run(words, own, own.startPiped(state, command(launcher, state, words)), before);
  }

  private static List<String> command(Path launcher, Path state, String words) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(words.split(" ")));
    command.addAll(List.of("--state", state.toString()));
    return command;
  }

  private static Command run(String words, Group counted, Process process, Cpu before)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
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
    double busy = counted.cpu().minus(before).total() / 1000;
    return new Command(words, first, seconds, lines, last.strip(), busy);
  }
}

package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Types into a program such as netcat and reads what the server answers, as a person does. */
final class Typist implements AutoCloseable {
  private static final int SECONDS = 30;

  private final Process process;
  private final OutputStream keyboard;
  private final LinkedBlockingQueue<String> screen = new LinkedBlockingQueue<>();

  Typist(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    keyboard = process.getOutputStream();
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Thread.ofVirtual().start(() -> reader.lines().forEach(screen::add));
  }

  /** Types lines, each ended by the return key. */
  void type(String... lines) throws IOException {
    for (String line : lines) {
      keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    keyboard.flush();
  }

  /** Types a line and returns the last line of the reply. */
  String ask(String line) throws Exception {
    type(line);
    return reply();
  }

  /** The last line of the next reply. */
  String reply() throws Exception {
    while (true) {
      String line = screen.poll(SECONDS, TimeUnit.SECONDS);
      assertThat(line).as("a reply within " + SECONDS + " s").isNotNull();
      if (line.matches("[2-5][0-9][0-9]( .*)?")) {
        return line;
      }
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

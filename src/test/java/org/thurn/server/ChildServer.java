package org.thurn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a process of its own, so that it can be killed. */
public final class ChildServer implements AutoCloseable {
  private final Process process;
  private final Path output;

  /** Starts it; {@code wrapper} is a command before Java's, such as setpriv, or nothing. */
  public ChildServer(Path output, List<String> wrapper, List<String> arguments) throws IOException {
    this(output, wrapper, List.of("-Xmx512m"), arguments);
  }

  /** The same; {@code options} are Java's. */
  public ChildServer(
      Path output, List<String> wrapper, List<String> options, List<String> arguments)
      throws IOException {
    this.output = output;
    List<String> command = new ArrayList<>(wrapper);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.thurn.main.Main"));
    command.addAll(arguments);
    this.process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
  }

  /** What it has printed so far. */
  public String printed() throws IOException {
    return Files.readString(output);
  }

  /** Waits for it to print something that matches; fails if it ends before. */
  public Matcher awaitPrinted(Pattern pattern) throws Exception {
    TestServer.until(
        () -> {
          boolean found = pattern.matcher(printed()).find();
          assertThat(found || process.isAlive()).as("it ended: " + printed()).isTrue();
          return found;
        });
    Matcher matcher = pattern.matcher(printed());
    assertThat(matcher.find()).isTrue();
    return matcher;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  /** SIGKILL. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  /** SIGTERM, and its exit code. */
  public int terminate() throws InterruptedException {
    process.destroy();
    return awaitEnd();
  }

  /** The exit code with which it ends by itself. */
  public int awaitEnd() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}

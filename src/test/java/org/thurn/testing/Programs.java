package org.thurn.testing;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs that we did not write. A test that lacks its program is skipped with a message, but
 * fails where {@code CI=true}: a check that silently does not run is no check.
 */
public final class Programs {
  private Programs() {}

  /**
   * The program's path; otherwise the test ends here. Also looks in the administrator's folders.
   */
  public static Path require(String name) {
    Optional<Path> found =
        Stream.concat(
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin"))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    return found.orElseGet(() -> missing(name + " is not installed"));
  }

  /** A file or folder of data that a test needs, by the same rule. */
  public static Path requireFile(Path file) {
    return Files.exists(file) ? file : missing(file + " is not there");
  }

  /** The Node.js of npm's package, newer than Debian's. */
  public static Path node() {
    return requireFile(nodeModules().resolve("node/bin/node"));
  }

  /** Where .ci/run installs npm's packages. */
  public static Path nodeModules() {
    return Path.of(System.getProperty("user.home"), ".cache", "thurn-peers", "node_modules");
  }

  private static Path missing(String reason) {
    if ("true".equals(System.getenv("CI"))) {
      return fail(reason + ", and CI=true allows no skipped test");
    }
    return Assumptions.abort(reason);
  }

  /** What a program did. Output: standard output and error together, as UTF-8. */
  public record Ran(int exitCode, String output) {}

  /**
   * Runs a program to its end.
   *
   * @param input given to its standard input, which is then closed
   * @param limit after which it is ended and the test fails
   */
  public static Ran run(Duration limit, String input, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("thurn-", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        fail(command + " did not end within " + limit + ": " + text(output));
      }
      return new Ran(process.exitValue(), text(output));
    } finally {
      Files.delete(output);
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}

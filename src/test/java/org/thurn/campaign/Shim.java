package org.thurn.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.thurn.testing.Programs;

/** The library that is preloaded, compiled where a test needs it. */
final class Shim {
  private static final Path SOURCE = Path.of("src/test/c/powercut.c").toAbsolutePath();

  private Shim() {}

  /** Compiles it into a folder; without a C compiler the test ends here. */
  static Path compile(Path folder) throws IOException, InterruptedException {
    Path compiler = Programs.require("cc");
    Path library = folder.resolve("powercut.so");
    Programs.Ran ran =
        Programs.run(
            Duration.ofSeconds(60),
            "",
            List.of(
                compiler.toString(),
                "-shared",
                "-fPIC",
                "-O1",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-o",
                library.toString(),
                SOURCE.toString(),
                "-ldl",
                "-lpthread"));
    if (ran.exitCode() != 0) {
      throw new IOException("the shim does not compile: " + ran.output());
    }
    return library;
  }
}

package org.thurn.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The library that is preloaded, compiled where it is needed. */
final class Shim {
  private static final Path SOURCE = Path.of("src/test/c/powercut.c").toAbsolutePath();

  private Shim() {}

  /** Compiles it into a folder. */
  static Path compile(Path compiler, Path folder) throws IOException, InterruptedException {
    Path library = folder.resolve("powercut.so");
    List<String> command =
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
            "-lpthread");
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException("the shim does not compile");
    }
    return library;
  }
}

package org.thurn.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A library that is preloaded into a process, compiled where it is needed. */
public final class Shim {
  private static final Path SOURCES = Path.of("src/test/c").toAbsolutePath();

  private Shim() {}

  /** Compiles {@code src/test/c/name.c} into a folder. */
  public static Path compile(Path compiler, Path folder, String name)
      throws IOException, InterruptedException {
    Path library = folder.resolve(name + ".so");
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
            SOURCES.resolve(name + ".c").toString(),
            "-ldl",
            "-lpthread");
    int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException("the shim does not compile");
    }
    return library;
  }
}

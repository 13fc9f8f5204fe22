package org.thurn.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A JVM's memory. */
final class Heap {
  /** The serial collector gives memory back in four steps (ShrinkHeapInSteps). */
  private static final int COLLECTIONS = 4;

  private Heap() {}

  /** Asks the JVM that was started in this group for what nobody needs any more. */
  static void collect(Group own) throws IOException, InterruptedException {
    for (int i = 0; i < COLLECTIONS; i++) {
      collect(own.started().getFirst().pid());
    }
  }

  private static void collect(long pid) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd").toString();
    Process process =
        new ProcessBuilder(jcmd, Long.toString(pid), "GC.run").redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(said);
    }
  }
}

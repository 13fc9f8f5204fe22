package org.thurn.cli;

import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.thurn.lab.Lab;
import org.thurn.lab.LabSettings;
import org.thurn.time.Time;

/** A lab at some ports, for commands that look at servers from outside. */
record CommandLab(Path folder, int offset, Lab lab) implements AutoCloseable {
  private static final int TRIES = 10;

  static CommandLab start(Path folder) throws Exception {
    for (int attempt = 1; ; attempt++) {
      int offset = ThreadLocalRandom.current().nextInt(8_000, 27_000);
      try {
        LabSettings settings = new LabSettings(folder, 0, offset, List.of());
        return new CommandLab(folder, offset, Lab.start(settings, Time.system()));
      } catch (BindException e) {
        if (attempt == TRIES) {
          throw e; // every one of them was taken
        }
      }
    }
  }

  /** Where a port of docs/lab.md is now. */
  int port(int usual) {
    return usual + offset;
  }

  /** What is trusted, and whom to ask. */
  List<String> options() {
    return List.of(
        "--resolver",
        "127.0.0.1:" + port(5300),
        "--trust-anchor",
        folder.resolve("root.ds").toString(),
        "--ca",
        folder.resolve("ca/ca.pem").toString());
  }

  @Override
  public void close() throws Exception {
    lab.close();
  }
}

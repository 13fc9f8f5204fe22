package org.thurn.fuzz;

import java.nio.file.Path;

/** Where Jazzer comes in: the property {@code thurn.fuzz.target} names the target. */
public final class FuzzEntry {
  private static final FuzzTarget TARGET =
      new Bounded(
          Target.named(System.getProperty("thurn.fuzz.target"))
              .open(Path.of(System.getProperty("java.io.tmpdir"))));

  private FuzzEntry() {}

  /** Called by Jazzer for each input; the name is its. */
  public static void fuzzerTestOneInput(byte[] octets) throws Exception {
    TARGET.take(octets);
  }

  /** Called by Jazzer at the end. */
  public static void fuzzerTearDown() throws Exception {
    TARGET.close();
  }
}

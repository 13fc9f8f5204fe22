package org.thurn.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Test data that this project did not write and does not ship: the folder {@code ../shared/data}
 * beside the project, or the one that the system property or environment variable {@code
 * THURN_SHARED_DATA} names. Where it is missing the test is skipped; with CI=true it fails.
 */
public final class SharedData {
  private SharedData() {}

  /** The file or folder of this relative name. */
  public static Path require(String name) {
    Optional<Path> found = find(name);
    if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("no test data " + name + ": see SharedData");
    }
    Assumptions.assumeTrue(found.isPresent(), "no test data " + name + ": see SharedData");
    return found.orElseThrow();
  }

  private static Optional<Path> find(String name) {
    return Stream.of(
            Optional.ofNullable(System.getProperty("THURN_SHARED_DATA")),
            Optional.ofNullable(System.getenv("THURN_SHARED_DATA")),
            Optional.of("../shared/data"))
        .flatMap(Optional::stream)
        .map(folder -> Path.of(folder).resolve(name))
        .filter(Files::exists)
        .findFirst();
  }
}

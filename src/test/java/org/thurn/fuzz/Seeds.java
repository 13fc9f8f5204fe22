package org.thurn.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The inputs of a target that are kept: a few by hand, and every one that ever failed. */
final class Seeds {
  private static final Path ROOT = Path.of("src", "test", "resources", "fuzz");

  private Seeds() {}

  static Path folder(Target target) {
    return ROOT.resolve(target.label());
  }

  static List<Path> of(Target target) {
    try (Stream<Path> files = Files.list(folder(target))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Words of its protocol that Jazzer may put in, if there is such a list. */
  static Optional<Path> words(Target target) {
    return Optional.of(ROOT.resolve("words").resolve(target.words() + ".dict"))
        .filter(Files::exists);
  }

  /**
   * What fuzzing has found: a seed and what it did, a line each.
   *
   * @param seed such as {@code rows/journal-deep}
   */
  record Finding(String seed, String what) {}

  static List<Finding> findings() {
    try {
      return Files.readAllLines(ROOT.resolve("findings.txt")).stream()
          .filter(line -> !line.isBlank())
          .map(line -> line.split(": ", 2))
          .map(parts -> new Finding(parts[0], parts[1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean has(Finding finding) {
    return Files.exists(ROOT.resolve(finding.seed()));
  }
}

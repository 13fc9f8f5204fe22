package org.thurn.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's own files, for the tests that read them. */
final class SourceTree {
  static final Path ROOT = Path.of("").toAbsolutePath();
  static final Path MAIN = ROOT.resolve("src/main/java");
  static final Path TESTS = ROOT.resolve("src/test/java");

  /** The measuring programs, which are no part of the jar. */
  static final Path BENCH = ROOT.resolve("bench/src");

  private SourceTree() {}

  static List<Path> java(Path below) {
    try (Stream<Path> files = Files.walk(below)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.thurn.store.rocksdb;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.thurn.store.BodyId;
import org.thurn.store.Finding;
import org.thurn.store.Finding.Kind;
import org.thurn.store.Findings;

/**
 * The files of large bodies, as a check sees them.
 *
 * @param place their directory
 * @param onTheirWay the bodies that a running update is about to name
 * @param now when the check began; of a stopped server, when it last wrote
 */
record BodyFiles(Path place, Predicate<BodyId> onTheirWay, Instant now) {
  /** A file that no row names is the collector's, which comes by every minute. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private static final String WHERE = "bodies";

  Path file(BodyId id) {
    return place.resolve(id.text());
  }

  /** The length of a body's file; empty if there is none. */
  OptionalLong length(BodyId id) throws IOException {
    try {
      return OptionalLong.of(Files.size(file(id)));
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    }
  }

  /** Notes the files that {@code named} does not know of and that the collector should have had. */
  void strays(Predicate<BodyId> named, Findings to) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
      for (Path file : files) {
        to.looked(1, 0);
        stray(file, named, to);
      }
    }
  }

  private void stray(Path file, Predicate<BodyId> named, Findings to) throws IOException {
    String name = file.getFileName().toString();
    if (!name.matches("[0-9a-f]{32}")) {
      to.found(new Finding(WHERE, "file " + name, Kind.STRAY, "its name is no body's"));
      return;
    }
    BodyId id = new BodyId(name);
    if (!onTheirWay.test(id) && !named.test(id) && isOld(file)) {
      to.found(new Finding(WHERE, "file " + name, Kind.STRAY, "no row names it"));
    }
  }

  private boolean isOld(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(GRACE));
    } catch (NoSuchFileException e) {
      return false; // the collector was quicker
    }
  }
}

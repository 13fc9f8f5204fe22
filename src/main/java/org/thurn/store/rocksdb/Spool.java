package org.thurn.store.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.thurn.store.BodyId;
import org.thurn.time.Time;

/**
 * The files of large bodies. One is written beside its place, synced and renamed into it before the
 * commit that names it, so that a crash leaves a file too many and never one too few.
 */
final class Spool {
  private final Path place;
  private final Path incoming;
  private final Time time;
  private final SecureRandom random = new SecureRandom();
  private final Set<BodyId> alive = ConcurrentHashMap.newKeySet();

  /** Makes the directories, and drops what was on its way in when the last process ended. */
  Spool(Path directory, Time time) throws IOException {
    this.time = time;
    place = placeIn(directory);
    incoming = directory.resolve("incoming");
    Files.createDirectories(place);
    Files.createDirectories(incoming);
    for (Path left : list(incoming)) {
      Files.delete(left);
    }
    Folders.sync(directory);
  }

  /** Where the files of a store's bodies are. */
  static Path placeIn(Path store) {
    return store.resolve("bodies");
  }

  /**
   * A fresh id, whose file the collector leaves alone until {@link #settle}. It begins with the
   * time, so that new bodies lie together: where each would fall among all others, every compaction
   * would touch them all.
   */
  BodyId newId() {
    byte[] chance = new byte[10];
    random.nextBytes(chance);
    HexFormat hex = HexFormat.of();
    BodyId id = new BodyId(hex.toHexDigits(time.now().toEpochMilli(), 12) + hex.formatHex(chance));
    alive.add(id);
    return id;
  }

  /** From now on the store's rows say whether the file stays. */
  void settle(BodyId id) {
    alive.remove(id);
  }

  Path incoming(BodyId id) {
    return incoming.resolve(id.text());
  }

  /** Where a body is written that gets octets in front of those of {@link #incoming}. */
  Path headed(BodyId id) {
    return incoming.resolve(id.text() + ".headed");
  }

  Path file(BodyId id) {
    return place.resolve(id.text());
  }

  /** Renames a synced file into its place, and syncs that. */
  void arrive(Path written, BodyId id) throws IOException {
    Files.move(written, file(id), StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(place);
  }

  void drop(BodyId id) throws IOException {
    Files.deleteIfExists(incoming(id));
    Files.deleteIfExists(headed(id));
    Files.deleteIfExists(file(id));
  }

  /** The files for a check that begins at {@code now}. */
  BodyFiles files(Instant now) {
    return new BodyFiles(place, alive::contains, now);
  }

  /** The bodies with a file that no running update is about to name. */
  List<BodyId> settled() {
    try {
      return list(place).stream()
          .map(file -> new BodyId(file.getFileName().toString()))
          .filter(id -> !alive.contains(id))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }
}

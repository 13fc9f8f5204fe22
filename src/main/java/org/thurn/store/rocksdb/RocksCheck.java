package org.thurn.store.rocksdb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thurn.store.Findings;
import org.thurn.store.RoomCheck;
import org.thurn.store.StoreException;
import org.thurn.store.StoreException.Kind;

/**
 * A check of a whole store: rows by the rooms that own them, bodies, holders and files by the
 * engine. It never writes. Of a running store all rows are seen at one durable moment.
 */
public final class RocksCheck implements AutoCloseable {
  private final Database database;
  private final BodyFiles files;
  private final @Nullable FileChannel lock;
  private final boolean ours;

  private RocksCheck(Database database, BodyFiles files, @Nullable FileChannel lock, boolean ours) {
    this.database = database;
    this.files = files;
    this.lock = lock;
    this.ours = ours;
  }

  static RocksCheck running(Database database, BodyFiles files) {
    return new RocksCheck(database, files, null, false);
  }

  /**
   * A store that nobody has open; nobody can open it before this is closed.
   *
   * @throws StoreException FAILED if a server has it open, or its files cannot be read
   * @throws IOException if there is none in {@code directory}
   */
  public static RocksCheck stopped(Path directory, RocksBudget budget) throws IOException {
    RocksFiles rows = RocksFiles.of(directory, budget).forReading();
    Instant wrote = newest(rows.directory());
    FileChannel lock = lock(rows.directory());
    try {
      BodyFiles files = new BodyFiles(Spool.placeIn(directory), id -> false, wrote);
      return new RocksCheck(new Database(rows), files, lock, true);
    } catch (RuntimeException e) {
      if (lock != null) {
        lock.close();
      }
      throw e;
    }
  }

  /** A reader's lock on the file that RocksDB locks; null where no server ever opened it. */
  private static @Nullable FileChannel lock(Path rows) throws IOException {
    Path file = rows.resolve("LOCK");
    if (!Files.exists(file)) {
      return null;
    }
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    Optional<FileLock> lock = Optional.empty();
    try {
      lock = Optional.ofNullable(channel.tryLock(0, Long.MAX_VALUE, true));
    } catch (OverlappingFileLockException e) {
      throw new StoreException(Kind.FAILED, rows + " is being checked already", e);
    } finally {
      if (lock.isEmpty()) {
        channel.close();
      }
    }
    if (lock.isEmpty()) {
      throw new StoreException(Kind.FAILED, rows + " is in use by another store");
    }
    return channel;
  }

  private static Instant newest(Path rows) throws IOException {
    Instant newest = Instant.EPOCH;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(rows)) {
      for (Path file : files) {
        Instant time = Files.getLastModifiedTime(file).toInstant();
        newest = time.isAfter(newest) ? time : newest;
      }
    }
    return newest;
  }

  /**
   * Looks at everything. For a platform thread.
   *
   * @param rooms one for each kind of partition
   * @param quick whether the octets of bodies are left alone
   */
  public void run(List<RoomCheck> rooms, boolean quick, Findings to) throws IOException {
    Map<String, RoomCheck> owners = new LinkedHashMap<>();
    rooms.forEach(room -> owners.put(room.kind(), room));
    BodyCheck bodies = new BodyCheck(database, files, to);
    try (RocksView view = new RocksView(database)) {
      new PartitionCheck(view, owners, to).run();
      bodies.holders(view, rooms);
    }
    if (!quick) {
      bodies.octets(); // without the view, which would keep the rows of all this while
    }
  }

  @Override
  public void close() throws IOException {
    if (ours) {
      database.close();
    }
    if (lock != null) {
      lock.close();
    }
  }
}

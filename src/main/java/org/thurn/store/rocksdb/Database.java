package org.thurn.store.rocksdb;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.StoreException;
import org.thurn.store.StoreException.Kind;

/**
 * The open RocksDB. Its gate keeps every native call away from handles that a reopening has freed;
 * views of an earlier opening fail and do not crash.
 */
final class Database implements AutoCloseable {
  /** A tag, a family, two lengths. */
  private static final int ROW_OVERHEAD = 12;

  private final RocksFiles files;
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
  private final Set<View> views = ConcurrentHashMap.newKeySet();
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final ReadOptions plain = new ReadOptions();
  private final ReadOptions cached = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
  private RocksFiles.@Nullable Opened opened;
  private boolean closed;

  /** What every call says while it is not open: why the last opening failed. */
  private Kind shut = Kind.FAILED;

  Database(RocksFiles files) {
    this.files = files;
    opened = files.open();
  }

  /** A consistent view; hold it no longer than a call lasts. */
  final class View implements AutoCloseable {
    private final RocksFiles.Opened of;
    private final org.rocksdb.Snapshot snapshot;
    private final ReadOptions cached;
    private @Nullable ReadOptions options;
    private volatile boolean closed;

    private View(RocksFiles.Opened of) {
      this.of = of;
      snapshot = of.db().getSnapshot();
      cached = new ReadOptions().setSnapshot(snapshot).setReadTier(ReadTier.BLOCK_CACHE_TIER);
    }

    private void checkOpen() {
      if (closed) {
        throw new StoreException(Kind.FAILED, "the view is closed, or the store was reopened");
      }
    }

    /** For the disk, too; many views never need it. */
    private synchronized ReadOptions options() {
      checkOpen();
      ReadOptions made = options;
      if (made == null) {
        made = new ReadOptions().setSnapshot(snapshot);
        options = made;
      }
      return made;
    }

    @Override
    public void close() {
      gate.readLock().lock();
      try {
        if (views.remove(this)) {
          free();
        }
      } finally {
        gate.readLock().unlock();
      }
    }

    private synchronized void free() {
      closed = true;
      cached.close();
      if (options != null) {
        options.close();
      }
      of.db().releaseSnapshot(snapshot);
    }
  }

  View view() {
    return guarded(
        db -> {
          View view = new View(db);
          views.add(view);
          return view;
        });
  }

  Optional<byte[]> get(Family family, byte[] key) {
    return guarded(db -> Optional.ofNullable(db.db().get(db.handle(family), plain, key)));
  }

  Optional<byte[]> get(View view, Family family, byte[] key) {
    return guarded(db -> Optional.ofNullable(db.db().get(db.handle(family), view.options(), key)));
  }

  /** What memory knows of a key without the disk. */
  Peeked peek(Family family, byte[] key) {
    return guarded(db -> peek(db, family, cached, key));
  }

  /** What memory knows of a key, as the view has it, without the disk. */
  Peeked peek(View view, Family family, byte[] key) {
    return guarded(
        db -> {
          view.checkOpen();
          return peek(db, family, view.cached, key);
        });
  }

  private static Peeked peek(RocksFiles.Opened db, Family family, ReadOptions options, byte[] key)
      throws RocksDBException {
    try {
      return new Peeked(true, db.db().get(db.handle(family), options, key));
    } catch (RocksDBException e) {
      if (e.getStatus() != null && e.getStatus().getCode() == Status.Code.Incomplete) {
        return new Peeked(false, null); // RocksDB would have to read a block
      }
      throw e;
    }
  }

  /** Whether memory knows, and if so the value or its absence. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Peeked(boolean known, byte @Nullable [] value) {}

  /** The pairs with {@code from <= key < to}, whole keys; without a view at this moment. */
  List<Pair> scan(
      @Nullable View view, Family family, byte[] from, byte[] to, int limit, boolean reverse) {
    return guarded(
        db -> {
          List<Pair> pairs = new ArrayList<>();
          try (Slice lower = new Slice(from);
              Slice upper = new Slice(to);
              ReadOptions options =
                  new ReadOptions(view == null ? plain : view.options())
                      .setIterateLowerBound(lower)
                      .setIterateUpperBound(upper);
              RocksIterator iterator = db.db().newIterator(db.handle(family), options)) {
            for (start(iterator, reverse);
                iterator.isValid() && pairs.size() < limit;
                step(iterator, reverse)) {
              pairs.add(new Pair(iterator.key(), iterator.value()));
            }
            iterator.status();
          }
          return pairs;
        });
  }

  /**
   * As {@link #scan} in key order; but after each pair it goes on at the key that {@code leap}
   * says, so that what lies between is not read.
   */
  List<Pair> leap(
      @Nullable View view, Family family, byte[] from, byte[] to, int limit, Leap leap) {
    return guarded(
        db -> {
          List<Pair> pairs = new ArrayList<>();
          try (Slice upper = new Slice(to);
              ReadOptions options =
                  new ReadOptions(view == null ? plain : view.options())
                      .setIterateUpperBound(upper);
              RocksIterator iterator = db.db().newIterator(db.handle(family), options)) {
            iterator.seek(from);
            while (iterator.isValid() && pairs.size() < limit) {
              byte[] key = iterator.key();
              pairs.add(new Pair(key, iterator.value()));
              iterator.seek(leap.after(key));
            }
            iterator.status();
          }
          return pairs;
        });
  }

  /** What is known of bodies from {@code from} on, without their octets. */
  List<Pair> heads(@Nullable View view, byte[] from, int limit) {
    return leap(view, Family.BODIES, from, Keys.BEHIND_BODIES, limit, Keys::afterBody);
  }

  /**
   * A copy of the files at this moment in a directory that it makes: links, but for the log, which
   * it makes short.
   */
  void checkpoint(Path directory) {
    guarded(
        db -> {
          try (Checkpoint checkpoint = Checkpoint.create(db.db())) {
            checkpoint.createCheckpoint(directory.toString());
          }
          return true;
        });
  }

  /** Where a scan goes on after a key; beyond that key. */
  interface Leap {
    byte[] after(byte[] key);
  }

  private static void start(RocksIterator iterator, boolean reverse) {
    if (reverse) {
      iterator.seekToLast();
    } else {
      iterator.seekToFirst();
    }
  }

  private static void step(RocksIterator iterator, boolean reverse) {
    if (reverse) {
      iterator.prev();
    } else {
      iterator.next();
    }
  }

  /** Writes all of it and syncs. What it wrote is visible only when it is on the disk. */
  void write(List<Row> rows) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch(octets(rows))) {
      guarded(
          db -> {
            for (Row row : rows) {
              byte[] value = row.value();
              if (value == null) {
                batch.delete(db.handle(row.family()), row.key());
              } else {
                batch.put(db.handle(row.family()), row.key(), value);
              }
            }
            db.db().write(synced, batch);
            return true;
          });
    }
  }

  /** As much as the batch will need, so that it is not copied as it grows. */
  private static int octets(List<Row> rows) {
    return rows.stream().mapToInt(row -> row.size() + ROW_OVERHEAD).sum();
  }

  void deleteRange(Family family, byte[] from, byte[] to) {
    guarded(
        db -> {
          db.db().deleteRange(db.handle(family), from, to);
          return true;
        });
  }

  boolean isOpen() {
    gate.readLock().lock();
    try {
      return opened != null;
    } finally {
      gate.readLock().unlock();
    }
  }

  /** As {@link #reopen}; false if it is still not possible. */
  boolean tryReopen() {
    try {
      reopen();
      return true;
    } catch (StoreException e) {
      return false; // the caller tries again; until then every call says that it is not open
    }
  }

  /** Closes what is open and opens the files again: after a failed sync nothing else is trusted. */
  void reopen() {
    gate.writeLock().lock();
    try {
      shut();
      if (!closed) {
        opened = files.open();
      }
    } catch (StoreException e) {
      shut = e.kind();
      throw e;
    } finally {
      gate.writeLock().unlock();
    }
  }

  @Override
  public void close() {
    gate.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        shut();
        synced.close();
        plain.close();
        cached.close();
      }
    } finally {
      gate.writeLock().unlock();
    }
  }

  private void shut() {
    RocksFiles.Opened open = opened;
    opened = null;
    if (open != null) {
      views.forEach(View::free);
      views.clear();
      open.close();
    }
  }

  private <T extends @Nullable Object> T guarded(Native<T> call) {
    gate.readLock().lock();
    try {
      RocksFiles.Opened open = opened;
      if (open == null) {
        throw new StoreException(
            closed ? Kind.CLOSED : shut, closed ? "closed" : "the store is not open");
      }
      return call.on(open);
    } catch (RocksDBException e) {
      throw failure(e);
    } finally {
      gate.readLock().unlock();
    }
  }

  static StoreException failure(RocksDBException e) {
    Status status = e.getStatus();
    boolean full = status != null && status.getSubCode() == Status.SubCode.NoSpace;
    return new StoreException(full ? Kind.FULL : Kind.FAILED, String.valueOf(e.getMessage()), e);
  }

  /** A call into RocksDB. */
  private interface Native<T extends @Nullable Object> {
    T on(RocksFiles.Opened db) throws RocksDBException;
  }
}

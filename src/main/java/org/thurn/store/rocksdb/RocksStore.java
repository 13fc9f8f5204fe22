package org.thurn.store.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.thurn.store.Body;
import org.thurn.store.BodyId;
import org.thurn.store.Commit;
import org.thurn.store.Durability;
import org.thurn.store.Lease;
import org.thurn.store.OpId;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot;
import org.thurn.store.Staging;
import org.thurn.store.Store;
import org.thurn.store.StoreException;
import org.thurn.store.StoreException.Kind;
import org.thurn.time.Time;

/** The store on RocksDB, in one directory that one process uses. */
public final class RocksStore implements Store {
  private static final int OPERATION_HOURS = 2; // kept for one hour at the least

  private static final String LINKS = "backup-";

  private final RocksStoreSettings settings;
  private final RocksBudget budget;
  private final Time time;
  private final Database database;
  private final Readers readers;
  private final Lookup lookup;
  private final Spool spool;
  private final FreeSpace disk;
  private final Committer committer;
  private final Collector collector;
  private final Leases leases;
  private final Watches watches = new Watches();
  private final Partitions partitions = new Partitions();
  private final AtomicLong bodyMemory = new AtomicLong();
  private final ReentrantLock collecting = new ReentrantLock();

  private RocksStore(
      RocksStoreSettings settings, RocksBudget budget, Time time, CommitFaults faults)
      throws IOException {
    this.settings = settings;
    this.budget = budget;
    this.time = time;
    Folders.make(settings.directory());
    database = new Database(RocksFiles.of(settings.directory(), budget));
    try {
      dropLinks();
      spool = new Spool(settings.directory(), time);
      disk = new FreeSpace(settings.directory());
    } catch (IOException e) {
      database.close();
      throw e;
    }
    readers = new Readers(settings.readers());
    lookup = new Lookup(database, readers);
    leases = new Leases(time);
    committer = new Committer(database, leases, faults, watches::committed);
    collector = new Collector(database, committer, readers, spool);
    committer.start();
  }

  /**
   * Opens the store, or makes it.
   *
   * @param budget shared by the stores of the process
   * @throws StoreException FAILED if another process has it open, or its files cannot be read
   */
  public static RocksStore open(RocksStoreSettings settings, RocksBudget budget, Time time) {
    return open(settings, budget, time, CommitFaults.NONE);
  }

  static RocksStore open(
      RocksStoreSettings settings, RocksBudget budget, Time time, CommitFaults faults) {
    try {
      return new RocksStore(settings, budget, time, faults);
    } catch (IOException e) {
      throw new StoreException(Kind.FAILED, "cannot open " + settings.directory(), e);
    }
  }

  @Override
  public Snapshot read(Partition partition) {
    return new RocksSnapshot(database, readers, lookup, partition);
  }

  @Override
  public <T> Commit<T> update(Partition partition, Durability durability, Work<T> work) {
    return update(partition, Optional.empty(), durability, work);
  }

  @Override
  public <T> Commit<T> update(Partition partition, OpId op, Durability durability, Work<T> work) {
    return update(partition, Optional.of(op), durability, work);
  }

  private <T> Commit<T> update(
      Partition partition, Optional<OpId> op, Durability durability, Work<T> work) {
    PartitionState state = partitions.take(partition);
    Commit<T> commit;
    try {
      state.lock.lock();
      try {
        commit = run(state, op, durability, work);
      } finally {
        state.lock.unlock();
      }
    } finally {
      partitions.giveBack(state);
    }
    if (durability == Durability.SYNCED || committer.isFull()) {
      commit.awaitDurable();
    }
    return commit;
  }

  /** Runs the work until its commit is in the queue: again if what it built on was lost. */
  private <T> Commit<T> run(
      PartitionState state, Optional<OpId> op, Durability durability, Work<T> work) {
    while (true) {
      long generation = committer.generation();
      long version = state.begin(generation, () -> durableVersion(state.partition));
      RocksTxn txn = new RocksTxn(state, database, readers, lookup);
      T value = work.run(txn);
      if (txn.isEmpty()) {
        txn.leases().forEach(leases::verify);
        return new RocksCommit<>(value, version, restsOn(state.last()));
      }
      Pending pending = pending(state, generation, version + 1, op, durability, txn);
      PartitionState user = partitions.take(state.partition);
      boolean taken = false;
      try {
        taken = committer.submit(pending);
      } finally {
        if (!taken) {
          partitions.giveBack(user);
        }
      }
      if (taken) {
        txn.attached().forEach(StagedBody::attached);
        var _ = pending.done().whenComplete((done, failed) -> settled(user, txn));
        return new RocksCommit<>(value, pending.version(), pending.done());
      }
    }
  }

  private static CompletableFuture<Void> restsOn(@Nullable Pending last) {
    return last == null ? CompletableFuture.completedFuture(null) : last.done();
  }

  private void settled(PartitionState state, RocksTxn txn) {
    txn.attached().forEach(StagedBody::settled);
    partitions.giveBack(state);
  }

  private Pending pending(
      PartitionState state,
      long generation,
      long version,
      Optional<OpId> op,
      Durability durability,
      RocksTxn txn) {
    boolean takesIn = txn.attached().stream().anyMatch(body -> !body.owed());
    if (takesIn && free() < settings.reserve()) {
      throw new StoreException(Kind.FULL, "the disk's reserve is reached");
    }
    List<Row> rows = txn.rows();
    byte[] key = Keys.partition(state.partition.kind(), state.partition.id());
    byte[] row = ByteBuffer.allocate(9).put(Keys.FORMAT).putLong(version).array();
    rows.add(new Row(Family.PARTITIONS, key, row));
    op.map(name -> Keys.operation(Keys.hour(time.now()), state.prefix, name))
        .ifPresent(name -> rows.add(new Row(Family.OPERATIONS, name, new byte[0])));
    return new Pending(
        state, generation, version, durability, txn.writes(), rows, txn.held(), txn.leases());
  }

  private long durableVersion(Partition partition) {
    byte[] key = Keys.partition(partition.kind(), partition.id());
    return lookup
        .get(Family.PARTITIONS, key)
        .map(row -> ByteBuffer.wrap(row, 1, 8).getLong())
        .orElse(0L);
  }

  @Override
  public boolean committed(Partition partition, OpId op) {
    int hour = Keys.hour(time.now());
    byte[] prefix = Keys.prefix(partition);
    return readers.call(
        () -> {
          // one hour ahead too: the clock may have been set back since
          for (int at = hour + 1; at >= hour - OPERATION_HOURS; at--) {
            if (database.get(Family.OPERATIONS, Keys.operation(at, prefix, op)).isPresent()) {
              return true;
            }
          }
          return false;
        });
  }

  @Override
  public Staging stage(long limit) {
    if (free() < settings.reserve()) {
      throw new StoreException(Kind.FULL, "the disk's reserve is reached");
    }
    return staging(limit, false);
  }

  @Override
  public Staging stageOwed(long limit) {
    return staging(limit, true);
  }

  private BodyStaging staging(long limit, boolean owed) {
    return new BodyStaging(spool, readers, bodyMemory, settings.bodyMemory(), limit, owed);
  }

  @Override
  public Optional<Body> body(BodyId id) {
    return lookup
        .get(Family.BODIES, Keys.body(id))
        .map(head -> new StoredBody(id, BodyHead.of(head), lookup, spool));
  }

  @Override
  public Optional<Lease> lease(String name, String owner, Duration ttl) {
    return leases.take(this, name, owner, ttl);
  }

  @Override
  public Watch watch(Partition partition, Runnable listener) {
    return watches.watch(partition, listener);
  }

  @Override
  public List<String> partitions(String kind, String after, int limit) {
    return readers.call(
        () ->
            Keys.partitions(
                kind,
                after,
                (from, to) -> database.scan(null, Family.PARTITIONS, from, to, limit, false)));
  }

  @Override
  public long free() {
    return disk.octets();
  }

  /**
   * Removes bodies that nobody holds, files that a crash left and the names of old operations. To
   * be run now and then.
   *
   * @return how many bodies went
   */
  public int collect() {
    if (!collecting.tryLock()) {
      return 0; // a backup is being made: the next call comes soon
    }
    try {
      return collectNow();
    } finally {
      collecting.unlock();
    }
  }

  private int collectNow() {
    int before = Keys.hour(time.now()) - OPERATION_HOURS;
    if (before > 0) {
      committer.between(
          () -> database.deleteRange(Family.OPERATIONS, Keys.hour(0), Keys.hour(before)));
    }
    return collector.collect();
  }

  /** A check of all that this store has, while it goes on working. */
  public RocksCheck check() {
    return RocksCheck.running(database, spool.files(time.now()));
  }

  /**
   * Copies the store as it is at one durable moment; it goes on working. On the same file system
   * the copy is of links, and takes no room. For a platform thread.
   *
   * @param target is made
   * @param octets hears how many more have been copied
   */
  public void backup(Path target, LongConsumer octets) throws IOException {
    Path links = Files.createTempDirectory(settings.directory(), LINKS);
    try {
      collecting.lock();
      try {
        new RocksBackup(database, spool, budget).link(links);
      } finally {
        collecting.unlock();
      }
      FileTree.link(links, target, octets);
    } finally {
      FileTree.remove(links);
    }
  }

  /** Those of a backup whose process was killed. */
  private void dropLinks() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(settings.directory(), LINKS + "*")) {
      for (Path links : left) {
        FileTree.remove(links);
      }
    }
  }

  /** Writes what waits, then closes; the budget stays open. */
  @Override
  public void close() {
    committer.close();
    readers.close();
    database.close();
  }
}

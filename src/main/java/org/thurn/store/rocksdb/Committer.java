package org.thurn.store.rocksdb;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;
import org.thurn.store.BodyId;
import org.thurn.store.StoreException;
import org.thurn.store.StoreException.Kind;
import org.thurn.time.OwnThread;
import org.thurn.time.VitalThread;

/**
 * The one thread that writes. It takes all commits that wait, writes them as one batch, syncs once
 * and tells each: group commit. RELAXED ones go with the next sync, which comes within 50 ms.
 *
 * <p>If a write or sync fails, nothing that waits is acknowledged; the database is reopened and the
 * generation counts up, so that no update builds on what was lost. The pace is the disk's, so waits
 * are by the machine's own clock.
 */
final class Committer implements AutoCloseable {
  private static final long RELAXED_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long REOPEN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int MAX_CONDEMNED = 20_000;
  private static final int MAX_GROUP_OCTETS = 32 << 20;
  private static final long MAX_QUEUE_OCTETS = 64L << 20;

  private final Database database;
  private final CommitFaults faults;
  private final Leases leases;
  private final Consumer<Collection<Pending>> told;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Pending> queue = new ArrayDeque<>();
  private final ArrayDeque<Task> tasks = new ArrayDeque<>();
  private final Set<BodyId> condemned = new LinkedHashSet<>();
  private long octets;
  private int synced;
  private long generation;
  private boolean closing;

  /** Of the groups that were written since the store was made; the committer's thread's own. */
  private long groups;

  private record Task(Runnable work, CompletableFuture<Void> done) {}

  /**
   * @param told called on the committer's thread with each group that is durable, after its commits
   *     are visible and before they are acknowledged; must be quick
   */
  Committer(
      Database database, Leases leases, CommitFaults faults, Consumer<Collection<Pending>> told) {
    this.database = database;
    this.leases = leases;
    this.faults = faults;
    this.told = told;
    this.thread = VitalThread.platform("store-committer", this::run);
  }

  void start() {
    groups = lastGroup();
    thread.start();
  }

  /** Counts the failures; state that was built on an older generation may be lost. */
  long generation() {
    lock.lock();
    try {
      return generation;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a commit into the queue, or returns false if the generation has changed since its update
   * began: it must run again.
   */
  boolean submit(Pending pending) {
    lock.lock();
    try {
      if (closing) {
        throw new StoreException(Kind.CLOSED, "closed");
      }
      if (pending.generation() != generation) {
        return false;
      }
      for (HeldLease lease : pending.leases()) {
        leases.verify(lease);
      }
      if (pending.held().stream().anyMatch(condemned::contains)) {
        throw new StoreException(Kind.FAILED, "the body was collected");
      }
      pending.enqueuedAt(System.nanoTime());
      pending.state().add(pending);
      queue.add(pending);
      octets += pending.size();
      synced += pending.synced() ? 1 : 0;
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether so much waits that whoever brings more should wait with it. */
  boolean isFull() {
    lock.lock();
    try {
      return octets > MAX_QUEUE_OCTETS;
    } finally {
      lock.unlock();
    }
  }

  /** Runs {@code task} on the committer's thread between two groups, and waits for its end. */
  void between(Runnable task) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    lock.lock();
    try {
      if (closing) {
        throw new StoreException(Kind.CLOSED, "closed");
      }
      tasks.add(new Task(task, done));
      changed.signal();
    } finally {
      lock.unlock();
    }
    Pending.await(done);
  }

  /**
   * Of {@code bodies}, those that no waiting commit holds. From now on no commit that holds one of
   * them is taken, until many more are condemned. Only for tasks {@link #between} groups, when
   * nothing else is on its way to the disk.
   */
  Set<BodyId> condemn(Set<BodyId> bodies) {
    lock.lock();
    try {
      Set<BodyId> free = new HashSet<>(bodies);
      queue.forEach(pending -> free.removeAll(pending.held()));
      condemned.addAll(free);
      // enough for an update that saw a body and was slow; not so many that they grow for ever
      Iterator<BodyId> oldest = condemned.iterator();
      for (int over = condemned.size() - MAX_CONDEMNED; over > 0; over--) {
        oldest.next();
        oldest.remove();
      }
      return free;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (true) {
        letOthersRun();
        List<Pending> group = next();
        if (!group.isEmpty()) {
          commit(group);
        }
        runTasks(); // only now nothing is on its way to the disk
        if (group.isEmpty() && isEnded()) {
          return;
        }
      }
    } finally {
      end();
    }
  }

  /**
   * Whoever was just told mostly has a next commit at hand: one turn for them saves a sync in three
   * where there are fewer processors than sessions, and costs nothing where there are more.
   */
  @SuppressWarnings("ThreadPriorityCheck") // a hint only: nothing depends on it
  private static void letOthersRun() {
    Thread.yield();
  }

  /** Waits for commits that must go now; empty for a task, or when closing and nothing is left. */
  private List<Pending> next() {
    lock.lock();
    try {
      while (!isDue() && tasks.isEmpty() && !closing) {
        waitForMore();
      }
      return isDue() ? drain() : List.of();
    } catch (InterruptedException e) {
      closing = true; // only the end of the process interrupts this thread: go on as in close()
      return drain();
    } finally {
      lock.unlock();
    }
  }

  private boolean isEnded() {
    lock.lock();
    try {
      return closing && queue.isEmpty() && tasks.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void runTasks() {
    while (true) {
      Task task;
      lock.lock();
      try {
        task = tasks.poll();
      } finally {
        lock.unlock();
      }
      if (task == null) {
        return;
      }
      try {
        task.work.run();
        task.done.complete(null);
      } catch (RuntimeException e) {
        task.done.completeExceptionally(e);
      }
    }
  }

  /** Nobody waits for a thread that is gone, whatever ended it. */
  private void end() {
    StoreException closed = new StoreException(Kind.CLOSED, "closed");
    lock.lock();
    try {
      closing = true;
      drainAll().forEach(pending -> pending.done().completeExceptionally(closed));
      tasks.forEach(task -> task.done.completeExceptionally(closed));
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue() {
    Pending first = queue.peek();
    return first != null && (closing || synced > 0 || untilDue(first) <= 0);
  }

  private static long untilDue(Pending first) {
    return first.enqueued() + RELAXED_NANOS - System.nanoTime();
  }

  @SuppressWarnings("WaitNotInLoop") // the loop is in next()
  private void waitForMore() throws InterruptedException {
    Pending first = queue.peek();
    if (first != null) {
      changed.awaitNanos(untilDue(first));
    } else if (database.isOpen()) {
      changed.await();
    } else {
      changed.awaitNanos(REOPEN_NANOS);
      database.tryReopen();
    }
  }

  private List<Pending> drain() {
    List<Pending> group = new ArrayList<>();
    int size = 0;
    while (!queue.isEmpty() && size < MAX_GROUP_OCTETS) {
      Pending pending = queue.remove();
      size += pending.size();
      octets -= pending.size();
      synced -= pending.synced() ? 1 : 0;
      group.add(pending);
    }
    return group;
  }

  private void commit(List<Pending> group) {
    byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(++groups).array();
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(Family.ROWS, Keys.GROUP_ROW, number));
    group.forEach(pending -> rows.addAll(pending.rows()));
    try {
      faults.beforeWrite();
      database.write(rows);
      faults.afterWrite();
    } catch (RocksDBException e) {
      fail(group, Database.failure(e));
      return;
    } catch (StoreException e) {
      fail(group, e);
      return;
    } catch (RuntimeException e) {
      fail(group, new StoreException(Kind.FAILED, "a bug in the engine", e));
      return;
    }
    group.forEach(pending -> pending.state().durable(pending));
    told.accept(group);
    group.forEach(pending -> pending.done().complete(null));
  }

  /** DESIGN §3: after a failed sync acknowledge nothing, reopen, and never sync the same again. */
  private void fail(List<Pending> group, StoreException cause) {
    List<Pending> later;
    lock.lock();
    try {
      generation++; // before the reopening: nothing more comes in that builds on the lost
      later = drainAll();
    } finally {
      lock.unlock();
    }
    StoreException written = outcome(cause);
    StoreException dropped = new StoreException(cause.kind(), "an earlier commit failed", cause);
    group.forEach(pending -> pending.done().completeExceptionally(written));
    later.forEach(pending -> pending.done().completeExceptionally(dropped));
  }

  private List<Pending> drainAll() {
    List<Pending> all = new ArrayList<>();
    while (!queue.isEmpty()) {
      all.addAll(drain());
    }
    return all;
  }

  /** A batch is there whole or not at all, so the row with its number tells of all of it. */
  private StoreException outcome(StoreException cause) {
    try {
      database.reopen();
      if (lastGroup() != groups) {
        return cause;
      }
    } catch (StoreException e) {
      cause.addSuppressed(e); // it stays shut: waitForMore tries again each second
    }
    return new StoreException(Kind.UNKNOWN, "the commit may be on the disk", cause);
  }

  private long lastGroup() {
    return database
        .get(Family.ROWS, Keys.GROUP_ROW)
        .map(row -> ByteBuffer.wrap(row).getLong())
        .orElse(0L);
  }

  /** Writes what waits, then ends. */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    OwnThread.await(thread); // what was accepted must reach the disk first
  }
}

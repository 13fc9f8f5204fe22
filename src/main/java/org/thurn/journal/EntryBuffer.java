package org.thurn.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Recorder;
import org.thurn.time.Time;
import org.thurn.time.VitalThread;

/**
 * Entries on their way to a disk. Adding one costs no more than a place in a queue; when the disk
 * is slower than the mail for so long that the queue is full, entries are counted instead of kept,
 * and the count is noted as a fault as soon as something can be written again.
 */
final class EntryBuffer implements Recorder, AutoCloseable {
  private static final int BATCH = 512;
  private static final Duration TROUBLE_PAUSE = Duration.ofSeconds(1);

  private final String name;
  private final Duration gather;
  private final Time time;
  private final Ids ids;
  private final Sink sink;
  private final ArrayBlockingQueue<Entry> queue;
  private final AtomicLong lost = new AtomicLong();
  private final ReentrantLock writing = new ReentrantLock();
  private final List<Entry> pending = new ArrayList<>();
  private final Thread writer;
  private boolean inTrouble;
  private volatile boolean idle;
  private volatile boolean closed;

  /** Where batches go. */
  interface Sink {
    /** Takes the whole batch, or throws and has taken nothing: the batch comes again. */
    void write(List<Entry> batch);
  }

  /**
   * Starts the writer.
   *
   * @param gather how long the writer lets entries gather after the first
   */
  EntryBuffer(String name, int capacity, Duration gather, Time time, Ids ids, Sink sink) {
    this.name = name;
    this.gather = gather;
    this.time = time;
    this.ids = ids;
    this.sink = sink;
    queue = new ArrayBlockingQueue<>(capacity);
    writer = VitalThread.platform(name, this::write);
  }

  void start() {
    writer.start();
  }

  @Override
  public void record(Entry entry) {
    if (!queue.offer(entry)) {
      lost.incrementAndGet();
    }
    if (idle) {
      LockSupport.unpark(writer);
    }
  }

  /** Notes trouble of the sink's own. */
  void fault(String reason) {
    record(made(reason));
  }

  private void write() {
    while (!closed) {
      awaitEntries();
      LockSupport.parkNanos(this, gather.toNanos());
      if (!flush()) {
        LockSupport.parkNanos(this, TROUBLE_PAUSE.toNanos());
      }
    }
  }

  /** The flag goes up before the queue is looked at, so that no entry can slip in between. */
  private void awaitEntries() {
    idle = true;
    while (queue.isEmpty() && !closed) {
      LockSupport.park(this);
    }
    idle = false;
  }

  /** Writes, on the calling thread, all that was added before; false if the sink has trouble. */
  boolean flush() {
    writing.lock();
    try {
      int left = queue.size();
      do {
        left -= queue.drainTo(pending, BATCH - pending.size());
        noteLoss();
        if (!pending.isEmpty()) {
          sink.write(List.copyOf(pending));
          pending.clear();
        }
      } while (left > 0 && !queue.isEmpty());
      inTrouble = false;
      return true;
    } catch (RuntimeException e) {
      noteTrouble(e);
      return false;
    } finally {
      writing.unlock();
    }
  }

  private void noteLoss() {
    if (pending.size() >= BATCH) {
      return; // the batch that could not be written comes first
    }
    long count = lost.getAndSet(0);
    if (count > 0) {
      pending.add(made(count + " entries were lost, the buffer was full"));
    }
  }

  /** Once, however long it lasts; it is written when anything can be. */
  private void noteTrouble(RuntimeException e) {
    if (!inTrouble) {
      inTrouble = true;
      pending.add(made("could not write for a while: " + e));
    }
  }

  private Entry made(String reason) {
    Instant now = time.now();
    return new Entry(
        ids.event(),
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Event.Fault(name, reason));
  }

  /** Ends the writer and writes the rest. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(writer);
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // what can be written is written below
    }
    flush();
  }
}

package org.thurn.transfer.reports;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.store.StoreException;
import org.thurn.time.OwnThread;
import org.thurn.time.Time;

/**
 * Stores what was counted every minute, and does then what is due. Has a thread of its own, which
 * may wait for the DNS.
 *
 * @param <S> where something is counted
 */
public final class CountingThread<S> implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final Tally<S> tally;
  private final Consumer<Tally.Counts<S>> rows;
  private final Runnable due;
  private final Time time;
  private final Journey journey;
  private final ReentrantLock flushing = new ReentrantLock();
  private final OwnThread thread;

  /**
   * Not started yet.
   *
   * @param rows stores what was counted, durable when it returns
   * @param due what else there is to do in each minute
   */
  public CountingThread(
      String name,
      Tally<S> tally,
      Consumer<Tally.Counts<S>> rows,
      Runnable due,
      Time time,
      Journey journey) {
    this.tally = tally;
    this.rows = rows;
    this.due = due;
    this.time = time;
    this.journey = journey;
    thread = new OwnThread(name, this::run);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  private void run() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      time.pause(PERIOD);
      step();
    }
  }

  /** A fault of the store or a bug is noted, and it is tried again in a minute. */
  private void step() {
    try {
      flush();
      due.run();
    } catch (RuntimeException e) {
      journey.note(new Event.Fault("reporting", String.valueOf(e.getMessage())));
    }
  }

  /** Stores what was counted; waits for another that does, since what it took is nowhere else. */
  public void flush() {
    flushing.lock();
    try {
      store(tally.take());
    } finally {
      flushing.unlock();
    }
  }

  private void store(Tally.Counts<S> counts) {
    if (counts.isEmpty()) {
      return;
    }
    try {
      rows.accept(counts);
    } catch (StoreException e) {
      tally.restore(counts);
      throw e;
    }
  }

  /** Stores what was counted; the store must be open still. */
  @Override
  public void close() {
    thread.close();
    boolean interrupted = Thread.interrupted(); // what was counted comes first
    try {
      flush();
    } catch (StoreException e) {
      journey.note(new Event.Fault("reporting", String.valueOf(e.getMessage())));
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

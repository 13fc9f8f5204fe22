package org.thurn.journal;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.thurn.journey.Entry;
import org.thurn.journey.EventId;
import org.thurn.journey.Ids;
import org.thurn.journey.Recorder;
import org.thurn.store.Snapshot;
import org.thurn.store.Store;
import org.thurn.store.StoreException;
import org.thurn.time.SteadyClock;
import org.thurn.time.Time;

/**
 * Keeps what happened, and finds it again. Whoever notes an event waits for nothing; whoever asks
 * sees all that was noted before.
 */
public final class Journal implements Recorder, AutoCloseable {
  private static final Duration PURGE_EVERY = Duration.ofHours(1);

  private final JournalSettings settings;
  private final Time time;
  private final SteadyClock steady;
  private final Blocks blocks;
  private final EntryBuffer buffer;
  private final List<Consumer<Entry>> listeners = new CopyOnWriteArrayList<>();
  private final Thread purger;

  /** Opens the journal in a store and starts its threads. */
  public Journal(Store store, JournalSettings settings, Time time, Ids ids) {
    this.settings = settings;
    this.time = time;
    this.steady = new SteadyClock(time);
    blocks = new Blocks(store, this::fault);
    buffer =
        new EntryBuffer("journal", settings.buffer(), settings.gather(), time, ids, this::write);
    buffer.start();
    purger = Thread.ofVirtual().name("journal purge").start(this::purgeForEver);
  }

  /** A listener's registration. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public void record(Entry entry) {
    buffer.record(entry);
  }

  @Override
  public void awaitKept() {
    flush();
  }

  private void fault(String reason) {
    buffer.fault(reason);
  }

  private void write(List<Entry> batch) {
    blocks.write(batch);
    listeners.removeIf(listener -> !heard(listener, batch));
  }

  /** One that throws hears no more; what is written of the journal stays written. */
  private static boolean heard(Consumer<Entry> listener, List<Entry> batch) {
    try {
      batch.forEach(listener);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /**
   * Everything about a message, in order: its own entries, those of its sessions that belong to no
   * message (connection, TLS, EHLO, AUTH), and the same of the notifications made for it.
   *
   * @param key a queue id, a Message-ID with or without its angle brackets, or an address, which
   *     gives the newest hundred of its messages
   * @return empty if nothing is known
   */
  public List<Entry> trace(String key) {
    flush();
    try (Snapshot snapshot = blocks.read()) {
      return new Trace(blocks, snapshot)
          .of(key).stream().sorted(Comparator.comparing(Entry::id)).toList();
    }
  }

  /** The entries after {@code id}, in order, {@code limit} at the most. */
  public List<Entry> after(EventId id, int limit) {
    flush();
    return blocks.after(id, limit);
  }

  /**
   * Calls {@code listener} with each entry, a moment after it was noted, on the journal's thread;
   * it must be quick. One that throws is dropped.
   */
  public Subscription subscribe(Consumer<Entry> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** Until what was noted before can be read; not while the store has trouble. */
  public void flush() {
    try {
      if (buffer.flush()) {
        blocks.awaitDurable();
      }
    } catch (StoreException e) {
      // the sync failed: the store reports its own trouble, and what it has can be read all the
      // same
      return;
    }
  }

  private void purgeForEver() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        time.pause(PURGE_EVERY);
        purge();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the journal closes
    }
  }

  /** Ends the retention of what is too old. */
  void purge() {
    try {
      boolean more = true;
      while (more) {
        more = blocks.purge(steady.now().minus(settings.retention()));
      }
    } catch (StoreException e) {
      // the next hour's purge does what this one could not; the store reports its own trouble
      return;
    }
  }

  @Override
  public void close() {
    purger.interrupt();
    try {
      purger.join(); // the store must not close under its hands
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever closes is in a hurry
    }
    buffer.close();
    flush();
  }
}

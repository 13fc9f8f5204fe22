package org.thurn.lab.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.thurn.store.rocksdb.FileTree;
import org.thurn.time.Time;

/**
 * Has cells of the matrix played, and remembers each one's last outcome. The range is opened when
 * the first is. Safe for many threads.
 */
public final class Attacks implements AutoCloseable {
  private final Path folder;
  private final Time time;
  private final Map<Cell, Played> last = new ConcurrentHashMap<>();
  private final AtomicLong version = new AtomicLong();
  private final AtomicBoolean busy = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Range> range = Optional.empty();
  private Optional<String> problem = Optional.empty();
  private volatile boolean closed;

  /**
   * Attacks that nobody played yet.
   *
   * @param folder for the range; what is there is thrown away
   */
  public Attacks(Path folder, Time time) {
    this.folder = folder;
    this.time = time;
  }

  /** The last outcome since the start. */
  public Optional<Played> last(Cell cell) {
    return Optional.ofNullable(last.get(cell));
  }

  /** Another number whenever there is something new to see. */
  public long version() {
    return version.get();
  }

  /** Whether many are being played. */
  public boolean busy() {
    return busy.get();
  }

  /** Why the last run of many did not come to its end. */
  public Optional<String> problem() {
    lock.lock();
    try {
      return problem;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Plays one and waits for its end.
   *
   * @throws IOException if it did not come to one
   */
  public Played play(Cell cell) throws IOException {
    try {
      Played played = range().play(cell);
      last.put(cell, played);
      version.incrementAndGet();
      return played;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while playing " + cell.name(), e);
    }
  }

  /**
   * Plays a scenario, one pair of defences after the other, and waits for its end.
   *
   * @throws IOException if it did not come to one
   */
  public List<Played> play(Interception interception) throws IOException {
    List<Played> all = new ArrayList<>();
    for (Cell cell : interception.cells()) {
      all.add(play(cell));
    }
    return all;
  }

  /** Begins to play these, one after the other, unless others are still being played. */
  public void begin(List<Cell> cells) {
    if (busy.compareAndSet(false, true)) {
      tell(Optional.empty());
      Thread.ofVirtual().name("attacks").start(() -> playAll(cells));
    }
  }

  private void playAll(List<Cell> cells) {
    try {
      for (Cell cell : cells) {
        if (!closed) {
          play(cell);
        }
      }
    } catch (IOException | RuntimeException e) {
      tell(Optional.of(String.valueOf(e.getMessage())));
    } finally {
      busy.set(false);
      version.incrementAndGet();
    }
  }

  private void tell(Optional<String> what) {
    lock.lock();
    try {
      problem = what;
      version.incrementAndGet();
    } finally {
      lock.unlock();
    }
  }

  private Range range() throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw new IOException("the lab is going down");
      }
      if (range.isEmpty()) {
        if (Files.exists(folder)) {
          FileTree.remove(folder);
        }
        range = Optional.of(Range.open(folder, time));
      }
      return range.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      if (range.isPresent()) {
        range.get().close();
      }
    } finally {
      lock.unlock();
    }
  }
}

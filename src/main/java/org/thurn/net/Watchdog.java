package org.thurn.net;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Ends the waits of connections whose time is over: long reads, writes, handshakes. One thread
 * looks at all of them every now and then; setting a deadline costs one write of a field, where a
 * timer of its own for each read would cost more than the read. Sockets wait in real time, hence no
 * injected clock here.
 */
final class Watchdog implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;

  /** How much later than the end of the input the connection is cut off, if it still reads. */
  private static final long GRACE_NANOS = Duration.ofSeconds(2).toNanos();

  private final long periodNanos;
  private final Set<Guard> guards = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wake = lock.newCondition();
  private @Nullable Thread thread;
  private boolean closed;

  Watchdog(Duration period) {
    this.periodNanos = period.toNanos();
  }

  /** The deadlines of one connection, in nanoseconds since the guard began. */
  final class Guard {
    private final Runnable endInput;
    private final Runnable cutOff;
    private final long began = System.nanoTime();
    private volatile long readBy = NEVER;
    private volatile long writeBy = NEVER;
    private volatile boolean inputEnded;
    private volatile boolean expired;

    private Guard(Runnable endInput, Runnable cutOff) {
      this.endInput = endInput;
      this.cutOff = cutOff;
    }

    private long after(long millis) {
      long nanos = Math.min(TimeUnit.MILLISECONDS.toNanos(millis), NEVER / 4);
      return System.nanoTime() - began + nanos;
    }

    void readWithin(long millis) {
      readBy = after(millis);
    }

    void writeWithin(Duration duration) {
      writeBy = after(duration.toMillis());
    }

    void readAtRest() {
      readBy = NEVER;
    }

    void writeAtRest() {
      writeBy = NEVER;
    }

    /** Whether the input was ended since it took too long; what was read since is no true end. */
    boolean inputEnded() {
      return inputEnded;
    }

    /** Whether the connection was cut off. */
    boolean expired() {
      return expired;
    }

    void release() {
      guards.remove(this);
    }

    private void look() {
      long now = System.nanoTime() - began;
      if (now > readBy && !inputEnded) {
        inputEnded = true;
        endInput.run();
      } else if (now - GRACE_NANOS > readBy || now > writeBy) {
        expired = true;
        release();
        cutOff.run();
      }
    }
  }

  /**
   * Watches a connection until its guard is released.
   *
   * @param endInput what a read that takes too long gets first: the peer can still be told
   * @param cutOff what a write gets, or a read that waits on all the same
   */
  Guard watch(Runnable endInput, Runnable cutOff) {
    Guard guard = new Guard(endInput, cutOff);
    lock.lock();
    try {
      guards.add(guard);
      if (thread == null && !closed) {
        thread = Thread.ofVirtual().name("watchdog").start(this::run);
      }
      if (guards.size() == 1) {
        wake.signal();
      }
    } finally {
      lock.unlock();
    }
    return guard;
  }

  private void run() {
    try {
      while (awaitNextLook()) {
        guards.forEach(Guard::look);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sleeps a period, or as long as there is nothing to watch; false when it is over. */
  private boolean awaitNextLook() throws InterruptedException {
    lock.lock();
    try {
      while (guards.isEmpty() && !closed) {
        wake.await();
      }
      long left = periodNanos;
      while (left > 0 && !closed) {
        left = wake.awaitNanos(left);
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      wake.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

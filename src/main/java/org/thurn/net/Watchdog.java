package org.thurn.net;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Cuts off connections whose time is over where the socket itself cannot: writes, reads of a Unix
 * socket, handshakes. One thread looks at all of them every now and then; setting a deadline costs
 * one write of a field. Sockets wait in real time, hence no injected clock here.
 */
final class Watchdog implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;

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
    private final Runnable cutOff;
    private final long began = System.nanoTime();
    private volatile long readBy = NEVER;
    private volatile long writeBy = NEVER;
    private volatile boolean expired;

    private Guard(Runnable cutOff) {
      this.cutOff = cutOff;
    }

    private long after(Duration duration) {
      return System.nanoTime() - began + Math.min(duration.toNanos(), NEVER / 4);
    }

    void readWithin(Duration duration) {
      readBy = after(duration);
    }

    void writeWithin(Duration duration) {
      writeBy = after(duration);
    }

    void readAtRest() {
      readBy = NEVER;
    }

    void writeAtRest() {
      writeBy = NEVER;
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
      if (now > readBy || now > writeBy) {
        expired = true;
        release();
        cutOff.run();
      }
    }
  }

  /** Watches a connection until its guard is released. */
  Guard watch(Runnable cutOff) {
    Guard guard = new Guard(cutOff);
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

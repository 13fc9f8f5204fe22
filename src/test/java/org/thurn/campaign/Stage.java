package org.thurn.campaign;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Where the clients find the server while it lives, and learn that the load is over. */
final class Stage {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Life now;
  private final AtomicLong progress = new AtomicLong();
  private volatile int number;
  private volatile boolean over;

  /** A process begins; it listens when it is {@link #up}. */
  void begins(int life) {
    number = life;
  }

  void up(Life life) {
    lock.lock();
    try {
      now = life;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void down() {
    lock.lock();
    try {
      now = null;
    } finally {
      lock.unlock();
    }
  }

  /** The number of the process that runs or ran last. */
  int number() {
    return number;
  }

  /** A message was acknowledged. */
  void progress() {
    progress.incrementAndGet();
  }

  /** How many messages were acknowledged in all lives. */
  long acknowledged() {
    return progress.get();
  }

  /** The load ends; who waits for a life is let go. */
  void end() {
    lock.lock();
    try {
      over = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isOver() {
    return over;
  }

  /** The server's next life, or empty when the load is over. */
  Optional<Life> await() throws InterruptedException {
    lock.lock();
    try {
      while (now == null && !over) {
        changed.await(1, TimeUnit.SECONDS);
      }
      return over ? Optional.empty() : Optional.ofNullable(now);
    } finally {
      lock.unlock();
    }
  }
}

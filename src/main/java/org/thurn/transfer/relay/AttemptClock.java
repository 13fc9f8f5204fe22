package org.thurn.transfer.relay;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.thurn.smtp.client.SmtpClient;
import org.thurn.time.Time;

/**
 * Ends an attempt that takes too long. Each step has its time-out, but a server that says one octet
 * every four minutes keeps them all.
 */
final class AttemptClock implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Thread watch;
  private Optional<SmtpClient> current = Optional.empty();
  private boolean expired;

  AttemptClock(Time time, Duration patience) {
    this.watch = Thread.ofVirtual().name("relay-clock").start(() -> watch(time, patience));
  }

  private void watch(Time time, Duration patience) {
    try {
      time.pause(patience);
      expire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the attempt ended in time
    }
  }

  private void expire() {
    lock.lock();
    try {
      expired = true;
      // the connection alone: its own thread finds it closed, and notes so
      current.ifPresent(client -> client.connection().close());
    } finally {
      lock.unlock();
    }
  }

  /** From now on this connection is the one to close. */
  void watch(SmtpClient client) {
    lock.lock();
    try {
      current = Optional.of(client);
      if (expired) {
        client.connection().close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The connection is no longer this attempt's. */
  void leave() {
    lock.lock();
    try {
      current = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  boolean expired() {
    lock.lock();
    try {
      return expired;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    leave();
    watch.interrupt();
  }
}

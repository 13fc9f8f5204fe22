package org.thurn.bench;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Looks at a group's memory twice a second. */
final class Sampler implements AutoCloseable {
  private static final long EVERY_MILLIS = 500;

  private final Group group;
  private final Thread thread;
  private volatile boolean over;
  private double most;

  Sampler(Group group) {
    this.group = group;
    thread = Thread.ofPlatform().name("memory").start(this::watch);
  }

  private void watch() {
    while (!over) {
      look();
      Pause.millis(EVERY_MILLIS);
    }
  }

  private synchronized void look() {
    try {
      most = Math.max(most, group.memory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** MiB, now included. */
  synchronized double most() {
    look();
    return most;
  }

  @Override
  public void close() throws InterruptedException {
    over = true;
    thread.join();
  }
}

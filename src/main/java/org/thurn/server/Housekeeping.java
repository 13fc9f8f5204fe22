package org.thurn.server;

import java.io.IOException;
import java.time.Duration;
import org.thurn.journey.Event;
import org.thurn.time.OwnThread;
import org.thurn.time.Time;

/**
 * What a server does without being asked: it collects bodies, reads certificates and attends to its
 * signing keys every minute, and purges what is past its time every hour.
 */
final class Housekeeping implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final Rooms rooms;
  private final Handlers handlers;
  private final Time time;
  private final OwnThread thread;

  Housekeeping(Rooms rooms, Handlers handlers, Time time) {
    this.rooms = rooms;
    this.handlers = handlers;
    this.time = time;
    this.thread = new OwnThread("housekeeping", this::run);
  }

  void start() {
    thread.start();
  }

  private void run() throws InterruptedException {
    step("collecting bodies", rooms.store::collect); // what a crash left, before the next one
    step("dkim keys", rooms::keepKeys);
    for (long minute = 1; !Thread.currentThread().isInterrupted(); minute++) {
      time.pause(PERIOD);
      step("collecting bodies", rooms.store::collect);
      step("reading certificates", this::reloadCertificate);
      step("dkim keys", rooms::keepKeys);
      if (minute % 60 == 0) {
        step("purging", rooms::purge);
      }
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  /** A step that fails, by a fault of the disk or a bug, is noted and tried again in a minute. */
  private void step(String name, Step step) {
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      rooms.journey.note(new Event.Fault(name, String.valueOf(e.getMessage())));
    }
  }

  /** New sessions see a certificate that was replaced; a broken one leaves the old in force. */
  void reloadCertificate() throws IOException {
    if (handlers.tls().isPresent() && handlers.tls().get().reload()) {
      rooms.journey.note(
          new Event.ServerChanged("certificate replaced", rooms.current().settings().hostname()));
    }
  }

  /** Waits for the step that runs: the store must not be closed under it. */
  @Override
  public void close() {
    thread.close();
  }
}

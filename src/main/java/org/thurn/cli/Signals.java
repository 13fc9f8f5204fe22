package org.thurn.cli;

import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/** What the system says to a server: SIGTERM and SIGINT to stop, SIGHUP to read its settings. */
@SuppressWarnings("sunapi") // no other API of the JDK tells of SIGHUP
final class Signals {
  private Signals() {}

  /** Waits until the process shall stop. The caller then closes what it opened and returns. */
  static void untilStopped(Runnable reload) throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    Signal.handle(new Signal("TERM"), _ -> stop.countDown());
    Signal.handle(new Signal("INT"), _ -> stop.countDown());
    Signal.handle(new Signal("HUP"), _ -> Thread.ofVirtual().name("reload").start(reload));
    stop.await();
  }
}

package org.thurn.time;

/**
 * A virtual thread for work that goes on until it is closed, and is waited for then: what it uses,
 * the store above all, is closed after it.
 */
public final class OwnThread implements AutoCloseable {
  private final Thread thread;

  /** Work without an end of its own. */
  @FunctionalInterface
  public interface Work {
    /** Runs until it is interrupted. */
    void run() throws InterruptedException;
  }

  /** Not started yet. */
  public OwnThread(String name, Work work) {
    thread = Thread.ofVirtual().name(name).unstarted(() -> run(work));
  }

  private static void run(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      return; // close() was called
    }
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** Interrupts the work, and waits for its end. */
  @Override
  public void close() {
    thread.interrupt();
    await(thread);
  }

  /** Waits for a thread's end; whoever waits may be interrupted, and then is at the end. */
  public static void await(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true; // in a hurry or not: what the thread uses must not be closed under it
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

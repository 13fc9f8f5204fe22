package org.thurn.time;

/**
 * A thread that the process cannot do without, such as the one that writes to the disk. When a
 * fault of the machine (no memory, no file descriptor to load a class with) ends it, the process
 * ends too: its supervisor starts it anew, and what it had accepted is found in the store.
 */
public final class VitalThread {
  /** The exit code: EX_SOFTWARE of sysexits.h. */
  static final int EXIT = 70;

  private VitalThread() {}

  /** A daemon of the system's own threads, not started yet. */
  public static Thread platform(String name, Runnable work) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .uncaughtExceptionHandler(VitalThread::died)
        .unstarted(work);
  }

  /** A virtual thread, not started yet. */
  public static Thread virtual(String name, Runnable work) {
    return Thread.ofVirtual()
        .name(name)
        .uncaughtExceptionHandler(VitalThread::died)
        .unstarted(work);
  }

  private static void died(Thread thread, Throwable cause) {
    try {
      System.err.println("thurn: the process cannot go on without this thread, and ends:");
      thread.getThreadGroup().uncaughtException(thread, cause);
    } finally {
      Runtime.getRuntime().halt(EXIT); // no hook may wait for what this thread can no longer do
    }
  }
}

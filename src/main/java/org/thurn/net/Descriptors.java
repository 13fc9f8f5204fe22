package org.thurn.net;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Semaphore;

/**
 * The file descriptors that all listeners together may take. The rest is kept for the store, the
 * logs, outgoing connections and classes that must yet be loaded: a process without a descriptor
 * fails in places that know nothing of connections.
 */
final class Descriptors {
  private static final int KEPT = 1_024;

  /** More are never asked for; container engines allow a thousand million. */
  private static final long MOST = 1L << 24;

  /** More refusals at once are closed without a word. */
  private static final int MAX_REFUSALS = 256;

  private static final Descriptors OF_THIS_PROCESS = new Descriptors(limit());

  private final int perListener;
  private final Semaphore sessions;
  private final Semaphore refusals;

  /** For a process that may have {@code limit} open at once; zero or less if nobody knows. */
  Descriptors(long limit) {
    long known = limit > 0 ? Math.min(limit, MOST) : MOST;
    int room = (int) Math.max(known - KEPT, known / 2);
    int refused = Math.min(MAX_REFUSALS, room / 4);
    refusals = new Semaphore(refused);
    sessions = new Semaphore(room - refused);
    perListener = (room - refused) / 4 * 3;
  }

  static Descriptors ofThisProcess() {
    return OF_THIS_PROCESS;
  }

  /** For the connections that are served. */
  Semaphore sessions() {
    return sessions;
  }

  /** How many sessions one listener may have, so that no protocol shuts the others out. */
  int perListener() {
    return perListener;
  }

  /** For those that are only told that they are not. */
  Semaphore refusals() {
    return refusals;
  }

  private static long limit() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : 0;
  }
}

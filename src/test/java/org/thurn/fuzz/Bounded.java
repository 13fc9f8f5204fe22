package org.thurn.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Holds a target to its bounds: for one input less than a second of its thread's processor time,
 * and less than 256 MiB taken from the heap. Both are counted, not measured by a clock, so that a
 * busy machine finds nothing that is not there.
 */
final class Bounded implements FuzzTarget {
  private static final long MAX_NANOS = 1_000_000_000;
  private static final long MAX_OCTETS = 256L << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final FuzzTarget target;

  Bounded(FuzzTarget target) {
    this.target = target;
  }

  @Override
  public void take(byte[] octets) throws Exception {
    if (exceeds(octets).isEmpty()) {
      return;
    }
    // the first time may have loaded and compiled classes
    String again = exceeds(octets);
    Promise.holds(again.isEmpty(), () -> again + " for " + octets.length + " octets");
  }

  private String exceeds(byte[] octets) throws Exception {
    long nanos = THREADS.getCurrentThreadCpuTime();
    long taken = THREADS.getCurrentThreadAllocatedBytes();
    target.take(octets);
    nanos = THREADS.getCurrentThreadCpuTime() - nanos;
    taken = THREADS.getCurrentThreadAllocatedBytes() - taken;
    if (nanos > MAX_NANOS) {
      return nanos / 1_000_000 + " ms of processor time";
    }
    return taken > MAX_OCTETS ? (taken >> 20) + " MiB of memory" : "";
  }

  @Override
  public void close() throws Exception {
    target.close();
  }
}

package org.thurn.transfer.relay;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.thurn.name.Host;

/** How many attempts may go to one destination at once. Holds only destinations in use. */
final class DestinationLimits {
  private final ConcurrentHashMap<Host, Seats> destinations = new ConcurrentHashMap<>();
  private final int perDestination;

  DestinationLimits(int perDestination) {
    this.perDestination = perDestination;
  }

  private record Seats(Semaphore free, int users) {}

  /** Waits for a seat; false if there was none in time. After true, {@link #release}. */
  boolean acquire(Host destination, long seconds) throws InterruptedException {
    Seats seats =
        destinations.compute(
            destination,
            (_, old) ->
                old == null
                    ? new Seats(new Semaphore(perDestination, true), 1)
                    : new Seats(old.free, old.users + 1));
    boolean seated = false;
    try {
      seated = seats.free.tryAcquire(seconds, TimeUnit.SECONDS);
      return seated;
    } finally {
      if (!seated) {
        leave(destination);
      }
    }
  }

  void release(Host destination) {
    Seats seats = destinations.get(destination);
    if (seats == null) {
      throw new IllegalStateException("released without a seat: " + destination);
    }
    seats.free.release();
    leave(destination);
  }

  private void leave(Host destination) {
    destinations.computeIfPresent(
        destination, (_, old) -> old.users == 1 ? null : new Seats(old.free, old.users - 1));
  }

  int size() {
    return destinations.size();
  }
}

package org.thurn.net;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.thurn.net.ConnectionHandler.Limit;
import org.thurn.time.Time;

/**
 * Counts who is connected. An IPv6 host has a whole /64 to come from, so that a /64 counts as one
 * address. Its memory is bounded: the counts by the number of connections, the rates by a fixed
 * number of networks, the longest silent forgotten first.
 */
final class Admission {
  private static final int MAX_RATES = 16_384;

  private final ListenerSettings settings;
  private final Descriptors descriptors;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<IpNetwork, Integer> live = new HashMap<>();
  private final Buckets<IpNetwork> rates;
  private final int maxConnections;
  private int total;

  Admission(ListenerSettings settings, Descriptors descriptors, Time time) {
    this.settings = settings;
    this.descriptors = descriptors;
    this.maxConnections =
        settings.maxConnections() > 0
            ? Math.min(settings.maxConnections(), descriptors.perListener())
            : descriptors.perListener();
    this.rates = new Buckets<>(settings.maxPerMinute(), Duration.ofMinutes(1), MAX_RATES, time);
  }

  /** Counts one in, or says which limit it hits (and does not count it). */
  Optional<Limit> enter(Endpoint remote) {
    lock.lock();
    try {
      if (total >= maxConnections) {
        return Optional.of(Limit.CONNECTIONS);
      }
      if (remote.address().isPresent()) {
        IpNetwork network = IpNetwork.ofHost(remote.address().get());
        if (settings.maxPerAddress() > 0
            && live.getOrDefault(network, 0) >= settings.maxPerAddress()) {
          return Optional.of(Limit.CONNECTIONS_PER_ADDRESS);
        }
        if (settings.maxPerMinute() > 0 && !rates.take(network)) {
          return Optional.of(Limit.RATE_PER_ADDRESS);
        }
      }
      if (!descriptors.sessions().tryAcquire()) {
        return Optional.of(Limit.CONNECTIONS);
      }
      remote.address().ifPresent(a -> live.merge(IpNetwork.ofHost(a), 1, Integer::sum));
      total++;
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Counts one out that was counted in. */
  void leave(Endpoint remote) {
    lock.lock();
    try {
      total--;
      descriptors.sessions().release();
      remote
          .address()
          .ifPresent(
              a -> live.computeIfPresent(IpNetwork.ofHost(a), (k, n) -> n == 1 ? null : n - 1));
    } finally {
      lock.unlock();
    }
  }
}

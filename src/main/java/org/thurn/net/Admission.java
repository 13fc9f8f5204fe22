package org.thurn.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
  private static final double NANOS_A_MINUTE = 60e9;

  private final ListenerSettings settings;
  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<IpNetwork, Integer> live = new HashMap<>();
  private final Map<IpNetwork, Bucket> rates =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<IpNetwork, Bucket> eldest) {
          return size() > MAX_RATES;
        }
      };
  private int total;

  Admission(ListenerSettings settings, Time time) {
    this.settings = settings;
    this.time = time;
  }

  /** Tokens left, and when they were counted. */
  private record Bucket(double tokens, long ticks) {}

  /** Counts one in, or says which limit it hits (and does not count it). */
  Optional<Limit> enter(Endpoint remote) {
    lock.lock();
    try {
      if (settings.maxConnections() > 0 && total >= settings.maxConnections()) {
        return Optional.of(Limit.CONNECTIONS);
      }
      if (remote.address().isPresent()) {
        IpNetwork network = network(remote.address().get());
        if (settings.maxPerAddress() > 0
            && live.getOrDefault(network, 0) >= settings.maxPerAddress()) {
          return Optional.of(Limit.CONNECTIONS_PER_ADDRESS);
        }
        if (settings.maxPerMinute() > 0 && !takeToken(network)) {
          return Optional.of(Limit.RATE_PER_ADDRESS);
        }
        live.merge(network, 1, Integer::sum);
      }
      total++;
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean takeToken(IpNetwork network) {
    long now = time.ticks();
    double most = settings.maxPerMinute();
    Bucket before = rates.getOrDefault(network, new Bucket(most, now));
    double earned = (now - before.ticks) / NANOS_A_MINUTE * most;
    double tokens = Math.min(most, before.tokens + earned);
    boolean enough = tokens >= 1;
    rates.put(network, new Bucket(enough ? tokens - 1 : tokens, now));
    return enough;
  }

  /** Counts one out that was counted in. */
  void leave(Endpoint remote) {
    lock.lock();
    try {
      total--;
      remote
          .address()
          .ifPresent(a -> live.computeIfPresent(network(a), (k, n) -> n == 1 ? null : n - 1));
    } finally {
      lock.unlock();
    }
  }

  private static IpNetwork network(InetAddress address) {
    return IpNetwork.around(address, address instanceof Inet6Address ? 64 : 32);
  }
}

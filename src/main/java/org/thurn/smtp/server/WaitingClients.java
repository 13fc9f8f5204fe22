package org.thurn.smtp.server;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;
import org.thurn.time.Time;

/**
 * Addresses whose clients are known to wait for the greeting. A new one is made to wait for it; the
 * others are not held up, only looked at.
 */
final class WaitingClients {
  private static final int MOST = 100_000;
  private static final Duration REMEMBERED = Duration.ofHours(24);

  private final Cache<InetAddress, Boolean> known;

  WaitingClients(Time time) {
    known =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(REMEMBERED)
            .ticker(time::ticks)
            .executor(Runnable::run)
            .build();
  }

  boolean knows(InetAddress address) {
    return known.getIfPresent(address) != null;
  }

  void waited(InetAddress address) {
    known.put(address, true);
  }

  void spokeEarly(InetAddress address) {
    known.invalidate(address);
  }
}

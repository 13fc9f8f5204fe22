package org.thurn.transfer.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.net.IpNetwork;
import org.thurn.time.Time;

/**
 * Who has tried before. An IPv4 address or IPv6 /64 that comes with the same sender and recipient
 * some minutes later means it; one that never queues does not come back. Kept in memory: after a
 * restart a client has to come once more.
 */
final class Greylist {
  private static final Duration EARLY = Duration.ofMinutes(5);
  private static final Duration KEPT = Duration.ofDays(2);
  static final int MOST = 100_000;

  private final Time time;
  private final Cache<Try, Instant> first =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(KEPT).build();

  /** What must be the same the next time. */
  private record Try(IpNetwork network, String sender, String recipient) {}

  Greylist(Time time) {
    this.time = time;
  }

  /** How many tries are remembered. */
  long remembered() {
    first.cleanUp();
    return first.estimatedSize();
  }

  /** Whether it is to come later; the first time is remembered. */
  boolean isEarly(InetAddress client, ReversePath sender, List<Mailbox> recipients) {
    Instant now = time.now();
    boolean early = false;
    for (Mailbox recipient : recipients) {
      Try one = new Try(IpNetwork.ofHost(client), sender.toString(), recipient.toString());
      Instant begun = first.get(one, _ -> now);
      early |= now.isBefore(begun.plus(EARLY));
    }
    return early;
  }
}

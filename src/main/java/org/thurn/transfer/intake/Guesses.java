package org.thurn.transfer.intake;

import java.net.InetAddress;
import java.time.Duration;
import org.thurn.net.Buckets;
import org.thurn.net.IpNetwork;
import org.thurn.smtp.Verdict;
import org.thurn.time.Time;

/**
 * Recipients that strangers asked for and that nobody has here. Who asks for too many looks for
 * addresses, over however many connections: it is told to come later, whatever it asks for next, so
 * that it learns nothing more. An honest host with an old list comes again, and is served then.
 */
final class Guesses {
  static final Verdict LATER =
      Verdict.defer(
          450, "4.7.1", "Too many unknown recipients, try later", "the client guesses addresses");

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int REMEMBERED = 16_384;

  private final Buckets<IpNetwork> left;

  /**
   * Nobody has guessed yet.
   *
   * @param perHour of one IPv4 address or IPv6 /64
   */
  Guesses(int perHour, Time time) {
    left = new Buckets<>(perHour, HOUR, REMEMBERED, time);
  }

  /** One more of this client that failed. */
  void failed(InetAddress client) {
    left.take(IpNetwork.ofHost(client));
  }

  boolean areTooMany(InetAddress client) {
    return left.left(IpNetwork.ofHost(client)) < 1;
  }
}

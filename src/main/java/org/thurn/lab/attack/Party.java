package org.thurn.lab.attack;

import java.net.InetAddress;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;

/**
 * One of the two who want to talk.
 *
 * @param host which speaks SMTP for the domain
 * @param address of the host
 */
public record Party(Domain domain, Domain host, InetAddress address) {
  /** Who writes, however he defends himself. */
  public static final Party SENDER = of("sender.example", 100);

  /** Where somebody sits on the wire. */
  public static final InetAddress ATTACKER = IpAddress.of("127.25.0.66");

  /** Who is written to. */
  public static Party of(ReceiverDefence defence) {
    return new Party(defence.domain(), defence.host(), defence.address());
  }

  private static Party of(String domain, int last) {
    return new Party(
        Domain.of(domain), Domain.of("mx." + domain), IpAddress.of("127.25.0." + last));
  }
}

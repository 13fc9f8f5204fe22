package org.thurn.transfer.posture;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.thurn.dns.DnsName;
import org.thurn.name.Domain;

/**
 * How a domain is looked at.
 *
 * @param port where hosts take mail: 25, but for a lab
 * @param httpsPort where policies of MTA-STS are: 443, but for a lab
 * @param selectors of DKIM keys; if there are none, common ones are tried
 * @param blockLists zones of RFC 5782 that are asked about the hosts' addresses
 * @param helo what we call ourselves; else our address
 * @param validating whether the resolver knows a trust anchor, so that DNSSEC means something
 * @param time that one check may take
 */
public record PostureSettings(
    int port,
    int httpsPort,
    List<String> selectors,
    List<DnsName> blockLists,
    Optional<Domain> helo,
    boolean validating,
    Duration time) {
  /** Hosts that are looked at; who has more has the same again. */
  public static final int MAX_HOSTS = 10;

  /** Addresses of one host that are connected to. */
  public static final int MAX_ADDRESSES = 4;

  /** A slow host's greeting may take 20 seconds, to keep hasty senders away. */
  public static final Duration TIME = Duration.ofSeconds(45);

  public PostureSettings {
    selectors = List.copyOf(selectors);
    blockLists = List.copyOf(blockLists);
    boolean ports = isPort(port) && isPort(httpsPort);
    if (!ports || !time.isPositive()) {
      throw new IllegalArgumentException("port " + port + ", time " + time);
    }
  }

  private static boolean isPort(int number) {
    return number > 0 && number <= 65_535;
  }
}

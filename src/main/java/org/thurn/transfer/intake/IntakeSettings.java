package org.thurn.transfer.intake;

import java.net.InetAddress;
import java.util.List;
import org.thurn.name.Domain;
import org.thurn.name.DomainPattern;
import org.thurn.net.IpNetwork;

/**
 * What an administrator decides about mail that comes in.
 *
 * @param hostname who we are, in Received fields
 * @param maxOctets of one message
 * @param maxTargets recipients of one message after aliases are expanded
 * @param trustedNetworks whose hosts may relay to anywhere without AUTH
 * @param lmtpNetworks whose hosts may speak LMTP, beside loopback and Unix sockets
 * @param checkSenderDomain whether a sender that could not be answered is refused
 * @param reserveOctets of free disk below which no mail is taken
 * @param messagesPerHour of one account by submission
 * @param recipientsPerHour of one account by submission
 * @param unknownPerHour refused recipients of one IPv4 address or IPv6 /64, as a bucket that fills
 *     evenly; who has emptied it is told to come later
 * @param limitLoopback whether clients on this machine are counted so, too
 * @param encryptedSenders domains whose mail strangers bring over TLS or not at all
 * @param hideSubmitter whether Received keeps silent about where a submission came from
 */
public record IntakeSettings(
    Domain hostname,
    long maxOctets,
    int maxTargets,
    List<IpNetwork> trustedNetworks,
    List<IpNetwork> lmtpNetworks,
    boolean checkSenderDomain,
    long reserveOctets,
    int messagesPerHour,
    int recipientsPerHour,
    int unknownPerHour,
    boolean limitLoopback,
    List<DomainPattern> encryptedSenders,
    boolean hideSubmitter) {
  public IntakeSettings {
    trustedNetworks = List.copyOf(trustedNetworks);
    lmtpNetworks = List.copyOf(lmtpNetworks);
    encryptedSenders = List.copyOf(encryptedSenders);
  }

  /** Messages of 50 MiB, 256 MiB of disk kept free, nobody trusted. */
  public static IntakeSettings of(Domain hostname) {
    return new IntakeSettings(
        hostname,
        50L << 20,
        10_000,
        List.of(),
        List.of(),
        true,
        256L << 20,
        1_000,
        10_000,
        300,
        false,
        List.of(),
        false);
  }

  boolean trusts(InetAddress client) {
    return trustedNetworks.stream().anyMatch(network -> network.contains(client));
  }

  boolean allowsLmtp(InetAddress client) {
    return lmtpNetworks.stream().anyMatch(network -> network.contains(client));
  }
}

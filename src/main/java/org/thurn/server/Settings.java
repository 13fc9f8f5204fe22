package org.thurn.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurn.dns.DnsName;
import org.thurn.dns.TsigKey;
import org.thurn.name.Domain;
import org.thurn.name.DomainPattern;
import org.thurn.name.Host;
import org.thurn.name.Mailbox;
import org.thurn.net.IpNetwork;
import org.thurn.tls.policy.Level;
import org.thurn.transfer.policy.PolicyPage;
import org.thurn.transfer.relay.TlsLevels;
import org.thurn.transfer.signing.SignerSettings;

/**
 * What one machine needs to start: {@code thurn.toml}, read by {@link SettingsReader}. What people
 * change in daily life is in the directory instead.
 *
 * @param state the folder that holds everything durable, the control socket and mail.log
 * @param hostname what the server calls itself in greetings, HELO and trace fields
 * @param listeners in the file's order
 * @param dns whom to ask
 * @param tls the certificate; without it nothing is offered over TLS
 * @param certificates those beside it
 * @param relay how mail leaves
 * @param sts what policies of MTA-STS are served, and how those of others are fetched
 * @param queue how long mail waits that cannot leave
 * @param intake what is taken in
 * @param authentication who is believed to have sent what is taken in
 * @param dkim how our own mail is signed
 * @param arc whether and how what we forward is sealed
 * @param dmarc how reports are sent and received
 * @param tlsReports how TLS reports are sent and received
 * @param access how people log in
 * @param log how mail.log is written
 */
public record Settings(
    Path state,
    Domain hostname,
    List<ListenerSetting> listeners,
    Dns dns,
    Optional<Tls> tls,
    CertificateSettings certificates,
    Relay relay,
    StsSettings sts,
    Queue queue,
    Intake intake,
    Authentication authentication,
    Dkim dkim,
    Arc arc,
    Dmarc dmarc,
    TlsReports tlsReports,
    Access access,
    Log log) {

  public Settings {
    listeners = List.copyOf(listeners);
  }

  /**
   * {@code [dns]}.
   *
   * @param servers recursive resolvers, tried in order; the machine's own where none is named
   * @param trustAnchor DS or DNSKEY records in master-file form; without one nothing is secure
   * @param timeout of one question, with all its retries; 10 seconds
   */
  public record Dns(
      List<InetSocketAddress> servers, Optional<Path> trustAnchor, Duration timeout) {}

  /**
   * {@code [tls]}.
   *
   * @param certificate PEM, the server's certificate first
   * @param key PEM
   * @param ca PEM, the authorities that other servers are checked against; the system's where
   *     absent
   */
  public record Tls(Path certificate, Path key, Optional<Path> ca) {}

  /**
   * {@code [relay]}.
   *
   * @param port of every MX; 25
   * @param address the local address that connections leave from
   * @param perDestination connections to one host at a time; 20
   * @param routes next hops that replace the MX look-up: per domain, {@code "*"} for all others
   * @param levels what is demanded of TLS where there is no route
   */
  public record Relay(
      int port,
      Optional<InetAddress> address,
      int perDestination,
      Map<String, Route> routes,
      TlsLevels levels) {
    public Relay {
      routes = Map.copyOf(routes);
    }
  }

  /**
   * {@code [[route]]}: where mail for a domain goes; with AUTH where user and password are given.
   *
   * @param level what is demanded of TLS; empty for what suits port and password
   */
  public record Route(
      Host host,
      int port,
      Optional<Level> level,
      Optional<String> user,
      Optional<Path> passwordFile) {}

  /**
   * {@code [queue]}: when an attempt that failed is made again (RFC 5321 §4.5.4.1).
   *
   * @param firstRetry the pause after the first attempt, then doubled each time; 5 minutes
   * @param longestRetry no pause is longer; 4 hours
   * @param expireAfter acceptance, when the sender is told that it failed; 5 days
   * @param delayNotice after acceptance, when the sender is told that it still waits; 4 hours
   */
  public record Queue(
      Duration firstRetry, Duration longestRetry, Duration expireAfter, Duration delayNotice) {
    /** What a file without {@code [queue]} has. */
    public static final Queue USUAL =
        new Queue(
            Duration.ofMinutes(5), Duration.ofHours(4), Duration.ofDays(5), Duration.ofHours(4));
  }

  /**
   * {@code [intake]}.
   *
   * @param maxOctets of one message; 50 MiB
   * @param maxRecipients of one transaction; 1,000
   * @param trustedNetworks address prefixes that may relay without AUTH; none
   * @param rejectSenderWithoutMx refuse sender domains that could not be answered; true
   * @param reserveOctets of free disk below which new mail is refused; 256 MiB
   * @param connectionsPerAddress at a time; 50
   * @param messagesPerHour of one account by submission; 1,000
   * @param unknownPerHour refused recipients of one client, after which it is told to come later;
   *     300
   * @param limitLoopback whether clients on this machine are strangers like others; false
   * @param requireTlsFrom domains whose mail is taken over TLS only; none
   */
  public record Intake(
      long maxOctets,
      int maxRecipients,
      List<IpNetwork> trustedNetworks,
      boolean rejectSenderWithoutMx,
      long reserveOctets,
      int connectionsPerAddress,
      int messagesPerHour,
      int unknownPerHour,
      boolean limitLoopback,
      List<DomainPattern> requireTlsFrom) {
    public Intake {
      requireTlsFrom = List.copyOf(requireTlsFrom);
      trustedNetworks = List.copyOf(trustedNetworks);
    }
  }

  /**
   * {@code [authentication]} and {@code [[author]]}.
   *
   * @param check whether mail from outside is checked; true
   * @param suffixes the public suffix list, to find organizational domains by it and not by the
   *     walk up the tree
   * @param page what is done for what is found
   * @param receivedSpf whether messages get Received-SPF, too; false
   */
  public record Authentication(
      boolean check, Optional<Path> suffixes, PolicyPage page, boolean receivedSpf) {}

  /**
   * {@code [dkim]}.
   *
   * @param signer what is signed; all that is ours
   * @param rotateEvery how long a key signs until another does; zero for ever; 180 days
   * @param update whom to tell of keys; empty where people do
   */
  public record Dkim(SignerSettings signer, Duration rotateEvery, Optional<Update> update) {
    /** What a file without {@code [dkim]} has. */
    public static final Dkim USUAL =
        new Dkim(SignerSettings.DEFAULT, Duration.ofDays(180), Optional.empty());
  }

  /**
   * {@code [arc]}.
   *
   * @param seal whether what our aliases lead elsewhere is sealed; false
   * @param domain whose key seals; the nearest domain of ours at the host name or above it
   */
  public record Arc(boolean seal, Optional<Domain> domain) {
    /** What a file without {@code [arc]} has. */
    public static final Arc USUAL = new Arc(false, Optional.empty());
  }

  /**
   * {@code [dkim.update]} and {@code [acme.update]}: a name server that takes updates (RFC 2136),
   * signed with a shared secret (RFC 8945).
   *
   * @param server where it listens over TCP
   * @param key the secret's name
   * @param secretFile with the secret in Base64
   * @param algorithm its algorithm; hmac-sha256
   */
  public record Update(
      InetSocketAddress server, DnsName key, Path secretFile, TsigKey.Algorithm algorithm) {}

  /**
   * {@code [dmarc]}.
   *
   * @param send whether domains that ask for it are told once a day what came in their name; true
   * @param sendFailures whether they are told of single messages; false
   * @param organization who reports; the host name
   * @param from the author of reports; postmaster at the host name
   * @param contact where else to ask
   * @param receiveAt where reports about our domains are sent; nowhere
   */
  public record Dmarc(
      boolean send,
      boolean sendFailures,
      Optional<String> organization,
      Optional<Mailbox> from,
      Optional<String> contact,
      List<Mailbox> receiveAt) {
    /** What a file without {@code [dmarc]} has. */
    public static final Dmarc USUAL =
        new Dmarc(true, false, Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public Dmarc {
      receiveAt = List.copyOf(receiveAt);
    }
  }

  /**
   * {@code [tls-reports]}.
   *
   * @param send whether domains that ask for it are told once a day how TLS to their hosts went;
   *     true
   * @param organization who reports; the host name
   * @param from the author of reports; postmaster at the host name
   * @param contact whom to ask about them; the author
   * @param receiveAt where reports about our domains are sent; nowhere
   * @param receiveHttps whether the web listener takes them, too; false
   */
  public record TlsReports(
      boolean send,
      Optional<String> organization,
      Optional<Mailbox> from,
      Optional<String> contact,
      List<Mailbox> receiveAt,
      boolean receiveHttps) {
    /** What a file without {@code [tls-reports]} has. */
    public static final TlsReports USUAL =
        new TlsReports(
            true, Optional.empty(), Optional.empty(), Optional.empty(), List.of(), false);

    public TlsReports {
      receiveAt = List.copyOf(receiveAt);
    }
  }

  /**
   * {@code [access]}.
   *
   * @param plaintextOnLoopback whether loopback clients may log in without TLS; true
   */
  public record Access(boolean plaintextOnLoopback) {}

  /** {@code [log]}: {@code format} is logfmt or json. */
  public record Log(boolean json) {}
}

package org.thurn.lab.attack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.thurn.dns.DnsName;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.net.ConnectionHandler;
import org.thurn.net.Listener;
import org.thurn.net.ListenerSettings;
import org.thurn.net.TlsUpgrade;
import org.thurn.server.Opened;
import org.thurn.smtp.server.Protocol;
import org.thurn.smtp.server.SmtpServer;
import org.thurn.smtp.server.SmtpServerSettings;
import org.thurn.time.Time;
import org.thurn.tls.TlsServer;
import org.thurn.tls.dane.TlsaData;

/**
 * A receiving domain: its server, and the web servers of its policy, now and last year.
 *
 * @param smtp where the server really is
 * @param sites where the policy's web server really is
 * @param leaf the server's certificate, if it has TLS
 * @param journal what the server noted
 */
record Target(
    ReceiverDefence defence,
    Letterbox letters,
    InetSocketAddress smtp,
    Map<Edition, InetSocketAddress> sites,
    Optional<X509Certificate> leaf,
    Witness journal) {
  private static final Duration STEP = Duration.ofSeconds(30);

  /** Opens them at the domain's address, at ports of the system's choice. */
  static Target open(
      ReceiverDefence defence, Authority authority, Ids ids, Time time, Opened opened)
      throws IOException {
    Letterbox letters = new Letterbox();
    Witness journal = new Witness();
    Journey journey = Journey.to(journal, time, ids);
    Optional<TlsServer> tls =
        defence.tls() ? Optional.of(authority.issue(defence.host())) : Optional.empty();
    SmtpServerSettings settings =
        SmtpServerSettings.of(defence.host(), Protocol.SMTP)
            .withTimeouts(STEP, STEP, Duration.ZERO);
    SmtpServer server =
        new SmtpServer(
            settings, letters, tls.map(TlsUpgrade.class::cast), Optional.empty(), journey, time);
    InetSocketAddress any = new InetSocketAddress(defence.address(), 0);
    InetSocketAddress smtp = listen(ListenerSettings.tcp("smtp", any), server, time, opened);
    Map<Edition, InetSocketAddress> sites = new EnumMap<>(Edition.class);
    ListenerSettings https =
        ListenerSettings.tcp("https", any).withTls(authority.issue(defence.policyHost()));
    for (Edition edition : Edition.values()) {
      sites.put(edition, listen(https, new PolicySite(edition.text(defence)), time, opened));
    }
    return new Target(
        defence, letters, smtp, sites, tls.map(own -> own.chain().getFirst()), journal);
  }

  /** Where the policy's web server was when it had this one. */
  InetSocketAddress site(Edition edition) {
    InetSocketAddress site = sites.get(edition);
    if (site == null) {
      throw new IllegalStateException("nobody serves " + edition);
    }
    return site;
  }

  /** Without the limits that a server has for strangers: here everybody has one address. */
  static InetSocketAddress listen(
      ListenerSettings settings, ConnectionHandler handler, Time time, Opened opened)
      throws IOException {
    Listener listener = opened.keep(Listener.open(settings.withLimits(1_000, 0, 0), handler, time));
    return (InetSocketAddress) listener.local();
  }

  /**
   * Its records, in master-file form.
   *
   * @param policyId of its MTA-STS policy
   */
  String records(String policyId) {
    String domain = defence.domain().ascii();
    String host = defence.host().ascii();
    String address = defence.address().getHostAddress();
    StringBuilder zone = new StringBuilder();
    zone.append("%s. 300 IN MX 10 %s.%n".formatted(domain, host));
    zone.append("%s. 300 IN A %s%n".formatted(host, address));
    if (defence.policy()) {
      zone.append("%s. 300 IN A %s%n".formatted(defence.policyHost().ascii(), address));
      zone.append("_mta-sts.%s. 300 IN TXT \"v=STSv1; id=%s;\"%n".formatted(domain, policyId));
    }
    if (defence.signed()) {
      leaf.map(certificate -> TlsaData.ofKey(certificate.getPublicKey().getEncoded()))
          .map(tlsa -> TlsaData.line(DnsName.of(defence.host()), Range.SMTP_PORT, tlsa))
          .ifPresent(line -> zone.append(line).append('\n'));
    }
    return zone.toString();
  }
}

package org.thurn.transfer.posture;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.thurn.net.TlsSession;
import org.thurn.tls.TlsClient;

/** A host's certificate as senders see it that check it. */
final class CertificateView {
  /** Renewal comes earlier, with every authority's programs: at a third, or a half. */
  private static final int LAST_PART = 10;

  private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;

  private CertificateView() {}

  /**
   * Looks at it.
   *
   * @param demanded whether an MTA-STS policy is announced, so that senders insist on it
   */
  static Observation observe(TlsSession session, Instant now, boolean demanded) {
    if (session.peerChain().isEmpty()) {
      return wrong("none was sent", demanded);
    }
    X509Certificate own = session.peerChain().getFirst();
    Instant end = own.getNotAfter().toInstant();
    String day = end.atZone(ZoneOffset.UTC).format(DAY);
    if (end.isBefore(now)) {
      return wrong("expired on " + day, demanded);
    }
    if (!session.verification().equals(TlsClient.VERIFIED)) {
      return wrong(session.verification(), demanded);
    }
    String text = "verified, until " + day + ", by " + own.getIssuerX500Principal().getName();
    Duration life = Duration.between(own.getNotBefore().toInstant(), end);
    boolean last = Duration.between(now, end).multipliedBy(LAST_PART).compareTo(life) < 0;
    return last
        ? Observation.warn(Topic.CERTIFICATE, text, "Renew it now: its time is nearly over.")
        : Observation.good(Topic.CERTIFICATE, text);
  }

  private static Observation wrong(String text, boolean demanded) {
    String what = "Get one from a public authority for the host's name, and renew it by a program";
    return demanded
        ? Observation.bad(
            Topic.CERTIFICATE,
            text,
            what + ": senders that follow your MTA-STS policy do not deliver to this host.")
        : Observation.warn(
            Topic.CERTIFICATE,
            text,
            what + ": most senders take any, and so they would take an attacker's.");
  }
}

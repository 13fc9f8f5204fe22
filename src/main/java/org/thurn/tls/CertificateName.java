package org.thurn.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.thurn.dns.DnsName;
import org.thurn.name.Domain;

/** Whether a certificate is for a host, RFC 9525 §6: by its subjectAltName only, never its CN. */
public final class CertificateName {
  private static final int DNS_NAME = 2;

  private CertificateName() {}

  /** Whether one of its names is the host's. */
  public static boolean matches(X509Certificate certificate, Domain host) {
    return matches(certificate, DnsName.of(host));
  }

  /** The same, of a name that need not be a mail host's, as where a CNAME led. */
  public static boolean matches(X509Certificate certificate, DnsName host) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names != null
          && names.stream()
              .filter(name -> name.get(0).equals(DNS_NAME))
              .anyMatch(name -> matches(String.valueOf(name.get(1)), host.text()));
    } catch (CertificateParsingException e) {
      // a certificate whose names cannot be read is nobody's
      return false;
    }
  }

  /** A {@code *} stands for one whole leftmost label, RFC 9525 §6.3. */
  static boolean matches(String presented, String host) {
    String pattern = presented.toLowerCase(Locale.ROOT);
    String name = host.toLowerCase(Locale.ROOT);
    if (!pattern.startsWith("*.")) {
      return pattern.equals(name);
    }
    int dot = name.indexOf('.');
    return dot > 0
        && pattern.indexOf('*', 1) < 0
        && pattern.substring(1).equals(name.substring(dot));
  }
}

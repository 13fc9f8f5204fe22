package org.thurn.lab;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.thurn.dns.DnsName;

/** The records of the lab's domains, in master-file form (RFC 1035 §5). */
final class LabZones {
  private static final int MAX_TXT = 255;

  private LabZones() {}

  /**
   * What every domain has: MX, A, PTR, and by its character SPF, DMARC, MTA-STS and TLS reports.
   */
  static String records(LabDomain lab) {
    String domain = lab.domain().ascii();
    String host = lab.host().ascii();
    String address = lab.address().getHostAddress();
    StringBuilder text = new StringBuilder();
    line(text, domain, "MX 10 " + host + ".");
    line(text, domain, "A " + address);
    line(text, host, "A " + address);
    line(text, DnsName.reverse(lab.address()).text(), "PTR " + host + ".");
    if (!lab.spf().isEmpty()) {
      line(text, domain, "TXT " + quoted(lab.spf()));
      line(text, host, "TXT " + quoted("v=spf1 a -all")); // for HELO: RFC 7208 §2.3
    }
    if (!lab.dmarc().isEmpty()) {
      line(text, "_dmarc." + domain, "TXT " + quoted(lab.dmarc()));
    }
    if (lab.tls()) {
      line(text, "mta-sts." + domain, "A " + address);
    }
    lab.announcement()
        .ifPresent(record -> line(text, "_mta-sts." + domain, "TXT " + quoted(record.text())));
    lab.tlsReports()
        .ifPresent(record -> line(text, "_smtp._tls." + domain, "TXT " + quoted(record.text())));
    return text.toString();
  }

  /** DANE-EE(3) SPKI(1) SHA-256(1) at the ports where the domain's MX answers: RFC 7672 §3.1.1. */
  static String tlsa(LabDomain lab, X509Certificate certificate, int port) {
    String data = sha256(certificate.getPublicKey().getEncoded());
    StringBuilder text = new StringBuilder();
    for (int at : new int[] {25, port}) {
      line(text, "_" + at + "._tcp." + lab.host().ascii(), "TLSA 3 1 1 " + data);
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String owner, String data) {
    text.append(owner).append(". 300 IN ").append(data).append('\n');
  }

  private static String quoted(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_TXT) {
      throw new IllegalArgumentException("longer than one string of a TXT record: " + text);
    }
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String sha256(byte[] octets) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

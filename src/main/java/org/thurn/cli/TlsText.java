package org.thurn.cli;

import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.thurn.dns.RecordData;
import org.thurn.name.IpAddress;
import org.thurn.net.TlsSession;
import org.thurn.tls.dane.TlsaData;

/** Tells a person what a server's TLS is like. Control characters of strangers are not printed. */
final class TlsText {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE;

  private final PrintWriter out;

  TlsText(PrintWriter out) {
    this.out = out;
  }

  void print(TlsFindings found) {
    tries(found.visit());
    session(found.session());
    int number = 1;
    for (CertificateFacts certificate : found.certificates()) {
      certificate(number++, certificate);
    }
    out.println();
    line("authority", found.session().verification());
    found.dane().ifPresent(this::dane);
    found.record().ifPresent(record -> line("to publish", record));
  }

  void tries(TlsVisit visit) {
    for (TlsVisit.Try one : visit.tries()) {
      String end = one.problem().isEmpty() ? "TLS" : one.problem();
      line("address", IpAddress.format(one.address()) + ": " + end);
    }
  }

  private void session(TlsSession session) {
    line("version", session.version());
    line("group", session.group().orElse("not told"));
    line("cipher", session.cipherSuite());
  }

  private void certificate(int number, CertificateFacts certificate) {
    out.println();
    line("" + number + ". subject", certificate.subject());
    if (!certificate.names().isEmpty()) {
      line("   names", String.join(", ", certificate.names()));
    }
    line("   issuer", certificate.issuer());
    line(
        "   valid",
        certificate.from().atZone(ZoneOffset.UTC).format(DAY)
            + " to "
            + certificate.until().atZone(ZoneOffset.UTC).format(DAY));
    line("   key", certificate.key() + ", signed by " + certificate.signature());
    line("   SHA-256", certificate.sha256());
  }

  private void dane(TlsFindings.Dane dane) {
    for (RecordData.Tlsa record : dane.records()) {
      line("TLSA", TlsaData.text(record));
    }
    line("DANE", (dane.matches() ? "verified: " : "not verified: ") + dane.why());
  }

  private void line(String name, String text) {
    out.println("%-12s %s".formatted(name, text).replaceAll("\\p{Cntrl}", "?"));
  }
}

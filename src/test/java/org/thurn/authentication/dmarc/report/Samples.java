package org.thurn.authentication.dmarc.report;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.thurn.authentication.dmarc.AlignmentMode;
import org.thurn.authentication.dmarc.AuthenticationCode;
import org.thurn.authentication.dmarc.DiscoveryMethod;
import org.thurn.authentication.dmarc.Policy;

/** Reports to write and read. */
final class Samples {
  static final PublishedPolicy POLICY =
      new PublishedPolicy(
          "example.com",
          Optional.of(DiscoveryMethod.TREEWALK),
          Policy.REJECT,
          Optional.of(Policy.QUARANTINE),
          Optional.of(Policy.REJECT),
          Optional.of(AlignmentMode.RELAXED),
          Optional.of(AlignmentMode.STRICT),
          "1:d",
          Optional.of(true),
          OptionalInt.empty());

  private Samples() {}

  static ReportMetadata metadata() {
    return new ReportMetadata(
        "Receiver & Sons",
        "dmarc@receiver.example",
        "https://receiver.example/dmarc",
        "1700000000-0-example.com@receiver.example",
        Instant.ofEpochSecond(1_700_006_400),
        Instant.ofEpochSecond(1_700_092_799),
        List.of("sp= cannot be \"<x>\""),
        "Thurn");
  }

  /** A row of an address that ends in the number. */
  static ReportRow row(int number) {
    return new ReportRow(
        "2001:db8::" + Integer.toHexString(number + 1),
        ReportedDisposition.QUARANTINE,
        false,
        true,
        List.of(new ReportReason("policy_test_mode", "t=y"), new ReportReason("local_policy", "")),
        "news.example.com",
        Optional.of("bounce.example.com"),
        Optional.of("receiver.example"),
        List.of(
            new AuthResult.Dkim("example.com", "s1", AuthenticationCode.FAIL, "body hash differs"),
            new AuthResult.Dkim("list.example", "s2", AuthenticationCode.PASS, "")),
        List.of(
            new AuthResult.Spf(
                "bounce.example.com", "mfrom", AuthenticationCode.PASS, "ip6:2001:db8::/32")));
  }

  static ReportRow passing() {
    return new ReportRow(
        "192.0.2.1",
        ReportedDisposition.PASS,
        true,
        false,
        List.of(),
        "example.com",
        Optional.of(""),
        Optional.empty(),
        List.of(new AuthResult.Dkim("example.com", "s1", AuthenticationCode.PASS, "")),
        List.of());
  }

  static AggregateReport report() {
    return new AggregateReport(
        metadata(),
        POLICY,
        List.of(new ReportRecord(row(0), 17), new ReportRecord(passing(), 4_000_000_000L)));
  }

  static byte[] written(AggregateReport report, ReportForm form) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      AggregateReportWriter.write(report, form, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static ReadReport read(byte[] octets) throws ReportException {
    return AggregateReportReader.read(new ByteArrayInputStream(octets));
  }

  static ReadReport read(String xml) throws ReportException {
    return read(xml.getBytes(StandardCharsets.UTF_8));
  }
}

package org.thurn.transfer.tlsreports;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.thurn.authentication.dmarc.Words;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.authentication.results.Method;
import org.thurn.authentication.results.MethodResult;
import org.thurn.journey.Event;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.message.MimeParser;
import org.thurn.message.MimePart;
import org.thurn.message.OctetSource;
import org.thurn.name.Mailbox;
import org.thurn.transfer.reports.ReportReading;

/**
 * Reads the TLS report that a message brings, RFC 8460 §5.3. A message without a valid signature of
 * DKIM is passed over, as §3 wants it.
 */
public final class TlsReportReading implements ReportReading {
  private static final Set<String> TYPES =
      Set.of("application/tlsrpt+gzip", "application/tlsrpt+json");

  private final Supplier<TlsReportSettings> settings;
  private final TlsReportIntake intake;

  public TlsReportReading(Supplier<TlsReportSettings> settings, TlsReportIntake intake) {
    this.settings = settings;
    this.intake = intake;
  }

  @Override
  public boolean receivesAt(Mailbox address) {
    return settings.get().receivesAt(address);
  }

  @Override
  public Event refused(String why) {
    return new Event.TlsReportRefused(why);
  }

  @Override
  public Event read(byte[] message) {
    Headers headers = Headers.parse(message, MessageLimits.DEFAULT);
    String signer = signer(headers);
    if (signer.isEmpty()) {
      return refused("no valid signature says who sent it");
    }
    Optional<byte[]> report = part(message);
    return report.isEmpty()
        ? refused("the message has no TLS report")
        : intake.take(report.get(), signer).event();
  }

  /** The domain whose signature holds, as our own check of the mail has written into it; or "". */
  private String signer(Headers headers) {
    String host = settings.get().host().ascii();
    return AuthenticationResults.gathered(headers, host).all(Method.DKIM.word()).stream()
        .filter(MethodResult::isPass)
        .flatMap(dkim -> dkim.value("header", "d").stream())
        .findFirst()
        .map(Words::of)
        .orElse("");
  }

  /** The first part that may be a report: by its type, or by the ending of its file name. */
  static Optional<byte[]> part(byte[] message) {
    return MimeParser.parse(message, MessageLimits.DEFAULT)
        .root()
        .first(TlsReportReading::mayBe)
        .map(part -> decoded(part, message));
  }

  private static byte[] decoded(MimePart part, byte[] message) {
    try (InputStream in = part.decoded(OctetSource.of(message))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
  }

  private static boolean mayBe(MimePart part) {
    String type = part.contentType().type() + "/" + part.contentType().subtype();
    return TYPES.contains(type) || part.fileName().filter(TlsReportReading::ends).isPresent();
  }

  private static boolean ends(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".json.gz") || lower.endsWith(".json");
  }
}

package org.thurn.authentication.dmarc.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.thurn.authentication.dmarc.Alignment;
import org.thurn.message.DateTime;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.message.MimeParser;
import org.thurn.message.MimePart;
import org.thurn.message.OctetSource;

/** Reads failure reports out of the messages that bring them. */
public final class FailureReportReader {
  /** Octets of the machine's part and of a header section that is a text of its own. */
  static final int MAX_OCTETS = 256 << 10;

  /** Of what may stand several times; the rest does not count. */
  static final int MAX_ITEMS = 100;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  private final byte[] message;

  private FailureReportReader(byte[] message) {
    this.message = message;
  }

  /**
   * Reads a message.
   *
   * @throws ReportException if it brings no report about a failed authentication
   */
  public static FailureReport read(byte[] message) throws ReportException {
    try {
      return new FailureReportReader(message).report();
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
  }

  private FailureReport report() throws IOException, ReportException {
    List<MimePart> parts = parts();
    Headers fields =
        parts.stream()
            .filter(p -> p.contentType().is("message", "feedback-report"))
            .findFirst()
            .map(this::section)
            .orElseThrow(() -> new ReportException("the message has no feedback report"));
    String type = text(fields, "Feedback-Type").toLowerCase(Locale.ROOT);
    if (!type.equals("auth-failure")) {
      throw new ReportException("the feedback report is not about a failed authentication");
    }
    return new FailureReport(
        text(fields, "Auth-Failure").toLowerCase(Locale.ROOT),
        text(fields, "Reported-Domain"),
        notAligned(text(fields, "Identity-Alignment")),
        text(fields, "Authentication-Results"),
        text(fields, "Source-IP"),
        DateTime.parse(text(fields, "Arrival-Date")).map(OffsetDateTime::toInstant),
        text(fields, "Original-Mail-From"),
        all(fields, "Original-Rcpt-To"),
        signatures(fields),
        text(fields, "SPF-DNS"),
        text(fields, "Delivery-Result"),
        incidents(text(fields, "Incidents")),
        text(fields, "User-Agent"),
        original(parts));
  }

  private List<MimePart> parts() {
    List<MimePart> all = new ArrayList<>();
    Deque<MimePart> waiting = new ArrayDeque<>();
    waiting.push(MimeParser.parse(message, MessageLimits.DEFAULT).root());
    while (!waiting.isEmpty()) {
      MimePart part = waiting.pop();
      all.add(part);
      if (!(part instanceof MimePart.Embedded)) { // what it is about is not the report
        part.children().reversed().forEach(waiting::push);
      }
    }
    return all;
  }

  private Headers section(MimePart part) {
    try (InputStream in = part.decoded(OctetSource.of(message))) {
      byte[] octets = in.readNBytes(MAX_OCTETS);
      int start = 0;
      while (start < octets.length && (octets[start] == '\r' || octets[start] == '\n')) {
        start++; // some begin with an empty line
      }
      byte[] rest = java.util.Arrays.copyOfRange(octets, start, octets.length);
      return Headers.parse(rest, MessageLimits.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
  }

  private static String text(Headers fields, String name) {
    return fields.first(name).map(HeaderField::unfolded).orElse("");
  }

  private static List<String> all(Headers fields, String name) {
    return fields.all(name).stream().limit(MAX_ITEMS).map(HeaderField::unfolded).toList();
  }

  private static Set<Alignment.Method> notAligned(String list) {
    Set<Alignment.Method> methods = EnumSet.noneOf(Alignment.Method.class);
    for (String word : list.toLowerCase(Locale.ROOT).split("[\\s,]+", MAX_ITEMS)) {
      switch (word) {
        case "dkim" -> methods.add(Alignment.Method.DKIM);
        case "spf" -> methods.add(Alignment.Method.SPF);
        default -> {} // "none", or what nobody knows
      }
    }
    return methods;
  }

  private static List<FailureReport.Signature> signatures(Headers fields) {
    List<String> domains = all(fields, "DKIM-Domain");
    List<String> identities = all(fields, "DKIM-Identity");
    List<String> selectors = all(fields, "DKIM-Selector");
    List<FailureReport.Signature> signatures = new ArrayList<>();
    for (int i = 0; i < domains.size(); i++) {
      signatures.add(
          new FailureReport.Signature(domains.get(i), at(identities, i), at(selectors, i)));
    }
    return signatures;
  }

  private static String at(List<String> texts, int index) {
    return index < texts.size() ? texts.get(index) : "";
  }

  private static long incidents(String text) {
    return NUMBER.matcher(text).matches() ? Math.max(1, Long.parseLong(text)) : 1;
  }

  private Optional<Headers> original(List<MimePart> parts) {
    for (MimePart part : parts) {
      if (part instanceof MimePart.Embedded(var _, MimePart embedded)) {
        return Optional.of(embedded.headers());
      }
      boolean headers =
          part.contentType().is("text", "rfc822-headers")
              || part.contentType().is("message", "global-headers");
      if (headers) {
        return Optional.of(section(part));
      }
    }
    return Optional.empty();
  }
}

package org.thurn.tls.tlsrpt;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.name.Domain;

/**
 * The record by which a domain asks for reports, RFC 8460 §3.
 *
 * @param rua where they are to be sent, {@code mailto} or {@code https}, in the record's order; at
 *     least one
 */
public record TlsRptRecord(List<URI> rua) {
  /** Of one record; nobody needs more, and each is sent to. */
  static final int MAX_DESTINATIONS = 5;

  private static final String VERSION = "v=TLSRPTv1";
  private static final Pattern BEGINNING = Pattern.compile("(?s)v=TLSRPTv1[ \\t]*;.*");
  private static final Pattern EXTENSION_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}");
  private static final Pattern EXTENSION_VALUE = Pattern.compile("[\\x21-\\x3a\\x3c\\x3e-\\x7e]+");

  public TlsRptRecord {
    rua = List.copyOf(rua);
    if (rua.isEmpty()) {
      throw new IllegalArgumentException("a record without a destination");
    }
  }

  /** What the DNS says. */
  public sealed interface Reading {
    /** Reports are wanted. */
    record Wanted(TlsRptRecord record) implements Reading {}

    /** Nothing of TLS reports. */
    record Silent() implements Reading {}

    /** Something that counts as nothing. */
    record Wrong(String why) implements Reading {}

    /** Not now. */
    record Unanswered(String why) implements Reading {}
  }

  /** Where a domain's record is; empty if the name would be too long for the DNS. */
  public static Optional<DnsName> nameFor(Domain domain) {
    boolean fits = "_smtp._tls.".length() + domain.ascii().length() <= 253; // RFC 1035 §2.3.4
    return fits ? Optional.of(DnsName.of(domain).under("_tls").under("_smtp")) : Optional.empty();
  }

  /** Reads what was answered to the question for TXT. */
  public static Reading read(Answer answer) {
    if (answer.failed()) {
      return new Reading.Unanswered(
          "the DNS does not tell the record of TLS reports: " + answer.explanation());
    }
    List<String> records =
        answer
            .all(RecordData.Txt.class)
            .map(RecordData.Txt::joined)
            .filter(text -> BEGINNING.matcher(text).matches())
            .toList();
    return switch (records.size()) {
      case 0 -> new Reading.Silent();
      case 1 -> parse(records.getFirst());
      default -> new Reading.Wrong(records.size() + " records of TLS reports count as none");
    };
  }

  /**
   * {@code tlsrpt-record = tlsrpt-version 1*(field-delim tlsrpt-field) [field-delim]}. Of several
   * fields {@code rua} the first counts.
   */
  static Reading parse(String text) {
    if (!BEGINNING.matcher(text).matches()) {
      return new Reading.Wrong("it does not begin with " + VERSION + ";");
    }
    String[] fields = text.split(";", -1);
    Optional<List<URI>> rua = Optional.empty();
    for (int i = 1; i < fields.length; i++) {
      String field = trimmed(fields[i]);
      if (field.isEmpty() && i == fields.length - 1 && i > 1) {
        break;
      }
      if (field.startsWith("rua=")) {
        List<URI> found = destinations(field.substring("rua=".length()));
        if (found.isEmpty()) {
          return new Reading.Wrong("its rua has no mailto or https URI");
        }
        rua = rua.or(() -> Optional.of(found));
      } else if (!isExtension(field)) {
        return new Reading.Wrong("a field of it is not of the form name=value");
      }
    }
    return rua.<Reading>map(uris -> new Reading.Wanted(new TlsRptRecord(uris)))
        .orElseGet(() -> new Reading.Wrong("it has no rua"));
  }

  private static boolean isExtension(String field) {
    int equals = field.indexOf('=');
    return equals > 0
        && EXTENSION_NAME.matcher(field.substring(0, equals)).matches()
        && EXTENSION_VALUE.matcher(field.substring(equals + 1)).matches();
  }

  /** Those that can be sent to; one that is wrong takes nothing from the others. */
  private static List<URI> destinations(String text) {
    List<URI> destinations = new ArrayList<>();
    Arrays.stream(text.split(",", -1))
        .map(TlsRptRecord::trimmed)
        .forEach(uri -> destination(uri).ifPresent(destinations::add));
    return destinations.stream().distinct().limit(MAX_DESTINATIONS).toList();
  }

  private static Optional<URI> destination(String text) {
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean mail = scheme.equals("mailto") && uri.isOpaque();
      boolean https = scheme.equals("https") && uri.getHost() != null && uri.getUserInfo() == null;
      return mail || https ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty(); // the owner's mistake: as if it were not there
    }
  }

  /** Without {@code WSP} at both ends. */
  private static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}

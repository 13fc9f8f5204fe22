package org.thurn.tls.tlsrpt;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.name.Domain;
import org.thurn.tls.VersionedRecord;
import org.thurn.tls.WhiteSpace;

/**
 * The record by which a domain asks for reports, RFC 8460 §3.
 *
 * @param rua where they are to be sent, {@code mailto} or {@code https}, in the record's order; at
 *     least one
 */
public record TlsRptRecord(List<URI> rua) {
  /** Of one record; nobody needs more, and each is sent to. */
  public static final int MAX_DESTINATIONS = 5;

  private static final String VERSION = "v=TLSRPTv1";
  private static final Pattern BEGINNING = Pattern.compile("v=TLSRPTv1[ \\t]*;");

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

  /** The record's text; what parts it into fields and URIs is encoded in these. */
  public String text() {
    return rua.stream()
        .map(uri -> uri.toASCIIString().replace(",", "%2C").replace(";", "%3B").replace("!", "%21"))
        .collect(Collectors.joining(",", VERSION + "; rua=", ""));
  }

  /** Where a domain's record is; empty if the name would be too long for the DNS. */
  public static Optional<DnsName> nameFor(Domain domain) {
    return VersionedRecord.nameFor(domain, "_smtp", "_tls");
  }

  /** Reads what was answered to the question for TXT. */
  public static Reading read(Answer answer) {
    return switch (VersionedRecord.of(answer, BEGINNING)) {
      case VersionedRecord.Unanswered(String why) ->
          new Reading.Unanswered("the DNS does not tell the record of TLS reports: " + why);
      case VersionedRecord.Silent _ -> new Reading.Silent();
      case VersionedRecord.Only(String text) -> parse(text);
      case VersionedRecord.Several(int records) ->
          new Reading.Wrong(records + " records of TLS reports count as none");
    };
  }

  /**
   * {@code tlsrpt-record = tlsrpt-version 1*(field-delim tlsrpt-field) [field-delim]}. Of several
   * fields {@code rua} the first counts.
   */
  static Reading parse(String text) {
    if (!BEGINNING.matcher(text).lookingAt()) {
      return new Reading.Wrong("it does not begin with " + VERSION + ";");
    }
    String[] fields = text.split(";", -1);
    Optional<List<URI>> rua = Optional.empty();
    for (int i = 1; i < fields.length; i++) {
      String field = WhiteSpace.strip(fields[i]);
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
        && VersionedRecord.FIELD_NAME.matcher(field.substring(0, equals)).matches()
        && VersionedRecord.FIELD_VALUE.matcher(field.substring(equals + 1)).matches();
  }

  /** Those that can be sent to; one that is wrong takes nothing from the others. */
  private static List<URI> destinations(String text) {
    List<URI> destinations = new ArrayList<>();
    Arrays.stream(text.split(",", -1))
        .map(WhiteSpace::strip)
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
}

package org.thurn.tls;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.name.Domain;

/**
 * What the TXT records of MTA-STS and of TLS reports have in common: each begins with a version, a
 * domain has one of it or it has none, and other texts may stand beside it (RFC 8461 §3.1, RFC 8460
 * §3).
 */
public sealed interface VersionedRecord {
  /** {@code ext-name} of both. */
  Pattern FIELD_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}");

  /** {@code ext-value} of both. */
  Pattern FIELD_VALUE = Pattern.compile("[\\x21-\\x3a\\x3c\\x3e-\\x7e]+");

  /** RFC 1035 §2.3.4, as text. */
  int MAX_NAME = 253;

  /** The record. */
  record Only(String text) implements VersionedRecord {}

  /** There is none. */
  record Silent() implements VersionedRecord {}

  /** There are several, which count as none. */
  record Several(int records) implements VersionedRecord {}

  /** The DNS does not tell. */
  record Unanswered(String why) implements VersionedRecord {}

  /**
   * Reads what was answered to the question for TXT.
   *
   * @param beginning of such a record, up to and with its first semicolon
   */
  static VersionedRecord of(Answer answer, Pattern beginning) {
    if (answer.failed()) {
      return new Unanswered(answer.explanation().isEmpty() ? "no answer" : answer.explanation());
    }
    List<String> records =
        answer
            .all(RecordData.Txt.class)
            .map(RecordData.Txt::joined)
            .filter(text -> beginning.matcher(text).lookingAt())
            .toList();
    return switch (records.size()) {
      case 0 -> new Silent();
      case 1 -> new Only(records.getFirst());
      default -> new Several(records.size());
    };
  }

  /**
   * The name below a domain; empty if it would be too long for the DNS.
   *
   * @param labels from the left
   */
  static Optional<DnsName> nameFor(Domain domain, String... labels) {
    int length = String.join(".", labels).length() + 1 + domain.ascii().length();
    return length <= MAX_NAME ? Optional.of(DnsName.of(domain).under(labels)) : Optional.empty();
  }
}

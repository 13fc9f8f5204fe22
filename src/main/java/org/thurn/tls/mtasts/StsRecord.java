package org.thurn.tls.mtasts;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.name.Domain;

/**
 * The record that announces a policy, RFC 8461 §3.1.
 *
 * @param id changes with the policy; 1 to 32 letters and digits
 */
public record StsRecord(String id) {
  private static final String LABEL = "_mta-sts";

  /** What every record begins with, then a semicolon. White space before that is the grammar's. */
  private static final Pattern BEGINNING = Pattern.compile("(?s)v=STSv1[ \\t]*;.*");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,32}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}");
  private static final Pattern VALUE = Pattern.compile("[\\x21-\\x3a\\x3c\\x3e-\\x7e]+");

  public StsRecord {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("not an id: " + id);
    }
  }

  /** What the DNS says. */
  public sealed interface Reading {
    /** A policy. */
    record Announced(StsRecord record) implements Reading {}

    /** Nothing of MTA-STS. */
    record Silent() implements Reading {}

    /** Something that counts as nothing. */
    record Wrong(String why) implements Reading {}

    /** Not now. */
    record Unanswered(String why) implements Reading {}
  }

  /** Where a domain's record is; empty if the name would be too long for the DNS. */
  public static Optional<DnsName> nameFor(Domain domain) {
    return below(domain, LABEL);
  }

  static Optional<DnsName> below(Domain domain, String label) {
    boolean fits = label.length() + 1 + domain.ascii().length() <= 253; // RFC 1035 §2.3.4
    return fits ? Optional.of(DnsName.of(domain).under(label)) : Optional.empty();
  }

  /** Reads what was answered to the question for TXT. */
  public static Reading read(Answer answer) {
    if (answer.failed()) {
      String why = answer.explanation().isEmpty() ? "no answer" : answer.explanation();
      return new Reading.Unanswered("the DNS does not tell the record of MTA-STS: " + why);
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
      default -> new Reading.Wrong(records.size() + " records of MTA-STS count as none");
    };
  }

  /**
   * {@code sts-text-record = sts-version 1*(sts-field-delim sts-field) [sts-field-delim]}. Of a
   * field that stands there twice the first counts (§3.2).
   */
  static Reading parse(String text) {
    if (!BEGINNING.matcher(text).matches()) {
      return new Reading.Wrong("it does not begin with v=STSv1;");
    }
    String[] parts = text.split(";", -1);
    Set<String> names = new HashSet<>();
    Optional<StsRecord> record = Optional.empty();
    for (int i = 1; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      String field = stripped(parts[i], !last);
      if (last && i > 1 && stripped(parts[i], true).isEmpty()) {
        break;
      }
      int equals = field.indexOf('=');
      String name = equals < 0 ? "" : field.substring(0, equals);
      String value = field.substring(equals + 1);
      if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
        return new Reading.Wrong("a field of it is not of the form name=value");
      }
      boolean counts = names.add(name) && name.equals("id");
      if (counts && !ID.matcher(value).matches()) {
        return new Reading.Wrong("its id is not 1 to 32 letters and digits");
      }
      record = counts ? Optional.of(new StsRecord(value)) : record;
    }
    return record
        .<Reading>map(Reading.Announced::new)
        .orElseGet(() -> new Reading.Wrong("it has no id"));
  }

  /** Without the white space that belongs to a delimiter: behind a field only if one follows. */
  private static String stripped(String part, boolean atEnd) {
    String text = WhiteSpace.stripLeading(part);
    return atEnd ? WhiteSpace.stripTrailing(text) : text;
  }

  /** The record's text, as it is published. */
  public String text() {
    return "v=STSv1; id=" + id + ";";
  }
}

package org.thurn.tls.mtasts;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.name.Domain;
import org.thurn.tls.VersionedRecord;
import org.thurn.tls.WhiteSpace;

/**
 * The record that announces a policy, RFC 8461 §3.1.
 *
 * @param id changes with the policy; 1 to 32 letters and digits
 */
public record StsRecord(String id) {
  private static final String LABEL = "_mta-sts";

  /** What every record begins with, then a semicolon. White space before that is the grammar's. */
  private static final Pattern BEGINNING = Pattern.compile("v=STSv1[ \\t]*;");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,32}");

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
    return VersionedRecord.nameFor(domain, LABEL);
  }

  /** Reads what was answered to the question for TXT. */
  public static Reading read(Answer answer) {
    return switch (VersionedRecord.of(answer, BEGINNING)) {
      case VersionedRecord.Unanswered(String why) ->
          new Reading.Unanswered("the DNS does not tell the record of MTA-STS: " + why);
      case VersionedRecord.Silent _ -> new Reading.Silent();
      case VersionedRecord.Only(String text) -> parse(text);
      case VersionedRecord.Several(int records) ->
          new Reading.Wrong(records + " records of MTA-STS count as none");
    };
  }

  /**
   * {@code sts-text-record = sts-version 1*(sts-field-delim sts-field) [sts-field-delim]}. Of a
   * field that stands there twice the first counts (§3.2).
   */
  static Reading parse(String text) {
    if (!BEGINNING.matcher(text).lookingAt()) {
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
      if (!VersionedRecord.FIELD_NAME.matcher(name).matches()
          || !VersionedRecord.FIELD_VALUE.matcher(value).matches()) {
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

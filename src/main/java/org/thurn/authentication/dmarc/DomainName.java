package org.thurn.authentication.dmarc;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thurn.dns.DnsName;
import org.thurn.name.Domain;
import org.thurn.name.NameSyntaxException;

/**
 * A domain as From fields, signatures and envelopes name it: a {@link Domain} that may also hold
 * underscores. Mail from such domains exists, and whoever overlooked them could be sent mail that
 * escapes every policy.
 *
 * @param text in lower case, with A-labels and without final dot; no label longer than 63 octets
 */
public record DomainName(String text) implements Comparable<DomainName> {
  private static final int MAX_NAME = 253; // RFC 1035 §2.3.4: 255 octets on the wire
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*+");

  public DomainName {
    if (text.length() > MAX_NAME || !SHAPE.matcher(text).matches()) {
      throw new IllegalArgumentException("not a domain name: " + Words.of(text));
    }
  }

  /** For names that are known to be right; anything else is a bug and unchecked. */
  public static DomainName of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not a domain name: " + Words.of(text)));
  }

  /** Of a name that was parsed before. */
  public static DomainName of(Domain domain) {
    return new DomainName(domain.ascii());
  }

  /**
   * Parses A-labels or U-labels, which become A-labels (RFC 9989 §5.3.1); one final dot is
   * accepted. Empty for anything that is no name.
   */
  public static Optional<DomainName> parse(String text) {
    // what is longer than any name in U-labels is not worth mapping
    if (text.isEmpty() || text.length() > 4 * MAX_NAME) {
      return Optional.empty();
    }
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    try {
      String ascii =
          name.chars().allMatch(c -> c < 0x80)
              ? name.toLowerCase(Locale.ROOT)
              : Domain.parse(name).ascii();
      boolean good = ascii.length() <= MAX_NAME && SHAPE.matcher(ascii).matches();
      return good ? Optional.of(new DomainName(ascii)) : Optional.empty();
    } catch (NameSyntaxException _) {
      return Optional.empty(); // an answer, not a failure: the text is no name
    }
  }

  /** How many labels it has. */
  public int labels() {
    return (int) text.chars().filter(c -> c == '.').count() + 1;
  }

  /** Its rightmost labels, all of them if it has no more. */
  public DomainName rightmost(int count) {
    int from = text.length();
    for (int i = 0; i < count && from > 0; i++) {
      from = text.lastIndexOf('.', from - 1);
    }
    return from <= 0 ? this : new DomainName(text.substring(from + 1));
  }

  /** The name without its first label, or empty for a single label. */
  public Optional<DomainName> parent() {
    int dot = text.indexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(new DomainName(text.substring(dot + 1)));
  }

  /** Whether this is {@code other} or lies below it. */
  public boolean isWithin(DomainName other) {
    return text.equals(other.text) || text.endsWith("." + other.text);
  }

  /** To ask the DNS for. */
  public DnsName name() {
    return new DnsName(text);
  }

  /** The name under further labels; empty if that is longer than a name may be. */
  public Optional<DnsName> under(String labels) {
    return labels.length() + 1 + text.length() > MAX_NAME
        ? Optional.empty()
        : Optional.of(new DnsName(labels + "." + text));
  }

  @Override
  public int compareTo(DomainName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}

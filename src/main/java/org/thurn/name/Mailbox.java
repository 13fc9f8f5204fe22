package org.thurn.name;

import java.util.Optional;

/**
 * An address of RFC 5321 §4.1.2: {@code Mailbox = Local-part "@" ( Domain / address-literal )}.
 *
 * @param local what the domain's owner gives meaning to
 * @param host where it is
 */
public record Mailbox(LocalPart local, Host host) {
  /** For addresses that are known to be right; anything else is a bug and unchecked. */
  public static Mailbox of(String text) {
    try {
      return parse(text);
    } catch (NameSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Parses the whole text as one mailbox, without angle brackets. */
  public static Mailbox parse(String text) throws NameSyntaxException {
    PathParser parser = new PathParser(text);
    Mailbox mailbox = parser.mailbox();
    parser.expectEnd();
    return mailbox;
  }

  /** The domain, or empty for an address literal. */
  public Optional<Domain> domain() {
    return host instanceof Domain domain ? Optional.of(domain) : Optional.empty();
  }

  /** Whether both lead to the same mailbox of ours, where local parts are read without case. */
  public boolean leadsWhere(Mailbox other) {
    return host.equals(other.host) && local.value().equalsIgnoreCase(other.local.value());
  }

  /** Whether it can be sent without SMTPUTF8: the host always has an ASCII form. */
  public boolean isAscii() {
    return local.isAscii();
  }

  /** The form for people, with U-labels. */
  public String unicode() {
    return local + "@" + (host instanceof Domain domain ? domain.unicode() : host.ascii());
  }

  @Override
  public String toString() {
    return local + "@" + host.ascii();
  }
}

package org.thurn.name;

/**
 * RCPT TO's argument: a mailbox, or the bare {@code <Postmaster>} that every server must take (RFC
 * 5321 §4.1.1.3 and §4.5.1).
 */
public sealed interface ForwardPath {
  /** {@code <Postmaster>} without a domain, in any case. */
  enum Postmaster implements ForwardPath {
    INSTANCE;

    @Override
    public String toString() {
      return "Postmaster";
    }
  }

  /** A recipient with its host. */
  record Of(Mailbox address) implements ForwardPath {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /** Parses the path with its angle brackets; a source route is accepted and dropped. */
  static ForwardPath parse(String text) throws NameSyntaxException {
    PathParser parser = new PathParser(text);
    ForwardPath path = parser.forwardPath();
    parser.expectEnd();
    return path;
  }
}

package org.thurn.name;

import java.util.Optional;

/** MAIL FROM's argument: a mailbox, or the null path of notifications (RFC 5321 §4.1.1.2). */
public sealed interface ReversePath {
  /** {@code <>}: nobody is to be told of a failure. */
  enum Null implements ReversePath {
    INSTANCE;

    @Override
    public String toString() {
      return "";
    }
  }

  /** A sender who can be told. */
  record Of(Mailbox address) implements ReversePath {
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /** The mailbox, or empty for the null path. */
  default Optional<Mailbox> mailbox() {
    return this instanceof Of(Mailbox address) ? Optional.of(address) : Optional.empty();
  }

  /** Parses the path with its angle brackets; a source route is accepted and dropped. */
  static ReversePath parse(String text) throws NameSyntaxException {
    PathParser parser = new PathParser(text);
    ReversePath path = parser.reversePath();
    parser.expectEnd();
    return path;
  }

  static ReversePath of(Mailbox address) {
    return new Of(address);
  }
}

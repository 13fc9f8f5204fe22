package org.thurn.access.imap.grammar;

/** What the client sent is no IMAP; the message is for it to read. */
public final class ImapSyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean fatal;

  public ImapSyntaxException(String message) {
    this(message, false);
  }

  ImapSyntaxException(String message, boolean fatal) {
    super(message);
    this.fatal = fatal;
  }

  /** Whether we no longer know where the next command begins: end the connection. */
  public boolean fatal() {
    return fatal;
  }
}

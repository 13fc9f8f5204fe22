package org.thurn.mailbox;

/**
 * One mailbox of an account, for ever: a rename keeps it, and it is never given twice.
 *
 * @param number counts from 1, the INBOX, in each account
 */
public record MailboxId(long number) {
  /** The INBOX of every account. */
  public static final MailboxId INBOX = new MailboxId(1);

  /** MAILBOXID of RFC 8474 §4.1 without its parentheses. */
  public String text() {
    return "M" + number;
  }

  @Override
  public String toString() {
    return text();
  }
}

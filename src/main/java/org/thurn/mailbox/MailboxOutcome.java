package org.thurn.mailbox;

/** How a change of the list of mailboxes ended; the names are those of RFC 9051 §7.1. */
public enum MailboxOutcome {
  DONE,
  /** A mailbox of that name is there. */
  ALREADY_EXISTS,
  /** There is no mailbox of that name. */
  NONEXISTENT,
  /** It has inferiors, so it stays. */
  HAS_CHILDREN,
  /** Never: deleting INBOX, renaming a mailbox below itself, a name that gets too long. */
  CANNOT,
  /** Too many mailboxes. */
  LIMIT
}

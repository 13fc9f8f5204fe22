package org.thurn.mailbox;

/** How {@link AccountMail#append} ended. */
public sealed interface Append {
  /** APPENDUID of RFC 9051 §7.1. */
  record Stored(long uidValidity, long uid, EmailId email) implements Append {}

  /** TRYCREATE: the mailbox is gone. */
  record NoMailbox() implements Append {}

  record OverQuota() implements Append {}
}

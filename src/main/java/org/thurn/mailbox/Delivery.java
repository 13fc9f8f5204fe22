package org.thurn.mailbox;

/** How {@link AccountMail#deliver} ended. */
public sealed interface Delivery {
  /** It is there. The mailbox is INBOX if the one asked for does not exist. */
  record Stored(MailboxName mailbox, long uid) implements Delivery {}

  /** An earlier run of the same delivery stored it, there; nothing was done now. */
  record AlreadyDelivered(MailboxName mailbox, long uid) implements Delivery {}

  /** The account is full; nothing was stored and no mark left. */
  record OverQuota() implements Delivery {}
}

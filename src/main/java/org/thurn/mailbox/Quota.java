package org.thurn.mailbox;

/**
 * What an account may hold.
 *
 * @param bytes the sum of RFC822.SIZE over all mailboxes; a copy counts again
 * @param messages how many in all mailboxes together
 */
public record Quota(long bytes, long messages) {
  public static final Quota NONE = new Quota(Long.MAX_VALUE, Long.MAX_VALUE);

  boolean allows(Usage now, long moreBytes, long moreMessages) {
    return now.bytes() + moreBytes <= bytes && now.messages() + moreMessages <= messages;
  }
}

package org.thurn.mailbox;

import java.util.List;

/** How a COPY or MOVE ended; all or nothing. */
public sealed interface Copy {
  /**
   * COPYUID of RFC 9051 §7.1.
   *
   * @param uidValidity of the mailbox they went to
   * @param from the UIDs that were there, in order; may be empty
   * @param to the new UIDs, one for each of {@code from}
   */
  record Copied(long uidValidity, List<Long> from, List<Long> to) implements Copy {}

  /** TRYCREATE: the mailbox to copy to is gone. */
  record NoMailbox() implements Copy {}

  record OverQuota() implements Copy {}
}

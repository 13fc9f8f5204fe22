package org.thurn.mailbox;

import java.util.List;

/**
 * The counters of a mailbox, kept and not computed.
 *
 * @param messages how many are in it (EXISTS)
 * @param unseen how many lack {@code \Seen}
 * @param deleted how many have {@code \Deleted}
 * @param size the sum of their RFC822.SIZE, octets
 * @param uidNext the next message's UID or less
 * @param uidValidity RFC 9051 §2.3.1.1
 * @param highestModseq at least 1; RFC 7162 §3.1.2
 * @param keywords every keyword that was ever used in it
 * @param moreKeywords whether new keywords still fit ({@code \*} in PERMANENTFLAGS); one that does
 *     not is left out of the flags that are stored
 */
public record MailboxStatus(
    MailboxId id,
    MailboxName name,
    long messages,
    long unseen,
    long deleted,
    long size,
    long uidNext,
    long uidValidity,
    long highestModseq,
    List<String> keywords,
    boolean moreKeywords) {}

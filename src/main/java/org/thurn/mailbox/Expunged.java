package org.thurn.mailbox;

/** What went from a mailbox, and the MODSEQ of its going (the mailbox's highest, if none went). */
public record Expunged(UidSet uids, long modseq) {}

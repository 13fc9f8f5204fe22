package org.thurn.mailbox;

import java.util.List;

/**
 * What happened in a mailbox since a MODSEQ.
 *
 * @param rows new and changed messages as they are now, in the order of UIDs
 * @param vanished the UIDs that went since (QRESYNC's VANISHED); may name some never seen
 * @param highestModseq where to ask from the next time
 * @param complete false if tombstones since then were purged, so that {@code vanished} may lack
 *     some: compare with the UIDs that are there
 */
public record Changes(
    List<MessageRow> rows, UidSet vanished, long highestModseq, boolean complete) {}

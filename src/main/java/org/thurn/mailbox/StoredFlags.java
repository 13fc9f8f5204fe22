package org.thurn.mailbox;

import java.util.List;

/**
 * What a STORE did.
 *
 * @param rows every message that was named, exists and passed UNCHANGEDSINCE, as it is now; the
 *     MODSEQ is new only where the flags changed
 * @param modified those that did not pass UNCHANGEDSINCE (MODIFIED of RFC 7162 §3.1.3)
 */
public record StoredFlags(List<MessageRow> rows, UidSet modified) {}

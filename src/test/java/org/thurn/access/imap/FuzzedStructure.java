package org.thurn.access.imap;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.ImapText;
import org.thurn.fuzz.Promise;

/** ENVELOPE, BODY and BODYSTRUCTURE of any message: each is one list of IMAP's grammar. */
public final class FuzzedStructure implements FuzzTarget {
  @Override
  public void take(byte[] octets) throws IOException {
    MessageSummary summary = MessageSummary.parse(new ByteArrayInputStream(octets));
    ImapText.list(summary.envelope(), 10);
    ImapText.list(summary.body(), -1);
    ImapText.list(summary.structure(), -1);
    byte[] stored = summary.encode();
    Optional<MessageSummary> again = MessageSummary.decode(stored);
    Promise.holds(again.isPresent(), () -> "a summary that cannot be read again");
    Promise.sameOctets(stored, again.orElseThrow().encode(), "the summary");
    // what is stored may be damaged
    MessageSummary.decode(octets);
  }
}

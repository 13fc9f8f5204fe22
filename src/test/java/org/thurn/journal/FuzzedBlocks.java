package org.thurn.journal;

import java.util.List;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.journal.render.JsonEntry;
import org.thurn.journal.render.LogfmtEntry;
import org.thurn.journey.Entry;

/** A block of the journal as it may stand on a damaged disk. */
public final class FuzzedBlocks implements FuzzTarget {
  private final BlockReader reader = new BlockReader();

  @Override
  public void take(byte[] octets) {
    try {
      List<Entry> entries = reader.entries(octets);
      Promise.same(entries, again(entries), "the entries");
    } catch (DamagedBlockException e) {
      Promise.holds(e.getMessage() != null, () -> "damaged without words");
    }
  }

  private List<Entry> again(List<Entry> entries) {
    try {
      return reader.entries(BlockWriter.block(entries));
    } catch (DamagedBlockException e) {
      throw new AssertionError("our own block cannot be read", e);
    }
  }

  /** What a session noted is kept as it was, and is one line of the mail log. */
  public static void keeps(List<Entry> entries) {
    Promise.same(entries, new FuzzedBlocks().again(entries), "what a session noted");
    for (Entry entry : entries) {
      for (String line : List.of(LogfmtEntry.line(entry), JsonEntry.logLine(entry))) {
        for (int i = 0; i < line.length(); i++) {
          boolean control = Character.isISOControl(line.charAt(i));
          Promise.holds(!control, () -> "a control character in the log: " + line);
        }
      }
    }
  }
}

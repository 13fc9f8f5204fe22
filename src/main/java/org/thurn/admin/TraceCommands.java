package org.thurn.admin;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.thurn.journal.Journal;
import org.thurn.journal.render.JsonEntry;
import org.thurn.journal.render.TextEntry;
import org.thurn.journey.Entry;
import tools.jackson.databind.JsonNode;

/** {@code thurn trace}. */
final class TraceCommands {
  private final Journal journal;

  TraceCommands(Journal journal) {
    this.journal = journal;
  }

  Outcome trace(JsonNode arguments, Answer to) throws IOException {
    String key = arguments.path("key").asString("");
    List<Entry> entries = journal.trace(key);
    if (entries.isEmpty()) {
      return Outcome.no("nothing is known of " + key);
    }
    Instant start = entries.getFirst().time();
    boolean json = arguments.path("json").asBoolean(false);
    for (Entry entry : entries) {
      if (json) {
        to.item(ControlWire.JSON.readTree(JsonEntry.line(entry)));
      } else {
        to.text(TextEntry.line(entry, start));
      }
    }
    return Outcome.ok("");
  }
}

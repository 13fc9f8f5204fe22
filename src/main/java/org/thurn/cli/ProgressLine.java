package org.thurn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import org.thurn.admin.Answer;
import tools.jackson.databind.JsonNode;

/** How far a long command is, on the last line of a terminal, written over again and again. */
final class ProgressLine {
  private static final String CLEAR = "\r\u001b[K"; // ECMA-48 EL: to the end of the line

  private final PrintWriter terminal;
  private boolean shown;

  ProgressLine(PrintWriter terminal) {
    this.terminal = terminal;
  }

  /** Takes the items that tell of progress; all else goes to {@code results}, above the line. */
  Answer over(Answer results) {
    return new Answer() {
      @Override
      public void item(JsonNode item) throws IOException {
        clear();
        if (item.has("progress")) {
          terminal.print(item.path("progress").asString());
          terminal.flush();
          shown = true;
        } else {
          results.item(item);
        }
      }

      @Override
      public void text(String text) throws IOException {
        clear();
        results.text(text);
      }
    };
  }

  void clear() {
    if (shown) {
      terminal.print(CLEAR);
      terminal.flush();
      shown = false;
    }
  }
}

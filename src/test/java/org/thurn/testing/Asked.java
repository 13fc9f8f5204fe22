package org.thurn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.thurn.admin.Answer;
import org.thurn.admin.ControlClient;
import org.thurn.admin.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks a running server over its control socket. */
public final class Asked {
  private Asked() {}

  /**
   * What {@code thurn} says when it is asked so.
   *
   * @param exit the exit code that it must have
   */
  public static String thurn(Path state, int exit, String command, ObjectNode arguments)
      throws IOException {
    StringBuilder said = new StringBuilder();
    Answer answer =
        new Answer() {
          @Override
          public void item(JsonNode item) {
            said.append(item).append('\n');
          }

          @Override
          public void text(String text) {
            said.append(text).append('\n');
          }
        };
    Outcome outcome = new ControlClient(state).call(command, arguments, new byte[0], answer);
    assertThat(outcome.exit()).as(said + outcome.words()).isEqualTo(exit);
    return said + outcome.words();
  }
}

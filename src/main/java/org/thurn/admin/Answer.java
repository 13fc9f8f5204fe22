package org.thurn.admin;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** Where a command's handler writes: items as they come, then nothing more. */
public interface Answer {
  /** One object of the result, such as one event of a trace. */
  void item(JsonNode item) throws IOException;

  /** Octets of the result that are no JSON: a message. */
  void text(String text) throws IOException;
}

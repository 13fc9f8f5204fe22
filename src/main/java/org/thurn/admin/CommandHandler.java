package org.thurn.admin;

import java.io.IOException;
import java.io.InputStream;
import tools.jackson.databind.JsonNode;

/** Carries out what comes over the control socket. */
@FunctionalInterface
public interface CommandHandler {
  /**
   * Carries out one command.
   *
   * @param author who asks, for the journey
   * @param command its name, such as {@code queue-list}
   * @param arguments an object
   * @param input what followed the request: a message to send
   */
  Outcome handle(String author, String command, JsonNode arguments, InputStream input, Answer to)
      throws IOException, InterruptedException;
}

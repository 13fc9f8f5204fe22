package org.thurn.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thurn.admin.Answer;
import org.thurn.admin.ControlClient;
import org.thurn.admin.Exit;
import org.thurn.admin.Outcome;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The server's commands, as {@code thurn --json} gives them. */
record Control(Path state) {
  void addAccount(String address) throws IOException {
    Outcome outcome =
        ask(
            "account-add",
            ControlClient.arguments().put("address", address).put("password", Campaign.PASSWORD),
            new ArrayList<>());
    if (outcome.exit() != Exit.OK) {
      throw new IOException(outcome.words());
    }
  }

  JsonNode ledger() throws IOException {
    List<JsonNode> items = new ArrayList<>();
    ask("ledger", ControlClient.arguments().put("json", true), items);
    return items.getFirst();
  }

  /** The events about a message; none if nothing is known of it. */
  List<JsonNode> trace(String messageId) throws IOException {
    List<JsonNode> items = new ArrayList<>();
    ask("trace", ControlClient.arguments().put("json", true).put("key", messageId), items);
    return items;
  }

  /** What {@code store verify} finds wrong. */
  List<String> verify() throws IOException {
    List<JsonNode> items = new ArrayList<>();
    Outcome outcome = ask("store-verify", ControlClient.arguments().put("json", true), items);
    if (outcome.exit() == Exit.OK) {
      return List.of();
    }
    List<String> wrong = new ArrayList<>(List.of("store verify: " + outcome.words()));
    items.forEach(item -> wrong.add("store verify: " + item));
    return wrong;
  }

  private Outcome ask(String command, ObjectNode arguments, List<JsonNode> items)
      throws IOException {
    Answer into =
        new Answer() {
          @Override
          public void item(JsonNode item) {
            items.add(item);
          }

          @Override
          public void text(String text) {} // asked for JSON, it says none
        };
    return new ControlClient(state).call(command, arguments, new byte[0], into);
  }
}

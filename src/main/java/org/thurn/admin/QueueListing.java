package org.thurn.admin;

import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.thurn.queue.Outcome;
import org.thurn.queue.QueuedMessage;
import org.thurn.queue.QueuedMessage.RecipientState;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How {@code thurn queue list} shows a message, in words and as JSON. */
final class QueueListing {
  private QueueListing() {}

  static String text(QueuedMessage message) {
    StringBuilder text = new StringBuilder();
    text.append(message.envelope().id())
        .append("  ")
        .append(message.envelope().arrived().truncatedTo(ChronoUnit.SECONDS))
        .append("  ")
        .append(message.octets())
        .append(" octets  from <")
        .append(message.envelope().sender())
        .append('>')
        .append(message.held() ? "  HELD" : "");
    for (RecipientState state : message.recipients()) {
      text.append("\n    to ").append(state.recipient().address()).append(": ");
      text.append(progress(state, message.held()));
      state.last().ifPresent(last -> text.append("\n      ").append(words(last)));
    }
    return text.toString();
  }

  private static String progress(RecipientState state, boolean held) {
    if (state.settled()) {
      return "settled";
    }
    String attempts = state.attempts() == 1 ? "1 attempt" : state.attempts() + " attempts";
    return attempts
        + state
            .next()
            .map(next -> ", the next at " + next.truncatedTo(ChronoUnit.SECONDS))
            .orElse(held ? "" : ", one runs now");
  }

  /** What an attempt brought, as a person would say it; with the remote's own words. */
  static String words(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Stored(var account, var mailbox, long uid) ->
          "stored in " + mailbox + " of " + account + " as " + uid;
      case Outcome.Relayed(var host, var address, var reply, _) ->
          "relayed to " + host + " [" + address + "]: " + reply;
      case Outcome.Deferred(var status, var reason, var host) ->
          "deferred" + by(host) + ": " + status + " " + reason;
      case Outcome.Failed(var status, var reason, var host) ->
          "refused" + by(host) + ": " + status + " " + reason;
      case Outcome.Discarded(var reason) -> "discarded: " + reason;
    };
  }

  private static String by(Optional<String> host) {
    return host.map(name -> " by " + name).orElse("");
  }

  static ObjectNode item(QueuedMessage message) {
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    item.put("queue", message.envelope().id().text());
    message.envelope().messageId().ifPresent(id -> item.put("message", id));
    item.put("arrived", message.envelope().arrived().toString());
    item.put("octets", message.octets());
    item.put("sender", message.envelope().sender().toString());
    item.put("held", message.held());
    for (RecipientState state : message.recipients()) {
      ObjectNode recipient =
          item.withArray("recipients")
              .addObject()
              .put("address", state.recipient().address().toString())
              .put("attempts", state.attempts())
              .put("settled", state.settled());
      state.next().ifPresent(next -> recipient.put("next", next.toString()));
      state.last().ifPresent(last -> last(recipient.putObject("last"), last));
    }
    return item;
  }

  private static void last(ObjectNode item, Outcome outcome) {
    switch (outcome) {
      case Outcome.Stored(var account, var mailbox, long uid) ->
          item.put("outcome", "stored")
              .put("account", account.toString())
              .put("mailbox", mailbox)
              .put("uid", uid);
      case Outcome.Relayed(var host, var address, var reply, _) ->
          item.put("outcome", "relayed")
              .put("host", host)
              .put("address", address)
              .put("reply", reply);
      case Outcome.Deferred(var status, var reason, var host) -> {
        item.put("outcome", "deferred").put("status", status.toString()).put("reason", reason);
        host.ifPresent(name -> item.put("host", name));
      }
      case Outcome.Failed(var status, var reason, var host) -> {
        item.put("outcome", "failed").put("status", status.toString()).put("reason", reason);
        host.ifPresent(name -> item.put("host", name));
      }
      case Outcome.Discarded(var reason) -> item.put("outcome", "discarded").put("reason", reason);
    }
  }
}

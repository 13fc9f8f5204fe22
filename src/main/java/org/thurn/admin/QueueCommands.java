package org.thurn.admin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.QueueId;
import org.thurn.queue.MailQueue;
import org.thurn.queue.QueuedMessage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Commands on the queue and its ledger. */
final class QueueCommands {
  private static final int PAGE = 200;

  private final MailQueue queue;

  QueueCommands(MailQueue queue) {
    this.queue = queue;
  }

  Outcome list(JsonNode arguments, Answer to) throws IOException {
    Optional<QueueId> after = Optional.empty();
    long count = 0;
    while (true) {
      List<QueuedMessage> page = queue.list(after, PAGE);
      for (QueuedMessage message : page) {
        DirectoryCommands.show(
            arguments, to, QueueListing.item(message), QueueListing.text(message));
        count++;
      }
      if (page.size() < PAGE) {
        boolean json = arguments.path("json").asBoolean(false);
        return Outcome.ok(json ? "" : count + (count == 1 ? " message" : " messages"));
      }
      after = Optional.of(page.getLast().envelope().id());
    }
  }

  Outcome change(String author, JsonNode arguments) {
    String text = arguments.path("id").asString("");
    QueueId id;
    try {
      id = new QueueId(text);
    } catch (IllegalArgumentException e) {
      return Outcome.of(Exit.USAGE, e);
    }
    String action = arguments.path("action").asString("");
    boolean found =
        switch (action) {
          case "hold" -> queue.hold(id, author);
          case "release" -> queue.release(id, author);
          case "retry" -> queue.retry(id, author);
          case "drop" -> queue.drop(id, author);
          default -> throw new IllegalArgumentException("no action " + action);
        };
    return found
        ? Outcome.ok(id + ": " + action)
        : Outcome.no("there is no message " + id + " in the queue");
  }

  Outcome ledger(JsonNode arguments, Answer to) throws IOException {
    MailQueue.LedgerAccount account = queue.ledger();
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    item.put("accepted", account.accepted());
    item.put("stored", account.stored());
    item.put("relayed", account.relayed());
    item.put("bounced", account.bounced());
    item.put("expired", account.expired());
    item.put("discarded", account.discarded());
    item.put("open", account.open());
    item.put("balanced", account.balanced());
    account.overdue().forEach(id -> item.withArray("overdue").add(id.text()));
    String text =
        """
        accepted   %10d recipients
        stored     %10d
        relayed    %10d
        bounced    %10d
        expired    %10d
        discarded  %10d
        open       %10d
        overdue    %s"""
            .formatted(
                account.accepted(),
                account.stored(),
                account.relayed(),
                account.bounced(),
                account.expired(),
                account.discarded(),
                account.open(),
                account.overdue().isEmpty() ? "         0" : account.overdue());
    DirectoryCommands.show(arguments, to, item, text);
    return account.balanced()
        ? Outcome.ok("")
        : Outcome.no("the account does not balance: see the log for faults");
  }
}

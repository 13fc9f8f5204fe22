package org.thurn.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.thurn.name.Mailbox;
import org.thurn.store.Body;

/**
 * The world outside the queue, which a crash of the server does not touch: mailboxes that know a
 * replay, next hops that do not, and a notifier.
 */
final class Post {
  /** What the mailboxes hold: delivery mark to UID. */
  final Map<String, Long> mailboxes = new ConcurrentHashMap<>();

  /** What was sent to other hosts, as often as it was. */
  final List<String> sent = new CopyOnWriteArrayList<>();

  /** Whom the notifier wrote about. */
  final List<Notifier.Happening> notified = new CopyOnWriteArrayList<>();

  /** What the next hop says; a test changes it. */
  volatile Function<Agent.Attempt, Outcome> nextHop =
      attempt -> new Outcome.Relayed("mx.example", "192.0.2.1", "250 2.0.0 taken", false);

  /** What delivery says in place of storing; empty to store. */
  volatile Function<Agent.Attempt, Optional<Outcome>> delivery = attempt -> Optional.empty();

  Agents agents() {
    return new Agents(this::deliver, this::relay, this::notification);
  }

  private List<Outcome> deliver(Agent.Attempt attempt) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Recipient recipient : attempt.recipients()) {
      String mark = attempt.envelope().id() + " " + recipient.address();
      outcomes.add(
          delivery
              .apply(attempt)
              .orElseGet(
                  () -> {
                    long uid = mailboxes.computeIfAbsent(mark, m -> mailboxes.size() + 1L);
                    return new Outcome.Stored(recipient.address(), "INBOX", uid);
                  }));
    }
    return outcomes;
  }

  private List<Outcome> relay(Agent.Attempt attempt) {
    List<Outcome> outcomes = new ArrayList<>();
    Outcome outcome = nextHop.apply(attempt);
    for (Recipient recipient : attempt.recipients()) {
      if (outcome instanceof Outcome.Relayed) {
        sent.add(attempt.envelope().id() + " " + recipient.address());
      }
      outcomes.add(outcome);
    }
    return outcomes;
  }

  private Optional<Notifier.Notification> notification(
      Envelope envelope, Body body, List<Notifier.Happening> happenings) {
    List<Notifier.Happening> told =
        happenings.stream()
            .filter(h -> h.kind() != Notifier.Kind.DELIVERED && h.kind() != Notifier.Kind.RELAYED)
            .toList();
    notified.addAll(told);
    Mailbox to = envelope.sender().mailbox().orElseThrow();
    String text =
        "Message-ID: <dsn-%s@here.example>\r\nSubject: sorry\r\n\r\n%d octets\r\n"
            .formatted(envelope.id(), body.size());
    return told.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Notifier.Notification(
                "failure", to, new Destination.Local(to, ""), text.getBytes(UTF_8), false));
  }
}

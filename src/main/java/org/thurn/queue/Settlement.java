package org.thurn.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.name.Mailbox;
import org.thurn.smtp.Notify;

/**
 * What the outcomes of an attempt, the clock or a command make of a message: its next state, what
 * the journey is to say, and what the sender may be owed. It decides and does nothing.
 */
final class Settlement {
  private final QueueEntry before;
  private final List<RecipientRow> rows;
  private final List<Note> notes = new ArrayList<>();
  private final List<Notifier.Happening> happenings = new ArrayList<>();
  private final Surroundings with;
  private final Instant now;
  private boolean relayed;

  Settlement(QueueEntry before, Surroundings with, Instant now) {
    this.before = before;
    this.rows = new ArrayList<>(before.recipients());
    this.with = with;
    this.now = now;
  }

  /** An event about one recipient. */
  record Note(Mailbox recipient, Event event) {}

  QueueEntry before() {
    return before;
  }

  QueueEntry after() {
    return before.with(rows);
  }

  List<Note> notes() {
    return notes;
  }

  List<Notifier.Happening> happenings() {
    return happenings;
  }

  /** RFC 1047: between the remote's 250 and our commit a crash doubles; so sync at once. */
  boolean relayed() {
    return relayed;
  }

  /** What an attempt brought. A recipient that was settled meanwhile stays as it is. */
  void outcome(int index, Outcome outcome, Optional<String> dropAuthor) {
    RecipientRow row = rows.get(index);
    if (row.settled()) {
      return;
    }
    switch (outcome) {
      case Outcome.Stored(var account, var mailbox, long uid) ->
          settle(
              index,
              Terminal.STORED,
              outcome,
              new Event.Stored(account, mailbox, uid),
              Notifier.Kind.DELIVERED);
      case Outcome.Relayed(var host, var address, var reply, var _) -> {
        relayed = true;
        Event event = new Event.Relayed(host, address, code(reply), reply);
        settle(index, Terminal.RELAYED, outcome, event, Notifier.Kind.RELAYED);
      }
      case Outcome.Failed(var status, var reason, var host) ->
          settle(
              index,
              Terminal.BOUNCED,
              outcome,
              new Event.Bounced(status.toString(), reason, host),
              Notifier.Kind.FAILED);
      case Outcome.Discarded(var reason) -> {
        rows.set(index, row.settled(now, Terminal.DISCARDED, outcome));
        note(index, new Event.Discarded(reason));
      }
      case Outcome.Deferred deferred ->
          dropAuthor.ifPresentOrElse(
              author -> drop(index, author), () -> deferred(index, deferred));
    }
  }

  private void settle(int index, Terminal state, Outcome outcome, Event event, Notifier.Kind kind) {
    rows.set(index, rows.get(index).settled(now, state, outcome));
    note(index, event);
    happened(index, kind, outcome);
  }

  private void deferred(int index, Outcome.Deferred outcome) {
    RetryPolicy policy = with.settings().retry();
    RecipientRow row = rows.get(index);
    int attempts = row.attempts() + 1;
    Instant next = policy.next(before.envelope(), attempts, now, with.random());
    row = row.deferred(now, next, outcome);
    rows.set(index, row);
    note(index, new Event.Deferred(attempts, next, outcome.status().toString(), outcome.reason()));
    if (!now.isBefore(policy.expires(before.envelope()))) {
      expire(index);
    } else if (!row.delayTold() && policy.tellsDelay(before.envelope(), now)) {
      rows.set(index, row.withDelayTold());
      happened(index, Notifier.Kind.DELAYED, outcome);
    }
  }

  /** RFC 5321 §4.5.4.1: the give-up time is over. */
  void expire(int index) {
    RecipientRow row = rows.get(index);
    Outcome last = row.last().orElseThrow(); // only what was tried expires
    rows.set(index, row.ended(Terminal.EXPIRED, last));
    // RFC 3463 §3.5: X.4.7, delivery time expired
    note(index, new Event.Expired("5.4.7", OutcomeCodec.inWords(last)));
    happened(index, Notifier.Kind.EXPIRED, last);
  }

  void drop(int index, String author) {
    Outcome.Discarded outcome = new Outcome.Discarded("dropped by " + author);
    rows.set(index, rows.get(index).ended(Terminal.DISCARDED, outcome));
    note(index, new Event.Discarded(outcome.reason()));
  }

  private void note(int index, Event event) {
    notes.add(new Note(rows.get(index).recipient().address(), event));
  }

  private void happened(int index, Notifier.Kind kind, Outcome outcome) {
    RecipientRow row = rows.get(index);
    boolean good = kind == Notifier.Kind.DELIVERED || kind == Notifier.Kind.RELAYED;
    // RFC 3461 §5.2.2: of a success only who asked for it is told; so most mail reads no body here
    if (!good || row.recipient().notifyOn().contains(Notify.SUCCESS)) {
      happenings.add(new Notifier.Happening(row.recipient(), kind, outcome, row.attempts()));
    }
  }

  private static int code(String reply) {
    boolean shaped = reply.length() >= 3;
    int code = 0;
    for (int i = 0; shaped && i < 3; i++) {
      int digit = Character.digit(reply.charAt(i), 10);
      shaped = digit >= 0;
      code = 10 * code + digit;
    }
    return shaped ? code : 0;
  }
}

package org.thurn.journey;

import java.util.Optional;
import org.thurn.name.Mailbox;
import org.thurn.time.Time;

/**
 * Where a room notes what it does: a place (session, message, recipient) bound to a recorder.
 * Immutable; {@code about} makes a narrower one.
 */
public final class Journey {
  private final Recorder recorder;
  private final Time time;
  private final Ids ids;
  private final Optional<SessionId> session;
  private final Optional<QueueId> queue;
  private final Optional<String> messageId;
  private final Optional<Mailbox> recipient;

  private Journey(
      Recorder recorder,
      Time time,
      Ids ids,
      Optional<SessionId> session,
      Optional<QueueId> queue,
      Optional<String> messageId,
      Optional<Mailbox> recipient) {
    this.recorder = recorder;
    this.time = time;
    this.ids = ids;
    this.session = session;
    this.queue = queue;
    this.messageId = messageId;
    this.recipient = recipient;
  }

  /** A journey about nothing yet. */
  public static Journey to(Recorder recorder, Time time, Ids ids) {
    return new Journey(
        recorder,
        time,
        ids,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * In a new session, and about no message: what opens a connection concerns every message that it
   * carries, and stands in the trace of each.
   */
  public Journey newSession() {
    return to(recorder, time, ids).inSession(ids.session());
  }

  public Journey inSession(SessionId id) {
    return new Journey(recorder, time, ids, Optional.of(id), queue, messageId, recipient);
  }

  public Journey about(QueueId id) {
    return new Journey(recorder, time, ids, session, Optional.of(id), messageId, recipient);
  }

  public Journey about(QueueId id, Optional<String> messageIdField) {
    return new Journey(recorder, time, ids, session, Optional.of(id), messageIdField, recipient);
  }

  public Journey about(Mailbox address) {
    return new Journey(recorder, time, ids, session, queue, messageId, Optional.of(address));
  }

  /** Notes that {@code event} happened now, and returns the id it got. */
  public EventId note(Event event) {
    EventId id = ids.event();
    recorder.record(new Entry(id, time.now(), session, queue, messageId, recipient, event));
    return id;
  }

  /** Returns when what was noted before outlives a crash; see {@link Recorder#awaitKept}. */
  public void awaitKept() {
    recorder.awaitKept();
  }

  /** A fresh id for a transaction. */
  public QueueId newQueueId() {
    return ids.queue();
  }

  public Optional<SessionId> session() {
    return session;
  }

  public Optional<QueueId> queue() {
    return queue;
  }
}

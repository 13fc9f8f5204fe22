package org.thurn.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.store.Body;
import org.thurn.store.Durability;
import org.thurn.store.StoreException;

/**
 * Carries recipients from due to settled: chooses those that may go, marks them, hands them to an
 * agent, settles what it brings.
 */
final class Carrier {
  private static final Duration STORE_PAUSE = Duration.ofSeconds(1);

  private final Surroundings with;
  private final Agents agents;
  private final ActiveMessages active;
  private final Settler settler;
  private final ClockWatch clock;
  private final Dispatcher local;
  private final Dispatcher remote;
  private final Sick sick;
  private volatile boolean started;

  Carrier(
      Surroundings with, Agents agents, ActiveMessages active, Settler settler, ClockWatch clock) {
    this.with = with;
    this.agents = agents;
    this.active = active;
    this.settler = settler;
    this.clock = clock;
    this.sick = new Sick(with);
    QueueSettings limits = with.settings();
    local = new Dispatcher(limits.local(), limits.perAccount(), limits.waiting(), limits.drain());
    remote = new Dispatcher(limits.remote(), limits.perHost(), limits.waiting(), limits.drain());
  }

  void start() {
    started = true;
  }

  /** Whether it is of use to bring one more message of this lane. */
  boolean hasRoom(Lane lane) {
    return dispatcher(lane).hasRoom(lane);
  }

  /**
   * The ways that a new message can go at once: their places are reserved, so that the mark of an
   * attempt can stand in the very commit that accepts it.
   */
  List<ActiveMessage.Group> reserve(ActiveMessage message, QueueEntry entry) {
    List<ActiveMessage.Group> reserved = new ArrayList<>();
    for (ActiveMessage.Group group : message.dueGroups(entry, with.time().now(), true)) {
      if (started && dispatcher(group.lane()).reserve(group.lane())) {
        reserved.add(group);
      }
    }
    return reserved;
  }

  void cancel(List<ActiveMessage.Group> reserved) {
    reserved.forEach(group -> dispatcher(group.lane()).cancel(group.lane()));
  }

  /** Starts the reserved attempts of a message that is accepted now. */
  void start(ActiveMessage message, List<ActiveMessage.Group> reserved) {
    for (ActiveMessage.Group group : reserved) {
      message.marked(group);
      begin(message, group);
      dispatcher(group.lane()).start(group.lane(), () -> carry(message, group));
    }
  }

  /** Looks at a message because the schedule or somebody says so; not if it is being changed. */
  void look(QueueId id) {
    if (started) {
      guarded(
          id, i -> active.ifFree(i, message -> message.place().ifPresent(p -> look(message, p))));
    }
  }

  /** Works on a message unless it is sick; a fault makes it so, and is nobody else's trouble. */
  void guarded(QueueId id, Consumer<QueueId> work) {
    if (!sick.has(id)) {
      try {
        work.accept(id);
      } catch (RuntimeException e) {
        sick.note(id, e);
      }
    }
  }

  /** Under the message's lock: expires what must, and offers the rest that is due. */
  void look(ActiveMessage message, Shards.Place place) {
    if (!started || place.entry().held()) {
      return;
    }
    Instant now = with.time().now();
    List<Integer> expired = expired(message, place.entry(), now);
    if (!expired.isEmpty()) {
      settler
          .settle(message, place, Durability.RELAXED, s -> expired.forEach(s::expire))
          .ifPresent(this::look);
    }
    message
        .place()
        .ifPresent(
            left -> message.dueGroups(left.entry(), now, false).forEach(g -> offer(message, g)));
  }

  /** An attempt that runs has the last word; one that waits for its turn finds nothing to do. */
  private List<Integer> expired(ActiveMessage message, QueueEntry entry, Instant now) {
    List<Integer> expired = new ArrayList<>();
    if (now.isBefore(with.settings().retry().expires(entry.envelope()))) {
      return expired;
    }
    for (int i = 0; i < entry.recipients().size(); i++) {
      RecipientRow row = entry.recipients().get(i);
      boolean tried = row.tried().isPresent() && !row.tried().get().isBefore(clock.steadySince());
      if (!row.settled() && tried && !message.isRunning(i)) {
        expired.add(i);
      }
    }
    return expired;
  }

  private void offer(ActiveMessage message, ActiveMessage.Group group) {
    begin(message, group);
    if (!dispatcher(group.lane()).offer(group.lane(), () -> carry(message, group))) {
      end(message, group);
    }
  }

  private void begin(ActiveMessage message, ActiveMessage.Group group) {
    active.enter(message.id);
    message.begin(group);
  }

  private void end(ActiveMessage message, ActiveMessage.Group group) {
    message.end(group);
    active.leave(message);
  }

  /** One attempt, on its own thread. */
  private void carry(ActiveMessage message, ActiveMessage.Group group) {
    try {
      active
          .with(message.id, m -> prepare(m, group))
          .ifPresent(attempt -> attempt(message, group, attempt));
    } catch (RuntimeException e) {
      sick.note(message.id, e);
    } finally {
      message.lock.lock();
      try {
        end(message, group);
      } finally {
        message.lock.unlock();
      }
    }
  }

  /** The attempt's recipients and its durable mark; empty if nothing is left to do. */
  private Optional<Agent.Attempt> prepare(ActiveMessage message, ActiveMessage.Group group) {
    if (message.place().isEmpty()) {
      return Optional.empty();
    }
    Shards.Place place = message.place().get();
    QueueEntry entry = place.entry();
    List<Integer> open =
        group.indexes().stream().filter(i -> !entry.recipients().get(i).settled()).toList();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    if (entry.held()) {
      unmark(message, place, open);
      return Optional.empty();
    }
    Body body = settler.body(entry); // before the mark: without it nothing is begun
    Journey journey = with.journey().about(entry.id(), entry.envelope().messageId());
    if (group.lane().isRemote()) {
      mark(message, place, group.lane(), open, journey);
    }
    message.run(open);
    List<Recipient> recipients =
        open.stream().map(i -> entry.recipients().get(i).recipient()).toList();
    int number =
        1 + open.stream().mapToInt(i -> entry.recipients().get(i).attempts()).max().orElse(0);
    return Optional.of(new Agent.Attempt(entry.envelope(), body, recipients, number, journey));
  }

  /** Held before its attempt began: the mark would later tell of a message that was doubled. */
  private void unmark(ActiveMessage message, Shards.Place place, List<Integer> open) {
    List<Integer> ours = open.stream().filter(message::takeMark).toList();
    if (!ours.isEmpty()) {
      QueueEntry unmarked = place.entry().with(ours, RecipientRow::unmarked);
      place
          .shard()
          .replace(place.entry(), unmarked, List.of(), with.time().now(), Durability.RELAXED);
      message.committed(place.shard(), unmarked);
    }
  }

  /** RFC 1047: what may be in flight at a crash is known before the first octet leaves. */
  private void mark(
      ActiveMessage message,
      Shards.Place place,
      Lane lane,
      List<Integer> indexes,
      Journey journey) {
    List<Integer> unmarked = new ArrayList<>();
    boolean doubtful = false;
    for (int i : indexes) {
      RecipientRow row = place.entry().recipients().get(i);
      if (!row.inFlight()) {
        unmarked.add(i);
      } else if (!message.takeMark(i)) {
        doubtful = true;
        journey
            .about(row.recipient().address())
            .note(new Event.PossiblyDoubled(lane.destination()));
      }
    }
    if (doubtful) {
      journey.awaitKept(); // once this attempt settles, nothing else tells that it was the second
    }
    if (!unmarked.isEmpty()) {
      QueueEntry marked = place.entry().with(unmarked, RecipientRow::marked);
      place.shard().replace(place.entry(), marked, List.of(), with.time().now(), Durability.SYNCED);
      message.committed(place.shard(), marked);
    }
  }

  private void attempt(ActiveMessage message, ActiveMessage.Group group, Agent.Attempt attempt) {
    try {
      with.crash().reached(CrashPoint.MARKED, message.id);
      attempt
          .journey()
          .note(new Event.AttemptStarted(attempt.number(), group.lane().destination()));
      List<Outcome> outcomes = outcomes(group.lane(), attempt);
      with.crash().reached(CrashPoint.ATTEMPTED, message.id);
      settle(message, attempt, outcomes);
    } catch (InterruptedException e) {
      // the queue closes: whether the next hop took it is not known, the mark stays
      Thread.currentThread().interrupt();
    }
  }

  private List<Outcome> outcomes(Lane lane, Agent.Attempt attempt) throws InterruptedException {
    String reason;
    try {
      List<Outcome> outcomes = agents.of(lane).attempt(attempt);
      if (outcomes.size() == attempt.recipients().size()) {
        return outcomes;
      }
      reason = outcomes.size() + " outcomes for " + attempt.recipients().size() + " recipients";
    } catch (RuntimeException e) {
      reason = e.toString();
    }
    attempt.journey().note(new Event.Fault("agent for " + lane.destination(), reason));
    // RFC 3463 §3.4: X.3.0, other or undefined mail system status
    Outcome later =
        new Outcome.Deferred(EnhancedStatus.of("4.3.0"), "internal fault", Optional.empty());
    return Collections.nCopies(attempt.recipients().size(), later);
  }

  /** Until the store takes it: the outcomes of an attempt must not be forgotten. */
  private void settle(ActiveMessage message, Agent.Attempt attempt, List<Outcome> outcomes)
      throws InterruptedException {
    Optional<QueueId> notification = Optional.empty();
    boolean done = false;
    while (!done) {
      try {
        notification = active.with(message.id, m -> settleOnce(m, attempt.recipients(), outcomes));
        done = true;
      } catch (StoreException e) {
        with.journey().note(new Event.Fault("store", e.toString()));
        if (e.kind() == StoreException.Kind.CLOSED) {
          return;
        }
        with.time().pause(STORE_PAUSE);
      }
    }
    notification.ifPresent(this::look);
  }

  private Optional<QueueId> settleOnce(
      ActiveMessage message, List<Recipient> recipients, List<Outcome> outcomes) {
    return message
        .place()
        .flatMap(
            place ->
                settler.settle(
                    message,
                    place,
                    Durability.RELAXED,
                    settlement -> {
                      for (int i = 0; i < outcomes.size(); i++) {
                        settlement.outcome(
                            recipients.get(i).index(), outcomes.get(i), message.dropAuthor());
                      }
                    }));
  }

  private Dispatcher dispatcher(Lane lane) {
    return lane.isRemote() ? remote : local;
  }

  void close() {
    started = false;
    remote.close();
    local.close();
  }
}

package org.thurn.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.store.Snapshot;
import org.thurn.store.Staged;
import org.thurn.store.Store;
import org.thurn.time.Time;
import org.thurn.time.VitalThread;

/**
 * The queue on a store. A message accepted while there is room goes to its agent straight from
 * memory; whatever else is due comes from the store's schedule.
 */
public final class StoreQueue implements MailQueue {
  private final Surroundings with;
  private final Shards shards;
  private final ActiveMessages active;
  private final Carrier carrier;
  private final Commands commands;
  private final Schedule schedule;
  private final Ledger ledger;
  private final LedgerWatch ledgerWatch;
  private final List<Thread> threads = new ArrayList<>();

  /** With chance from the machine and no crash points. */
  public StoreQueue(
      QueueSettings settings, Store store, Agents agents, Journey journey, Time time) {
    this(settings, store, agents, journey, time, new Random(), CrashPoint.Hook.NONE);
  }

  /**
   * Opens the queue; {@link #start} begins to carry.
   *
   * @param random for the retries' jitter
   * @param crash is told of each crash point
   */
  public StoreQueue(
      QueueSettings settings,
      Store store,
      Agents agents,
      Journey journey,
      Time time,
      RandomGenerator random,
      CrashPoint.Hook crash) {
    with = new Surroundings(settings, store, time, journey, random, crash);
    shards = new Shards(store, settings.shards());
    active = new ActiveMessages(shards);
    Settler settler = new Settler(with, new Notifications(agents.notifier(), with));
    ClockWatch clock = new ClockWatch(time, journey);
    carrier = new Carrier(with, agents, active, settler, clock);
    commands = new Commands(with, active, settler, carrier);
    schedule = new Schedule(with, shards, carrier, clock, commands);
    ledger = new Ledger(with, shards);
    ledgerWatch = new LedgerWatch(with, ledger);
  }

  @Override
  public void accept(Envelope envelope, List<Recipient> recipients, Staged body, String subject) {
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("a message in the queue has a recipient");
    }
    Instant now = with.time().now();
    List<RecipientRow> rows =
        recipients.stream().map(recipient -> RecipientRow.fresh(recipient, now)).toList();
    QueueEntry entry = new QueueEntry(envelope, body.id(), body.size(), false, rows);
    active.withNew(envelope.id(), message -> accept(message, entry, body, subject));
  }

  private void accept(ActiveMessage message, QueueEntry entry, Staged body, String subject) {
    QueueShard shard = shards.forNew(entry.id());
    List<ActiveMessage.Group> reserved = carrier.reserve(message, entry);
    QueueEntry marked = entry;
    for (ActiveMessage.Group group : reserved) {
      if (group.lane().isRemote()) {
        marked = marked.with(group.indexes(), RecipientRow::marked);
      }
    }
    boolean begun = false;
    try {
      String sha256 = body.sha256();
      with.crash().reached(CrashPoint.BEFORE_ACCEPTED, entry.id());
      shard.accept(new QueueShard.Arrival(marked, body), with.time().now());
      message.committed(shard, marked);
      with.crash().reached(CrashPoint.ACCEPTED, entry.id());
      noteAccepted(entry, sha256, subject);
      carrier.start(message, reserved);
      begun = true;
    } finally {
      if (!begun) {
        carrier.cancel(reserved);
      }
    }
    carrier.look(message, new Shards.Place(shard, marked));
  }

  private void noteAccepted(QueueEntry entry, String sha256, String subject) {
    Envelope envelope = entry.envelope();
    Journey journey = with.journey();
    journey = envelope.session().map(journey::inSession).orElse(journey);
    journey
        .about(envelope.id(), envelope.messageId())
        .note(
            new Event.Accepted(
                envelope.messageId().orElse(""),
                envelope.sender(),
                entry.recipients().stream().map(row -> row.recipient().address()).toList(),
                entry.octets(),
                sha256,
                subject));
  }

  @Override
  public List<QueuedMessage> list(Optional<QueueId> after, int limit) {
    byte[] from = after.map(id -> Keys.after(Keys.message(id))).orElse(Keys.kind('m'));
    List<QueueEntry> entries;
    try (QueuePage page = new QueuePage(shards)) {
      entries = page.entries(from, limit);
    }
    return entries.stream().map(this::shown).toList();
  }

  @Override
  public Optional<QueuedMessage> find(QueueId id) {
    for (QueueShard shard : shards.all()) {
      try (Snapshot snapshot = shard.read()) {
        Optional<QueueEntry> entry = QueueShard.load(snapshot, id);
        if (entry.isPresent()) {
          return entry.map(this::shown);
        }
      }
    }
    return Optional.empty();
  }

  private QueuedMessage shown(QueueEntry entry) {
    BitSet inFlight = active.inFlight(entry);
    List<QueuedMessage.RecipientState> states = new ArrayList<>();
    for (int i = 0; i < entry.recipients().size(); i++) {
      RecipientRow row = entry.recipients().get(i);
      boolean waits = !row.settled() && !entry.held() && !inFlight.get(i);
      states.add(
          new QueuedMessage.RecipientState(
              row.recipient(),
              row.attempts(),
              waits ? Optional.of(row.next()) : Optional.empty(),
              row.last(),
              row.settled()));
    }
    return new QueuedMessage(entry.envelope(), entry.octets(), entry.held(), List.copyOf(states));
  }

  @Override
  public boolean hold(QueueId id, String author) {
    return commands.hold(id, author);
  }

  @Override
  public boolean release(QueueId id, String author) {
    return commands.release(id, author);
  }

  @Override
  public boolean retry(QueueId id, String author) {
    return commands.retry(id, author);
  }

  @Override
  public boolean drop(QueueId id, String author) {
    return commands.drop(id, author);
  }

  @Override
  public LedgerAccount ledger() {
    return ledger.account();
  }

  /** How many recipients have no terminal state yet, without a walk: for metrics. */
  public long openRecipients() {
    return ledger.open();
  }

  /** What in the ledger does not agree, in words; empty if it is in order. Walks every row. */
  public List<String> verify() {
    return ledger.faults();
  }

  /** Ends the ledger's retention now. */
  void purgeLedger() {
    boolean more = true;
    while (more) {
      more = ledger.purge();
    }
  }

  /** How many messages are in memory now. */
  int activeMessages() {
    return active.size();
  }

  /** Carries what is accepted and what {@link #round} finds; no thread of its own. */
  void startUnscheduled() {
    carrier.start();
  }

  /** One look at the schedule; true if there is more. */
  boolean round() {
    return schedule.round();
  }

  @Override
  public void start() {
    startUnscheduled();
    Thread scheduler = VitalThread.virtual("queue schedule", schedule);
    threads.add(scheduler);
    scheduler.start();
    threads.add(Thread.ofVirtual().name("queue ledger").start(ledgerWatch));
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    carrier.close();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever closes is in a hurry
    }
  }
}

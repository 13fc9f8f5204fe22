package org.thurn.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.thurn.journal.Journal;
import org.thurn.journal.JournalSettings;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.queue.Agent;
import org.thurn.queue.Agents;
import org.thurn.queue.Destination;
import org.thurn.queue.Envelope;
import org.thurn.queue.Outcome;
import org.thurn.queue.QueueSettings;
import org.thurn.queue.Recipient;
import org.thurn.queue.RetryPolicy;
import org.thurn.queue.StoreQueue;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.store.Store;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.time.Time;
import org.thurn.tls.policy.Wish;

/**
 * Fills the queue of a state folder whose server does not run, through the server's own queue: each
 * message is accepted, tried once by an agent whose next hop never answers, and deferred. Only the
 * pauses are others, so that all of them wait for hours: the next attempt comes {@link #FIRST} to
 * four hours after.
 */
final class QueueFill {
  /** The pause after the first attempt, without what chance adds. */
  static final Duration FIRST = Duration.ofHours(3);

  private static final double JITTER = 0.3;
  private static final int DOMAINS = 10_000;
  private static final int SESSIONS = 256;
  private static final int PIECE = 100;

  private final Store store;
  private final StoreQueue queue;
  private final Journey journey;
  private final AtomicLong tried;

  private QueueFill(Store store, StoreQueue queue, Journey journey, AtomicLong tried) {
    this.store = store;
    this.queue = queue;
    this.journey = journey;
    this.tried = tried;
  }

  /**
   * @param state the folder, which exists
   * @return seconds that it took
   */
  static double fill(Path state, long messages) throws Exception {
    Time time = Time.system();
    Ids ids = new Ids(time);
    try (RocksBudget budget = RocksBudget.ofMachine();
        RocksStore store =
            RocksStore.open(RocksStoreSettings.of(state.resolve("store")), budget, time);
        Journal journal = new Journal(store, JournalSettings.defaults(), time, ids)) {
      Journey journey = Journey.to(journal, time, ids);
      AtomicLong tried = new AtomicLong();
      try (StoreQueue queue = new StoreQueue(patient(), store, agents(tried), journey, time)) {
        QueueFill fill = new QueueFill(store, queue, journey, tried);
        queue.start();
        return Filling.run(messages, SESSIONS, PIECE, fill::accept, store::collect)
            + fill.awaitTried(messages);
      }
    }
  }

  private static QueueSettings patient() {
    QueueSettings usual = QueueSettings.defaults();
    RetryPolicy retry = usual.retry();
    return new QueueSettings(
        usual.shards(),
        new RetryPolicy(FIRST, retry.longest(), retry.expiry(), retry.delayNotice(), JITTER),
        usual.local(),
        usual.perAccount(),
        usual.remote(),
        usual.perHost(),
        usual.waiting(),
        usual.retention(),
        usual.check(),
        usual.drain());
  }

  private static Agents agents(AtomicLong tried) {
    Agent nobody =
        attempt -> {
          tried.addAndGet(attempt.recipients().size());
          return attempt.recipients().stream().map(_ -> silence()).toList();
        };
    return new Agents(nobody, nobody, (_, _, _) -> Optional.empty());
  }

  private static Outcome silence() {
    return new Outcome.Deferred(
        EnhancedStatus.of("4.4.1"), "connection timed out", Optional.empty());
  }

  private double awaitTried(long messages) throws Exception {
    long begin = System.nanoTime();
    Pause.until("each message was tried", 20, () -> tried.get() >= messages);
    return (System.nanoTime() - begin) / 1e9;
  }

  private void accept(long first, long end) throws Exception {
    for (long i = first; i < end; i++) {
      Domain domain = Domain.of("d%05d.example".formatted(i % DOMAINS));
      Mailbox to = Mailbox.of("user%d@%s".formatted(i, domain.ascii()));
      Recipient recipient =
          new Recipient(0, to, to, new Destination.Remote(domain), Set.of(), Optional.empty());
      try (Staged body = staged(store, SmallMessage.of(i, to.toString()))) {
        queue.accept(envelope(i), List.of(recipient), body, "The message with the number " + i);
      }
    }
  }

  private Envelope envelope(long number) {
    return new Envelope(
        journey.newQueueId(),
        Optional.empty(),
        ReversePath.of(Mailbox.of("sender" + number + "@client.example")),
        Optional.empty(),
        Optional.of(SmallMessage.messageId(number)),
        Optional.empty(),
        Optional.empty(),
        BodyType.SEVEN_BIT,
        false,
        Time.system().now(),
        false,
        false,
        Wish.USUAL);
  }

  /** A body on its way in, as intake makes it; to be closed once a commit has it. */
  static Staged staged(Store store, byte[] message) throws Exception {
    try (Staging staging = store.stage(message.length)) {
      staging.write(message);
      return staging.finish();
    }
  }
}

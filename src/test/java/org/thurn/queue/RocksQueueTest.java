package org.thurn.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.journal.Journal;
import org.thurn.journal.JournalSettings;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.time.Time;
import org.thurn.tls.policy.Wish;

/** The queue and the journal on the engine that they run on. */
class RocksQueueTest {
  private static final Outcome LATER =
      new Outcome.Deferred(EnhancedStatus.of("4.2.0"), "450 busy", Optional.empty());
  private static final Mailbox SENDER = Mailbox.of("alice@here.example");

  @TempDir Path dir;
  private final Time time = Time.system();
  private final Ids ids = new Ids(time);
  private final Post post = new Post();

  /** One life of a server. */
  private final class Life implements AutoCloseable {
    private final RocksBudget budget = RocksBudget.small();
    private final RocksStore store =
        RocksStore.open(RocksStoreSettings.of(dir.resolve("store")), budget, time);
    private final Journal journal = new Journal(store, JournalSettings.defaults(), time, ids);
    private final StoreQueue queue =
        new StoreQueue(
            QueueSettings.defaults(), store, post.agents(), Journey.to(journal, time, ids), time);

    QueueId accept(Destination destination) {
      QueueId id = ids.queue();
      Mailbox to = Mailbox.of("bob@soft.example");
      Envelope envelope =
          new Envelope(
              id,
              Optional.empty(),
              ReversePath.of(SENDER),
              Optional.empty(),
              Optional.of("<" + id + "@here.example>"),
              Optional.empty(),
              Optional.empty(),
              BodyType.SEVEN_BIT,
              false,
              Instant.now(),
              false,
              false,
              Wish.USUAL);
      Recipient recipient = new Recipient(0, to, to, destination, Set.of(), Optional.empty());
      queue.accept(envelope, List.of(recipient), stage("Subject: hi\r\n\r\nbody"), "hi");
      return id;
    }

    private Staged stage(String text) {
      try (Staging staging = store.stage(10_000)) {
        staging.write(text.getBytes(UTF_8));
        return staging.finish();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Many clients at once, as the group commit likes it. */
    void acceptMany(int messages, Destination destination) {
      try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < messages; i++) {
          clients.execute(() -> accept(destination));
        }
      }
    }

    void retryAll() {
      try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
        for (QueuedMessage message : queue.list(Optional.empty(), 10_000)) {
          people.execute(() -> queue.retry(message.envelope().id(), "root"));
        }
      }
    }

    void awaitIdle() {
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (queue.activeMessages() > 0 && System.nanoTime() < end) {
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(queue.activeMessages()).isZero();
    }

    @Override
    public void close() {
      queue.close();
      journal.close();
      store.close();
      budget.close();
    }
  }

  @Test
  void aMessageGoesItsWholeWayAndItsJourneyIsFoundInTheNextLife() {
    QueueId id;
    try (Life life = new Life()) {
      life.queue.start();
      id = life.accept(House.local("bob@soft.example"));
      life.awaitIdle();
      assertThat(life.journal.trace(id.text()))
          .extracting(entry -> entry.event().type())
          .containsExactly("accepted", "attempt-started", "stored");
    }
    try (Life life = new Life()) {
      assertThat(life.queue.list(Optional.empty(), 10)).isEmpty();
      assertThat(life.queue.verify()).isEmpty();
      assertThat(life.queue.ledger().stored()).isEqualTo(1);
      assertThat(life.journal.trace("bob@soft.example")).hasSize(3);
    }
  }

  @Test
  void aLongQueueIsDrainedOverTwoLives() {
    int messages = 1_000;
    post.nextHop = attempt -> LATER;
    try (Life life = new Life()) {
      life.queue.start();
      life.acceptMany(messages, House.remote("a.example"));
      life.awaitIdle();
      assertThat(life.queue.openRecipients()).isEqualTo(messages);
    }
    post.nextHop = attempt -> new Outcome.Relayed("mx", "192.0.2.1", "250 ok", false);
    try (Life life = new Life()) {
      life.queue.start();
      life.retryAll();
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (life.queue.openRecipients() > 0 && System.nanoTime() < end) {
        LockSupport.parkNanos(1_000_000);
      }
      life.awaitIdle();
      assertThat(post.sent).hasSize(messages).doesNotHaveDuplicates();
      assertThat(life.queue.ledger().relayed()).isEqualTo(messages);
      assertThat(life.queue.verify()).isEmpty();
      assertThat(life.journal.trace(post.sent.getFirst().substring(0, 13)))
          .extracting(entry -> entry.event())
          .hasAtLeastOneElementOfType(Event.Relayed.class);
    }
  }
}

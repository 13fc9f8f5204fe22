package org.thurn.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.testing.StoreChecks.changed;
import static org.thurn.testing.StoreChecks.without;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.store.BodyId;
import org.thurn.store.Durability;
import org.thurn.store.Finding;
import org.thurn.store.Partition;
import org.thurn.store.Staging;
import org.thurn.store.Txn;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.testing.StoreChecks;
import org.thurn.time.Time;
import org.thurn.tls.policy.Wish;

/** Each row of a shard, missing or changed, is found and named. */
class QueueCheckTest {
  private static final Partition SHARD = new Partition("queue", "0");
  private static final Mailbox SENDER = Mailbox.of("alice@here.example");
  private static final byte[] NEWER = {9};

  @TempDir Path directory;
  private final Time time = Time.system();
  private final Ids ids = new Ids(time);
  private final Post post = new Post();
  private RocksBudget budget;
  private RocksStore store;
  private StoreQueue queue;
  private QueueId waiting;
  private BodyId body;

  /** One message half settled, one settled and forgotten, one held. */
  @BeforeEach
  void open() throws Exception {
    budget = RocksBudget.small();
    store = RocksStore.open(RocksStoreSettings.of(directory), budget, time);
    QueueSettings d = QueueSettings.defaults();
    QueueSettings one =
        new QueueSettings(
            1, d.retry(), 8, 4, 8, 2, 40, d.retention(), d.check(), Duration.ofSeconds(1));
    queue = new StoreQueue(one, store, post.agents(), Journey.to(e -> {}, time, ids), time);
    post.nextHop =
        attempt -> new Outcome.Deferred(EnhancedStatus.of("4.2.0"), "450 busy", Optional.empty());
    queue.startUnscheduled();
    waiting = accept(House.local("bob@here.example"), House.remote("far.example"));
    accept(House.local("bob@here.example"));
    QueueId held = accept(House.remote("far.example"));
    awaitIdle();
    queue.hold(held, "test");
    body = entry().body();
    assertThat(findings()).isEmpty();
    assertThat(queue.openRecipients()).isEqualTo(2);
  }

  private void awaitIdle() throws InterruptedException {
    long end = time.ticks() + Duration.ofSeconds(20).toNanos();
    while (queue.activeMessages() > 0) {
      assertThat(time.ticks()).isLessThan(end);
      time.pause(Duration.ofMillis(1));
    }
    // a relaxed settlement is durable with the next sync
    store.update(SHARD, Durability.RELAXED, txn -> true).awaitDurable();
  }

  @AfterEach
  void close() {
    queue.close();
    store.close();
    budget.close();
  }

  private QueueId accept(Destination... destinations) throws IOException {
    QueueId id = ids.queue();
    List<Recipient> recipients = new ArrayList<>();
    for (Destination destination : destinations) {
      Mailbox to = Mailbox.of("user" + recipients.size() + "@x.example");
      recipients.add(
          new Recipient(recipients.size(), to, to, destination, Set.of(), Optional.empty()));
    }
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
            time.now(),
            false,
            false,
            Wish.USUAL);
    try (Staging staging = store.stage(1_000)) {
      staging.write("Subject: hi\r\n\r\nbody".getBytes(UTF_8));
      queue.accept(envelope, recipients, staging.finish(), "hi");
    }
    return id;
  }

  private List<Finding> findings() {
    return StoreChecks.findings(store, new QueueCheck(time.now()));
  }

  private void damaged(Consumer<Txn> work, String... expected) {
    StoreChecks.damage(store, SHARD, work);
    assertThat(StoreChecks.brief(findings())).contains(expected);
    assertThat(findings()).hasSizeLessThan(8);
  }

  private QueueEntry entry() {
    return new QueueShard(store, "0").newest(waiting).orElseThrow();
  }

  private byte[] due() {
    return Keys.due(entry().due().orElseThrow(), waiting);
  }

  @Test
  void aMissingMessageLeavesStraysBehind() {
    damaged(
        without(Keys.message(waiting)),
        "STRAY " + Finding.shown(Keys.recipient(waiting, 0)),
        "STRAY " + Finding.shown(due()),
        "STRAY " + body.text() + " queue:" + waiting);
  }

  @Test
  void aMissingRecipientIsNamed() {
    damaged(without(Keys.recipient(waiting, 0)), "MISSING r " + waiting + " 0");
    damaged(without(Keys.recipient(waiting, 1)), "MISSING m " + waiting, "COUNT c");
  }

  @Test
  void aMessageThatIsNotScheduledIsNamed() {
    Instant due = entry().due().orElseThrow();
    damaged(without(due()), "MISSING d " + due + " " + waiting);
  }

  @Test
  void aPlaceInTheScheduleThatNobodyNeedsIsNamed() {
    byte[] early = Keys.due(Instant.EPOCH, waiting);
    damaged(txn -> txn.put(early, new byte[0]), "STRAY " + Finding.shown(early));
  }

  @Test
  void aWrongLaneIsNamed() {
    Instant due = entry().due().orElseThrow();
    damaged(
        changed(due(), lane -> "rother.example".getBytes(UTF_8)),
        "DIFFERS d " + due + " " + waiting);
  }

  @Test
  void nothingIsInTwoTerminalStates() {
    byte[] key = Keys.ledger(waiting, 0);
    LedgerRow bounced = new LedgerRow(Terminal.BOUNCED, time.now(), SENDER, "");
    damaged(changed(key, row -> bounced.encode()), "DIFFERS r " + waiting + " 0", "COUNT c");
  }

  @Test
  void anOpenRecipientHasNoTerminalState() {
    LedgerRow bounced = new LedgerRow(Terminal.BOUNCED, time.now(), SENDER, "");
    damaged(
        txn -> txn.put(Keys.ledger(waiting, 1), bounced.encode()),
        "DIFFERS r " + waiting + " 1",
        "COUNT c");
  }

  @Test
  void aTerminalStateThatTheLedgerLacksIsNamed() {
    damaged(without(Keys.ledger(waiting, 0)), "MISSING r " + waiting + " 0", "COUNT c");
  }

  @Test
  void aSettledMessageIsForgotten() {
    byte[] key = Keys.recipient(waiting, 1);
    Outcome.Discarded dropped = new Outcome.Discarded("by a test");
    damaged(
        changed(
            key,
            row ->
                EntryCodec.recipient(
                    EntryCodec.recipient(waiting, row).ended(Terminal.DISCARDED, dropped))),
        "STRAY m " + waiting);
  }

  @Test
  void countsAreCounted() {
    damaged(
        changed(
            Keys.counts(),
            row -> {
              Counts counts = Counts.decode(row);
              counts.accept(1);
              return counts.encode();
            }),
        "COUNT c");
  }

  @Test
  void aBodyIsHeldForItsMessage() {
    damaged(txn -> txn.release(body, "queue:" + waiting), "MISSING m " + waiting);
  }

  @Test
  void aHolderWithoutAMessageIsNamed() {
    damaged(
        txn -> txn.hold(body, "queue:0000000000000"),
        "STRAY " + body.text() + " queue:0000000000000");
  }

  @Test
  void rowsOfAnotherFormatAreUnreadable() {
    damaged(changed(Keys.recipient(waiting, 1), row -> NEWER), "UNREADABLE r " + waiting + " 1");
    damaged(changed(Keys.message(waiting), row -> NEWER), "UNREADABLE m " + waiting);
    damaged(changed(Keys.counts(), row -> NEWER), "UNREADABLE c");
  }

  @Test
  void aRowOfNoKnownKindIsStray() {
    damaged(txn -> txn.put("zebra".getBytes(UTF_8), NEWER), "STRAY zebra");
  }
}

package org.thurn.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.EventId;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.store.Durability;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot;
import org.thurn.store.StoreException;
import org.thurn.testing.MemoryStore;
import org.thurn.time.Time;

class JournalTest {
  private static final Mailbox ALICE = Mailbox.of("Alice@strict.example");
  private static final Mailbox BOB = Mailbox.of("bob@soft.example");

  private final Clock time = new Clock();
  private final Ids ids = new Ids(time);
  private final MemoryStore store = new MemoryStore(true);
  private Journal journal = open(JournalSettings.defaults());

  /** A wall clock that a test moves; nothing pauses on it. */
  private static final class Clock implements Time {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);

    @Override
    public Instant now() {
      return Objects.requireNonNull(now.get());
    }

    @Override
    public long ticks() {
      return Duration.between(BEGIN, now()).toNanos();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  private Journal open(JournalSettings settings) {
    return new Journal(store, settings, time, ids);
  }

  @AfterEach
  void close() {
    journal.close();
  }

  /** A session that brings one message: five entries, two of them the session's own. */
  private QueueId session(String messageId) {
    Journey session = Journey.to(journal, time, ids).newSession();
    session.note(new Event.ConnectionAccepted("smtp", "192.0.2.1", 1, "192.0.2.2", 25));
    session.note(new Event.CommandReceived("EHLO x"));
    QueueId id = session.newQueueId();
    session.about(id).note(new Event.CommandReceived("MAIL FROM:<alice@strict.example>"));
    session
        .about(id, Optional.of(messageId))
        .note(
            new Event.Accepted(
                messageId, ReversePath.of(ALICE), List.of(BOB), 10, "00", "a subject"));
    Journey delivery = Journey.to(journal, time, ids).about(id, Optional.of(messageId));
    delivery.about(BOB).note(new Event.Stored(BOB, "INBOX", 1));
    return id;
  }

  private static List<String> types(List<Entry> entries) {
    return entries.stream().map(entry -> entry.event().type()).toList();
  }

  private static final List<String> WHOLE =
      List.of("connection-accepted", "command-received", "command-received", "accepted", "stored");

  @Test
  void aMessageIsFoundByEveryNameThatItHas() {
    QueueId id = session("<m1@strict.example>");
    session("<m2@strict.example>");
    for (String key : List.of(id.text(), "<m1@strict.example>", "m1@strict.example")) {
      assertThat(types(journal.trace(key))).as(key).isEqualTo(WHOLE);
    }
    for (String key : List.of("bob@soft.example", "alice@STRICT.example", "<bob@soft.example>")) {
      assertThat(journal.trace(key)).as(key).hasSize(10);
    }
    assertThat(journal.trace(id.text())).isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()));
    for (String key : List.of("nobody@soft.example", "<m3@strict.example>", "VVVVVVVVVVVVV", "")) {
      assertThat(journal.trace(key)).as(key).isEmpty();
    }
  }

  @Test
  void theNotificationsOfAMessageBelongToItsTrace() {
    QueueId id = session("<m1@strict.example>");
    QueueId dsn = ids.queue();
    Journey journey = Journey.to(journal, time, ids);
    journey.about(id).note(new Event.NotificationQueued("failure", ALICE, dsn));
    journey.about(dsn).note(new Event.Stored(ALICE, "INBOX", 7));
    assertThat(types(journal.trace(id.text()))).endsWith("notification-queued", "stored");
  }

  @Test
  void whatWasNotedSurvivesAndIsFoundInASecondLife() {
    QueueId id = session("<m1@strict.example>");
    journal.close();
    journal = open(JournalSettings.defaults());
    assertThat(types(journal.trace(id.text()))).isEqualTo(WHOLE);
  }

  @Test
  void entriesAfterAnIdComeInOrderAndLimited() {
    session("<m1@strict.example>");
    List<Entry> all = journal.after(new EventId("0000000000000"), 100);
    assertThat(types(all)).isEqualTo(WHOLE);
    session("<m2@strict.example>");
    EventId last = all.getLast().id();
    assertThat(types(journal.after(last, 100))).isEqualTo(WHOLE);
    assertThat(types(journal.after(last, 2))).isEqualTo(WHOLE.subList(0, 2));
  }

  @Test
  void aListenerHearsEachEntryUntilItIsClosed() {
    List<Entry> heard = new CopyOnWriteArrayList<>();
    Journal.Subscription subscription = journal.subscribe(heard::add);
    session("<m1@strict.example>");
    journal.flush();
    assertThat(types(heard)).isEqualTo(WHOLE);
    subscription.close();
    session("<m2@strict.example>");
    journal.flush();
    assertThat(heard).hasSize(5);
  }

  @Test
  void aListenerThatThrowsIsDroppedAndTheJournalGoesOn() {
    List<Entry> heard = new ArrayList<>();
    journal.subscribe(
        entry -> {
          heard.add(entry);
          throw new IllegalStateException("a bug");
        });
    QueueId id = session("<m1@strict.example>");
    assertThat(types(journal.trace(id.text()))).isEqualTo(WHOLE);
    assertThat(heard).hasSize(1);
  }

  @Test
  void afterItsRetentionNothingOfAMessageIsLeft() {
    QueueId id = session("<m1@strict.example>");
    journal.flush();
    time.now.updateAndGet(now -> now.plus(Duration.ofDays(31)));
    QueueId young = session("<m2@strict.example>");
    journal.flush();
    journal.purge();
    store.sync();
    assertThat(journal.trace(id.text())).isEmpty();
    assertThat(types(journal.trace(young.text()))).isEqualTo(WHOLE);
    try (Snapshot snapshot = store.read(new Partition("journal", "0"))) {
      assertThat(snapshot.scan(new byte[] {0}, new byte[] {(byte) 0xff}, 1_000))
          .as("one block, queue, session, message-id, two addresses")
          .hasSize(6);
    }
  }

  @Test
  void aDamagedBlockHidesNoOtherAndIsForgottenInItsTime() {
    QueueId damaged = session("<m1@strict.example>");
    journal.flush();
    Partition partition = new Partition("journal", "0");
    store.update(
        partition,
        Durability.SYNCED,
        txn -> {
          byte[] key = txn.scan(new byte[] {'e'}, new byte[] {'f'}, 1, false).getFirst().key();
          txn.put(key, new byte[] {1, 9, 9, 9});
          return true;
        });
    QueueId whole = session("<m2@strict.example>");
    assertThat(types(journal.trace(BOB.toString()))).isEqualTo(WHOLE);
    assertThat(types(journal.trace(whole.text()))).isEqualTo(WHOLE);
    assertThat(journal.trace(damaged.text())).isEmpty();
    assertThat(types(journal.after(new EventId("0".repeat(13)), 100))).contains("fault", "stored");
    time.now.updateAndGet(now -> now.plus(Duration.ofDays(31)));
    journal.purge();
    store.sync();
    try (Snapshot snapshot = store.read(partition)) {
      assertThat(snapshot.scan(new byte[] {'e'}, new byte[] {'f'}, 10)).isEmpty();
    }
  }

  @Test
  void aFullBufferCountsWhatItLosesAndSaysSo() {
    journal.close();
    journal = open(new JournalSettings(8, Duration.ofMillis(1), Duration.ofDays(30)));
    store.fail(StoreException.Kind.FULL);
    Journey journey = Journey.to(journal, time, ids);
    for (int i = 0; i < 2_000; i++) {
      journey.note(new Event.Discarded("number " + i));
    }
    journal.flush();
    store.fail(null);
    journal.flush();
    journal.flush();
    List<Entry> all = journal.after(new EventId("0000000000000"), 10_000);
    assertThat(all).hasSizeLessThan(1_000);
    assertThat(types(all)).contains("fault");
    assertThat(all.toString()).contains("entries were lost").contains("could not write");
  }
}

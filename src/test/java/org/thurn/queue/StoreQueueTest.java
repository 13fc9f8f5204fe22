package org.thurn.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thurn.queue.House.LATER;
import static org.thurn.queue.House.awaitQuietly;
import static org.thurn.queue.House.local;
import static org.thurn.queue.House.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.thurn.journey.Event;
import org.thurn.journey.QueueId;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.store.StoreException;

class StoreQueueTest extends QueueFixture {
  private static final Outcome NEVER =
      new Outcome.Failed(EnhancedStatus.of("5.1.1"), "550 nobody", Optional.of("mx.example"));

  @Test
  void aLocalMessageIsStoredAndForgottenAndInTheLedger() {
    QueueId id = house.accept(local("bob@here.example"), local("carol@here.example"));
    house.awaitIdle();
    assertThat(house.post.mailboxes.keySet())
        .containsExactlyInAnyOrder(id + " bob@here.example", id + " carol@here.example");
    assertThat(house.queue.find(id)).isEmpty();
    assertThat(house.store.heldBodies()).isEmpty();
    assertThat(house.queue.ledger().stored()).isEqualTo(2);
    assertThat(house.events(Event.Accepted.class)).hasSize(1);
    assertThat(house.events(Event.Stored.class)).hasSize(2);
    balanced();
  }

  @Test
  void recipientsOfOneHostGoTogether() {
    AtomicInteger attempts = new AtomicInteger();
    house.post.nextHop =
        attempt -> {
          attempts.incrementAndGet();
          return new Outcome.Relayed("mx", "192.0.2.1", "250 2.0.0 ok", false);
        };
    house.accept(remote("a.example"), remote("b.example"), remote("a.example"));
    house.awaitIdle();
    assertThat(attempts).hasValue(2);
    assertThat(house.post.sent).hasSize(3);
    assertThat(house.events(Event.Relayed.class)).allMatch(relayed -> relayed.code() == 250);
    balanced();
  }

  @Test
  void aDeferredRecipientIsTriedAgainWhenItIsDueAndNotBefore() {
    house.post.nextHop = attempt -> LATER;
    QueueId id = house.accept(remote("a.example"));
    house.awaitIdle();
    QueuedMessage.RecipientState state = house.queue.find(id).orElseThrow().recipients().getFirst();
    assertThat(state.attempts()).isEqualTo(1);
    assertThat(state.last()).contains(LATER);
    assertThat(Duration.between(house.time.now(), state.next().orElseThrow()))
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    house.post.nextHop = attempt -> new Outcome.Relayed("mx", "192.0.2.1", "250 ok", false);
    house.time.advance(Duration.ofMinutes(4));
    house.queue.round();
    house.awaitIdle();
    assertThat(house.post.sent).isEmpty();
    house.time.advance(Duration.ofMinutes(2));
    house.queue.round();
    house.awaitIdle();
    assertThat(house.post.sent).hasSize(1);
    balanced();
  }

  @Test
  void aFailureIsToldToTheSenderOnceAndTheNotificationIsDelivered() {
    house.post.nextHop = attempt -> NEVER;
    QueueId id = house.accept(remote("a.example"), remote("a.example"));
    house.await("it is told", () -> house.post.mailboxes.size() == 1);
    house.awaitIdle();
    assertThat(house.post.notified)
        .extracting(Notifier.Happening::kind)
        .containsExactly(Notifier.Kind.FAILED, Notifier.Kind.FAILED);
    Event.NotificationQueued told = house.events(Event.NotificationQueued.class).getFirst();
    assertThat(house.post.mailboxes).containsKey(told.notification() + " " + House.SENDER);
    assertThat(house.events(Event.Accepted.class).getLast().messageIdField())
        .isEqualTo("<dsn-" + id + "@here.example>");
    assertThat(house.queue.ledger().bounced()).isEqualTo(2);
    assertThat(house.queue.ledger().accepted()).isEqualTo(3);
    balanced();
  }

  @Test
  void aNotificationThatFailsIsNotAnswered() {
    house.post.nextHop = attempt -> NEVER;
    house.post.delivery = attempt -> Optional.of(NEVER);
    house.accept(remote("a.example"));
    house.await("both bounced", () -> house.queue.ledger().bounced() == 2);
    house.awaitIdle();
    assertThat(house.events(Event.NotificationQueued.class)).hasSize(1);
    balanced();
  }

  @Test
  void theSenderIsToldOfADelayOnceAndOfTheExpiryWhenItComes() {
    house.post.nextHop = attempt -> LATER;
    house.accept(remote("a.example"));
    house.awaitIdle();
    for (int quarters = 0; quarters < 4 * 24 * 5 + 1; quarters++) {
      house.time.advance(Duration.ofMinutes(15));
      house.queue.round();
      house.awaitIdle();
    }
    assertThat(house.post.notified)
        .extracting(Notifier.Happening::kind)
        .containsExactly(Notifier.Kind.DELAYED, Notifier.Kind.EXPIRED);
    assertThat(house.post.notified.getLast().outcome()).isEqualTo(LATER);
    assertThat(house.queue.ledger().expired()).isEqualTo(1);
    assertThat(house.queue.list(Optional.empty(), 10)).isEmpty();
    balanced();
  }

  @Test
  void aClockThatJumpsAheadExpiresNothingUntried() {
    house.post.nextHop = attempt -> LATER;
    QueueId id = house.accept(remote("a.example"));
    house.awaitIdle();
    house.post.nextHop = attempt -> new Outcome.Relayed("mx", "192.0.2.1", "250 ok", false);
    house.time.jump(Duration.ofDays(30));
    house.queue.round();
    house.awaitIdle();
    assertThat(house.events(Event.ClockJumped.class))
        .containsExactly(new Event.ClockJumped(Duration.ofDays(30)));
    assertThat(house.post.sent).containsExactly(id + " user0@a.example");
    assertThat(house.events(Event.Expired.class)).isEmpty();
  }

  @Test
  void aClockThatGoesBackDoesNotPutARetryOffForThatLong() {
    house.time.jump(Duration.ofDays(30));
    house.queue.round();
    house.post.nextHop = attempt -> LATER;
    house.accept(remote("a.example"));
    house.awaitIdle();
    house.time.jump(Duration.ofDays(-30));
    house.post.nextHop = attempt -> new Outcome.Relayed("mx", "192.0.2.1", "250 ok", false);
    house.queue.round();
    house.queue.round();
    house.awaitIdle();
    assertThat(house.post.sent).hasSize(1);
  }

  @Test
  void aHeldMessageWaitsAcrossARestartUntilItIsReleased() {
    house.post.nextHop = attempt -> LATER;
    QueueId id = house.accept(remote("a.example"));
    house.awaitIdle();
    assertThat(house.queue.hold(id, "root")).isTrue();
    house.post.nextHop = attempt -> new Outcome.Relayed("mx", "192.0.2.1", "250 ok", false);
    house.restart();
    house.time.advance(Duration.ofDays(6));
    house.queue.round();
    house.awaitIdle();
    QueuedMessage held = house.queue.find(id).orElseThrow();
    assertThat(held.held()).isTrue();
    assertThat(held.recipients().getFirst().next()).isEmpty();
    assertThat(house.queue.ledger().balanced()).isTrue();
    assertThat(house.queue.release(id, "root")).isTrue();
    house.awaitIdle();
    assertThat(house.post.sent).hasSize(1);
    assertThat(house.events(Event.QueueChanged.class))
        .extracting(Event.QueueChanged::action)
        .containsExactly("held", "released");
  }

  @Test
  void retryTriesNowAndDropDiscardsWithoutANotification() {
    house.post.nextHop = attempt -> LATER;
    QueueId id = house.accept(remote("a.example"));
    house.awaitIdle();
    assertThat(house.queue.retry(id, "root")).isTrue();
    house.awaitIdle();
    assertThat(house.queue.find(id).orElseThrow().recipients().getFirst().attempts()).isEqualTo(2);
    assertThat(house.queue.drop(id, "root")).isTrue();
    house.awaitIdle();
    assertThat(house.queue.find(id)).isEmpty();
    assertThat(house.events(Event.Discarded.class))
        .containsExactly(new Event.Discarded("dropped by root"));
    assertThat(house.post.notified).isEmpty();
    assertThat(house.queue.ledger().discarded()).isEqualTo(1);
    assertThat(house.queue.drop(id, "root")).isFalse();
    balanced();
  }

  @Test
  void dropDuringAnAttemptLetsTheAttemptsEndCount() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    house.post.nextHop =
        attempt -> {
          begun.countDown();
          awaitQuietly(go);
          return LATER;
        };
    QueueId id = house.accept(remote("a.example"));
    awaitQuietly(begun);
    assertThat(house.queue.drop(id, "root")).isTrue();
    go.countDown();
    house.awaitIdle();
    assertThat(house.queue.ledger().discarded()).isEqualTo(1);
    assertThat(house.queue.find(id)).isEmpty();
    balanced();
  }

  @Test
  void anAgentThatThrowsIsAFaultAndDefersItsRecipients() {
    house.post.nextHop =
        attempt -> {
          throw new IllegalStateException("a bug");
        };
    QueueId id = house.accept(remote("a.example"));
    house.awaitIdle();
    assertThat(house.events(Event.Fault.class).getFirst().reason()).contains("a bug");
    Outcome last = house.queue.find(id).orElseThrow().recipients().getFirst().last().orElseThrow();
    assertThat(((Outcome.Deferred) last).status()).hasToString("4.3.0");
  }

  @Test
  void aFullStoreAcceptsNothingAndGivesThePlaceBack() {
    house.store.fail(StoreException.Kind.FULL);
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(() -> house.accept(remote("a.example")))
          .isInstanceOf(StoreException.class);
    }
    house.store.fail(null);
    house.accept(remote("a.example"));
    house.awaitIdle();
    assertThat(house.post.sent).hasSize(1);
    balanced();
  }

  @Test
  void listGoesThroughAllShardsInOrder() {
    house.post.nextHop = attempt -> LATER;
    List<QueueId> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ids.add(house.accept(remote("a.example")));
    }
    house.awaitIdle();
    List<QueuedMessage> first = house.queue.list(Optional.empty(), 4);
    QueueId last = first.getLast().envelope().id();
    List<QueuedMessage> rest = house.queue.list(Optional.of(last), 4);
    assertThat(first).extracting(m -> m.envelope().id()).isEqualTo(ids.subList(0, 4));
    assertThat(rest).extracting(m -> m.envelope().id()).isEqualTo(ids.subList(4, 7));
  }

  @Test
  void listShowsEachMessageWithItsOwnRecipients() {
    house.post.nextHop = attempt -> LATER;
    List<QueueId> ids = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Destination[] hosts = new Destination[1 + i % 3];
      Arrays.setAll(hosts, n -> remote("host" + n + ".example"));
      ids.add(house.accept(hosts));
    }
    house.awaitIdle();
    List<QueuedMessage> listed = house.queue.list(Optional.empty(), 8);
    assertThat(listed)
        .isEqualTo(
            ids.subList(0, 8).stream().map(id -> house.queue.find(id).orElseThrow()).toList());
    assertThat(listed)
        .extracting(message -> message.recipients().size())
        .containsExactly(1, 2, 3, 1, 2, 3, 1, 2);
  }

  @Test
  void theLedgerForgetsAfterItsRetentionAndStillBalances() {
    house.accept(local("bob@here.example"));
    house.awaitIdle();
    house.time.advance(Duration.ofDays(31));
    house.queue.purgeLedger();
    assertThat(house.queue.ledger().stored()).isEqualTo(1);
    balanced();
  }
}

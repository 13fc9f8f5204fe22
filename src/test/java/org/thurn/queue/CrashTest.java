package org.thurn.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.queue.House.local;
import static org.thurn.queue.House.remote;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.QueueId;
import org.thurn.smtp.EnhancedStatus;

/** docs/queue.md: a crash between every two durable states; what a RELAXED commit wrote is lost. */
class CrashTest {
  private static final Outcome NEVER =
      new Outcome.Failed(EnhancedStatus.of("5.1.1"), "550 nobody", Optional.empty());

  /** The dispatcher's threads die of the crash as the process would: nobody need be told. */
  private static boolean accept(House house, QueueId id, Destination... destinations) {
    try {
      house.accept(id, destinations);
      return true;
    } catch (House.Crash e) {
      return false;
    }
  }

  private static void runToTheCrashAndOn(House house, boolean accepted) {
    if (accepted) {
      house.await("the crash", house::crashed);
    }
    house.restart();
    for (int i = 0; i < 3; i++) {
      house.awaitIdle();
      house.queue.round();
    }
    house.awaitIdle();
    house.store.sync();
  }

  @ParameterizedTest
  @EnumSource
  void aLocalMessageIsDeliveredExactlyOnce(CrashPoint point) {
    try (House house = new House(true)) {
      house.queue.startUnscheduled();
      QueueId id = new Ids(house.time).queue();
      house.crashAt(point);
      boolean accepted = accept(house, id, local("bob@here.example"), local("carol@here.example"));
      runToTheCrashAndOn(house, accepted);
      boolean durable = point != CrashPoint.BEFORE_ACCEPTED;
      assertThat(house.post.mailboxes.keySet())
          .isEqualTo(
              durable ? Set.of(id + " bob@here.example", id + " carol@here.example") : Set.of());
      assertThat(house.queue.ledger().stored()).isEqualTo(durable ? 2 : 0);
      assertThat(house.queue.verify()).isEmpty();
      assertThat(house.store.heldBodies()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRelayedMessageIsSentAtLeastOnceAndADoubleIsNamed(CrashPoint point) {
    try (House house = new House(true)) {
      house.queue.startUnscheduled();
      QueueId id = new Ids(house.time).queue();
      house.crashAt(point);
      boolean accepted = accept(house, id, remote("a.example"));
      runToTheCrashAndOn(house, accepted);
      int times =
          switch (point) {
            case BEFORE_ACCEPTED -> 0;
            case ACCEPTED, MARKED, SETTLED -> 1;
            case ATTEMPTED -> 2;
          };
      assertThat(house.post.sent).hasSize(times);
      // what the crash left marked may have been sent: only at ATTEMPTED it was
      boolean named =
          switch (point) {
            case BEFORE_ACCEPTED, SETTLED -> false;
            case ACCEPTED, MARKED, ATTEMPTED -> true;
          };
      assertThat(house.events(Event.PossiblyDoubled.class)).hasSize(named ? 1 : 0);
      assertThat(house.queue.ledger().relayed()).isEqualTo(times == 0 ? 0 : 1);
      assertThat(house.queue.verify()).isEmpty();
      assertThat(house.store.heldBodies()).isEmpty();
    }
  }

  @Test
  void aDoubleIsNamedForGoodBeforeItIsSent() {
    try (House house = new House(true)) {
      house.queue.startUnscheduled();
      List<Boolean> named = new CopyOnWriteArrayList<>();
      var taken = house.post.nextHop;
      house.post.nextHop =
          attempt -> {
            named.add(
                house.kept.stream().anyMatch(e -> e.event() instanceof Event.PossiblyDoubled));
            return taken.apply(attempt);
          };
      house.crashAt(CrashPoint.ATTEMPTED);
      runToTheCrashAndOn(house, accept(house, new Ids(house.time).queue(), remote("a.example")));
      assertThat(named).containsExactly(false, true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFailureIsToldExactlyOnce(CrashPoint point) {
    try (House house = new House(true)) {
      house.queue.startUnscheduled();
      house.post.nextHop = attempt -> NEVER;
      QueueId id = new Ids(house.time).queue();
      house.crashAt(point);
      boolean accepted = accept(house, id, remote("a.example"));
      runToTheCrashAndOn(house, accepted);
      int told = point == CrashPoint.BEFORE_ACCEPTED ? 0 : 1;
      assertThat(house.post.mailboxes).hasSize(told);
      assertThat(house.queue.ledger().bounced()).isEqualTo(told);
      assertThat(house.queue.ledger().stored()).isEqualTo(told);
      assertThat(house.queue.verify()).isEmpty();
      assertThat(house.store.heldBodies()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SETTLED"})
  void aMessageOfTwoWaysThatIsHalfSettledEndsOnce(CrashPoint point) {
    try (House house = new House(true)) {
      house.queue.startUnscheduled();
      QueueId id = new Ids(house.time).queue();
      house.crashAt(point);
      boolean accepted = accept(house, id, remote("a.example"), local("bob@here.example"));
      runToTheCrashAndOn(house, accepted);
      assertThat(house.post.mailboxes).hasSize(1);
      assertThat(house.post.sent).isNotEmpty();
      assertThat(house.queue.ledger().relayed()).isEqualTo(1);
      assertThat(house.queue.ledger().stored()).isEqualTo(1);
      assertThat(house.queue.verify()).isEmpty();
    }
  }
}

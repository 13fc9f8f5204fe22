package org.thurn.queue;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.queue.House.LATER;
import static org.thurn.queue.House.awaitQuietly;
import static org.thurn.queue.House.local;
import static org.thurn.queue.House.remote;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.thurn.journey.Event;
import org.thurn.journey.QueueId;
import org.thurn.store.Durability;
import org.thurn.store.Partition;

/** What the schedule does with a queue that is longer than what is worked on at once. */
class ScheduleTest extends QueueFixture {
  @Test
  void whatMemoryHasNoRoomForWaitsInTheStore() {
    CountDownLatch go = new CountDownLatch(1);
    house.post.nextHop =
        attempt -> {
          awaitQuietly(go);
          return new Outcome.Relayed("mx", "192.0.2.1", "250 ok", false);
        };
    for (int i = 0; i < 100; i++) {
      house.accept(remote("slow.example"));
    }
    assertThat(house.queue.activeMessages()).isLessThanOrEqualTo(2 + 4);
    house.accept(local("bob@here.example"));
    house.await("others go on", () -> house.post.mailboxes.size() == 1);
    go.countDown();
    house.await(
        "all are sent",
        () -> {
          house.queue.round();
          return house.post.sent.size() == 100;
        });
    house.awaitIdle();
    assertThat(house.post.sent).doesNotHaveDuplicates();
    balanced();
  }

  @Test
  void aDamagedPlaceInOneShardsScheduleIsNotedAndHoldsUpNoOther() {
    house.post.nextHop = attempt -> LATER;
    List<QueueId> waiting = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      waiting.add(house.accept(remote("a.example")));
      house.awaitIdle();
    }
    house.store.update(
        new Partition("queue", "0"),
        Durability.SYNCED,
        txn -> {
          txn.put("d\0\0\0\0\0\0\0\0damaged, not an id".getBytes(US_ASCII), new byte[0]);
          return true;
        });
    house.post.nextHop = attempt -> new Outcome.Relayed("mx", "192.0.2.1", "250 ok", false);
    house.time.advance(Duration.ofMinutes(6));
    long others =
        waiting.stream().filter(id -> Math.floorMod(id.text().hashCode(), 2) == 1).count();

    house.await(
        "the other shard's messages are sent",
        () -> {
          house.queue.round();
          return house.post.sent.size() == others;
        });
    assertThat(others).isPositive().isLessThan(12);
    assertThat(house.events(Event.Fault.class)).anyMatch(f -> f.where().equals("schedule"));
  }

  @Test
  void whatWaitsForAHostThatHangsExpiresByTheClock() {
    house.post.nextHop = attempt -> LATER;
    for (int i = 0; i < 120; i++) {
      house.accept(remote("dead.example"));
      house.awaitIdle();
    }
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    house.post.nextHop =
        attempt -> {
          running.incrementAndGet();
          awaitQuietly(go);
          return LATER;
        };
    house.time.advance(Duration.ofMinutes(6));
    house.queue.round();
    house.await(
        "the lane is full", () -> house.queue.activeMessages() == 2 + 4 && running.get() == 2);
    QueueId young = house.accept(remote("dead.example"));
    house.time.advance(house.settings.retry().expiry().minusMinutes(3));
    house.await(
        "all but those that run are expired",
        () -> {
          house.queue.round();
          return house.queue.ledger().expired() == 118;
        });
    assertThat(house.queue.find(young)).isPresent();
    go.countDown();
    house.await(
        "those too",
        () -> {
          house.queue.round();
          return house.queue.ledger().expired() == 120;
        });
    balanced();
  }

  @Test
  void anUntriedMessageBehindALaneThatIsFullDoesNotExpire() {
    CountDownLatch go = new CountDownLatch(1);
    house.post.nextHop =
        attempt -> {
          awaitQuietly(go);
          return LATER;
        };
    for (int i = 0; i < 10; i++) {
      house.accept(remote("slow.example"));
    }
    house.time.advance(house.settings.retry().expiry().plusDays(1));
    house.queue.round();
    assertThat(house.queue.ledger().expired()).isZero();
    go.countDown();
  }
}

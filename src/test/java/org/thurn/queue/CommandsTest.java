package org.thurn.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.queue.House.remote;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thurn.journey.Event;
import org.thurn.journey.QueueId;

/** Commands to messages whose attempt waits for its turn: a lane has two places, both are taken. */
class CommandsTest {
  private final House house = new House(false);
  private final CountDownLatch go = new CountDownLatch(1);

  @BeforeEach
  void fillTheLane() {
    house.queue.startUnscheduled();
    house.post.nextHop =
        attempt -> {
          try {
            assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return new Outcome.Relayed("mx", "192.0.2.1", "250 ok", false);
        };
    house.accept(remote("slow.example"));
    house.accept(remote("slow.example"));
  }

  @AfterEach
  void stop() {
    go.countDown();
    house.close();
  }

  @Test
  void whatWaitsForItsTurnIsDroppedAtOnceAndNeverSent() {
    QueueId waiting = house.accept(remote("slow.example"));
    assertThat(house.queue.find(waiting)).isPresent();
    assertThat(house.queue.drop(waiting, "root")).isTrue();
    assertThat(house.queue.find(waiting)).isEmpty();
    assertThat(house.queue.ledger().discarded()).isEqualTo(1);
    go.countDown();
    house.awaitIdle();
    assertThat(house.post.sent).hasSize(2).noneMatch(sent -> sent.startsWith(waiting.text()));
    assertThat(house.queue.verify()).isEmpty();
  }

  @Test
  void whatWaitsForItsTurnCanBeHeldAndWasNeverInFlight() {
    QueueId waiting = house.accept(remote("slow.example"));
    assertThat(house.queue.hold(waiting, "root")).isTrue();
    go.countDown();
    house.awaitIdle();
    assertThat(house.post.sent).hasSize(2);
    house.time.advance(Duration.ofHours(1));
    assertThat(house.queue.release(waiting, "root")).isTrue();
    house.awaitIdle();
    assertThat(house.post.sent).hasSize(3);
    assertThat(house.events(Event.PossiblyDoubled.class)).isEmpty();
  }
}

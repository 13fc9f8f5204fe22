package org.thurn.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A queue in memory whose schedule is looked at when the test says so. */
abstract class QueueFixture {
  final House house = new House(false);

  @BeforeEach
  void start() {
    house.queue.startUnscheduled();
  }

  @AfterEach
  void stop() {
    house.close();
  }

  final void balanced() {
    assertThat(house.queue.verify()).isEmpty();
  }
}

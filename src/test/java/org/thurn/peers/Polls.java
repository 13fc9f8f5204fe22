package org.thurn.peers;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurn.time.Time;

/** Waits for what another program or thread is about to do, and not forever. */
final class Polls {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration STEP = Duration.ofMillis(40);

  private Polls() {}

  /** What the question answers as soon as it does. */
  static <T> T until(String awaited, Callable<Optional<T>> question) throws Exception {
    Time time = Time.system();
    long end = time.ticks() + LIMIT.toNanos();
    while (time.ticks() < end) {
      Optional<T> answer = question.call();
      if (answer.isPresent()) {
        return answer.get();
      }
      time.pause(STEP);
    }
    return fail(awaited + " did not come about within " + LIMIT);
  }
}

package org.thurn.admin;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Tells whoever asked for it, twice a second, how far a long command is. */
final class Progress {
  private static final long EVERY = Duration.ofMillis(500).toNanos();
  private static final double SECOND = Duration.ofSeconds(1).toNanos();

  private final Answer to;
  private final Time time;
  private final boolean wanted;
  private final long began;
  private long told;

  /**
   * @param arguments of the command: {@code progress} says whether it is wanted
   */
  Progress(JsonNode arguments, Answer to, Time time) {
    this.to = to;
    this.time = time;
    wanted = arguments.path("progress").asBoolean(false);
    began = time.ticks();
    told = began;
  }

  /** Whoever asked went away: the command is of no use to anybody. */
  static final class GoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GoneException(IOException cause) {
      super(cause);
    }
  }

  void tell(Supplier<String> words) {
    if (wanted && time.ticks() - told >= EVERY) {
      told = time.ticks();
      try {
        to.item(JsonNodeFactory.instance.objectNode().put("progress", words.get()));
      } catch (IOException e) {
        throw new GoneException(e);
      }
    }
  }

  /** Since the command began; never 0. */
  double seconds() {
    return Math.max(0.001, (time.ticks() - began) / SECOND);
  }
}

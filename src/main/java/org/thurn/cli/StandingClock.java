package org.thurn.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.thurn.admin.Exit;
import org.thurn.time.Time;

/** A wall clock that stands still, so that a message is seen as of a day; pauses are real. */
record StandingClock(Instant now) implements Time {
  /**
   * A clock at the time that an option gives in the form of RFC 3339, or the machine's.
   *
   * @throws CommandFailure if it is in no such form
   */
  static Time at(Optional<String> text) throws CommandFailure {
    if (text.isEmpty()) {
      return Time.system();
    }
    try {
      return new StandingClock(OffsetDateTime.parse(text.get()).toInstant());
    } catch (DateTimeException e) {
      throw new CommandFailure(
          Exit.USAGE,
          "--at cannot be \"" + text.get() + "\": it is a time such as 2026-11-24T06:40:00Z");
    }
  }

  @Override
  public long ticks() {
    return Time.system().ticks();
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    Time.system().pause(duration);
  }
}

package org.thurn.campaign;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.thurn.queue.CrashPoint;

/**
 * What a campaign found.
 *
 * @param points at which a life ended by its own hand
 * @param taken recipients that the next hop took
 * @param doubled those that it took more than once
 * @param findings what does not add up; empty if all is well
 */
public record Report(
    int kills,
    List<CrashPoint> points,
    Fates fates,
    int taken,
    int doubled,
    Duration lasted,
    List<String> findings) {
  /** The figures, for people. */
  String summary() {
    return ("%d kills (%d at crash points) in %d s: %d messages acknowledged, %d in doubt;"
            + " %d relayed, %d of them twice; %d findings")
        .formatted(
            kills,
            points.size(),
            lasted.toSeconds(),
            fates.acknowledged(),
            fates.unknown(),
            taken,
            doubled,
            findings.size());
  }

  /** All of it, for people. */
  public String inWords() {
    return String.join("\n", Stream.concat(Stream.of(summary()), findings.stream()).toList());
  }
}

package org.thurn.lab.scenario;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Event;

/**
 * What became of a scenario's message.
 *
 * @param messageId by which its journey is found
 * @param reply what the judge's server answered if it did not take it
 * @param findings what that server found and decided, in its order
 */
public record Outcome(
    Scenario scenario,
    Instant at,
    String messageId,
    Verdict verdict,
    Optional<Event.Refused> reply,
    List<Event> findings) {
  public Outcome {
    findings = List.copyOf(findings);
  }

  /** Why, in one sentence. */
  public String reason() {
    return findings.stream()
        .filter(Event.AuthenticationJudged.class::isInstance)
        .map(event -> ((Event.AuthenticationJudged) event).reason())
        .findFirst()
        .orElse("");
  }

  /** Whether it came as it was promised. */
  public boolean asPromised() {
    return verdict == scenario.about().expected();
  }
}

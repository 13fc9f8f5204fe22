package org.thurn.lab.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thurn.journey.Event;
import org.thurn.lab.scenario.Outcome;
import org.thurn.lab.scenario.Scenario;
import org.thurn.lab.scenario.Scenarios;

class PlainlyTest {
  private static final Event NO_CHAIN = new Event.ArcChecked("none", List.of(), "no chain");
  private static final Event SEAL =
      new Event.ArcChecked("pass", List.of("list.example"), "the seal holds");
  private static final Event UNSIGNED = new Event.DkimChecked("", "", "", "none", "not signed");

  private static Event spf(String domain, String result) {
    return new Event.SpfChecked("mailfrom", domain, result, "", "", "", 0, 0);
  }

  private static Event dmarc(String result) {
    return new Event.DmarcChecked("strict.example", result, "p=reject", List.of(), "");
  }

  private static String why(Event spf, Event dkim, Event arc, String dmarc, String action) {
    Scenario scenario = Scenarios.named("aligned").orElseThrow();
    Outcome outcome =
        new Outcome(
            scenario,
            Instant.EPOCH,
            "<1@a.example>",
            scenario.about().expected(),
            Optional.empty(),
            List.of(
                spf, dkim, arc, dmarc(dmarc), new Event.AuthenticationJudged(action, "dmarc", "")));
    return String.join(" ", Plainly.why(outcome));
  }

  @Test
  void aProofIsEnough() {
    assertThat(why(spf("strict.example", "pass"), UNSIGNED, NO_CHAIN, "pass", "accept"))
        .isEqualTo(
            "The host that brought it may send for strict.example. It carries no signature."
                + " That proves strict.example, and soft.example takes it.");
  }

  @Test
  void somebodyElsesHostProvesNothing() {
    assertThat(why(spf("mallory.example", "pass"), UNSIGNED, NO_CHAIN, "fail", "reject"))
        .contains("may send for mallory.example, but people see strict.example as the author.")
        .endsWith("strict.example asks everybody to keep such mail away, and soft.example does.");
  }

  @Test
  void aSealIsBelievedOrNot() {
    Event broken =
        new Event.DkimChecked("strict.example", "s", "a", "fail", "the body was changed");
    assertThat(why(spf("strict.example", "fail"), broken, SEAL, "fail", "accept"))
        .contains("may not send for strict.example.")
        .contains("Its signature does not count: the body was changed.")
        .contains("Under the seal of list.example stands what it was when it came there.")
        .endsWith("soft.example believes that seal, and takes the message.");
    assertThat(why(spf("strict.example", "fail"), broken, SEAL, "fail", "reject"))
        .contains("soft.example does not believe that seal. strict.example asks everybody");
  }

  @Test
  void aWarningIsOfTheServersOwnWill() {
    assertThat(why(spf("strict.example", "softfail"), UNSIGNED, NO_CHAIN, "fail", "mark"))
        .contains("probably may not send for strict.example.")
        .endsWith("strict.example asks for nothing to be done: soft.example takes it, and warns.");
  }
}

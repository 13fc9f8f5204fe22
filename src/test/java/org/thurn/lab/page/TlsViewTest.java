package org.thurn.lab.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.journey.Event;
import org.thurn.name.Domain;

class TlsViewTest {
  private static final Domain DOMAIN = Domain.of("soft.example");

  private static String text(Event event) {
    return EventView.of(event).render().replaceAll("<[^>]*>", "");
  }

  @ParameterizedTest
  @CsvSource({
    "tlsa, its TLSA records want it",
    "sts, its domain&#39;s MTA-STS policy wants it",
    "message, the message wants it",
    "local, this server&#39;s settings want it",
    "nothing, nobody wants more",
  })
  void whatIsDemandedAndOnWhoseWord(String basis, String words) {
    assertThat(text(new Event.TlsPolicyChosen("mx.soft.example", "encrypted", basis, "why")))
        .isEqualTo("to mx.soft.example: encrypted, " + words + ": why");
  }

  @Test
  void whatBecameOfAPolicy() {
    assertThat(
            text(
                new Event.StsPolicyFetched(
                    DOMAIN, "1", "enforce", List.of("a.example", "b.example"), Duration.ofDays(7))))
        .isEqualTo(
            "the MTA-STS policy of soft.example is enforce, for the hosts a.example, b.example");
    assertThat(text(new Event.StsPolicyUsed(DOMAIN, "1", "testing", Instant.EPOCH, "no record")))
        .startsWith("the MTA-STS policy of soft.example was kept, and is testing until ")
        .endsWith("; now there is trouble with it: no record");
    assertThat(text(new Event.StsPolicyUsed(DOMAIN, "1", "testing", Instant.EPOCH, "")))
        .doesNotContain("trouble");
    assertThat(text(new Event.StsPolicyFailed(DOMAIN, "sts-policy-fetch-error", "no host")))
        .isEqualTo(
            "the MTA-STS policy of soft.example could not be had (sts-policy-fetch-error):"
                + " no host");
  }
}

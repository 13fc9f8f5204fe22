package org.thurn.lab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;

class SenderRewritingTest {
  private static final Mailbox ALICE = Mailbox.of("alice@strict.example");
  private static final Domain LIST = Domain.of("list.example");
  private static final Instant EPOCH = Instant.EPOCH;

  private final SenderRewriting rewriting = new SenderRewriting();

  private String local(Mailbox sender, Instant at) {
    return rewriting.rewritten(sender, LIST, at).local().toString().replace("\"", "");
  }

  @Test
  void theDayStandsInTwoLetters() {
    assertThat(local(ALICE, EPOCH)).matches("SRS0=.{4}=AA=strict\\.example=alice");
    assertThat(local(ALICE, EPOCH.plus(Duration.ofDays(33)))).contains("=BB=strict.example=alice");
    assertThat(local(ALICE, EPOCH.plus(Duration.ofDays(1024)))).contains("=AA=");
  }

  @Test
  void theCodeIsForOneAddressOneDayAndOneForwarder() {
    String code = local(ALICE, EPOCH).substring(5, 9);
    assertThat(local(ALICE, EPOCH).substring(5, 9)).isEqualTo(code);
    assertThat(local(Mailbox.of("bob@strict.example"), EPOCH).substring(5, 9)).isNotEqualTo(code);
    assertThat(local(ALICE, EPOCH.plus(Duration.ofDays(1))).substring(5, 9)).isNotEqualTo(code);
    assertThat(new SenderRewriting().rewritten(ALICE, LIST, EPOCH).local().toString())
        .doesNotContain(code);
  }
}

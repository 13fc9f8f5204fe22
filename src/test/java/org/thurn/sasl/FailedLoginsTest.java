package org.thurn.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thurn.name.IpAddress;
import org.thurn.name.Mailbox;
import org.thurn.net.Endpoint;
import org.thurn.sasl.FailedLogins.Judgement;
import org.thurn.sasl.SaslServer.Step;
import org.thurn.time.Time;

class FailedLoginsTest {
  private static final Mailbox ALICE = Mailbox.of("alice@own.example");

  private long ticks;
  private final Time time =
      new Time() {
        @Override
        public Instant now() {
          return Instant.EPOCH.plusNanos(ticks);
        }

        @Override
        public long ticks() {
          return ticks;
        }

        @Override
        public void pause(Duration duration) {
          ticks += duration.toNanos();
        }
      };
  private final FailedLogins failures =
      new FailedLogins(name -> name.toLowerCase(Locale.ROOT), false, time);

  private static Endpoint at(String address) {
    return new Endpoint(Optional.of(IpAddress.of(address)), 4711);
  }

  private Judgement fail(String address, String user) {
    return failures.judge(at(address), new Step.Failure(user, "wrong"));
  }

  private Judgement succeed(String address) {
    return failures.judge(at(address), new Step.Success(ALICE));
  }

  private static Duration pause(Judgement judgement) {
    return switch (judgement) {
      case Judgement.Admitted _ -> Duration.ZERO;
      case Judgement.Denied(String user, String reason, Duration pause) -> pause;
      case Judgement.Later(String user, Duration pause) -> pause;
    };
  }

  @Test
  void aFewMistakesCostNothing() {
    for (int i = 0; i < 3; i++) {
      assertThat(fail("192.0.2.1", "alice@own.example"))
          .isEqualTo(new Judgement.Denied("alice@own.example", "wrong", Duration.ZERO));
    }
    assertThat(succeed("192.0.2.1")).isEqualTo(new Judgement.Admitted(ALICE));
  }

  @Test
  void aNetworkThatGuessesWaitsLongerAndThenLearnsNothing() {
    Duration before = Duration.ZERO;
    for (int i = 0; i < FailedLogins.PER_NETWORK; i++) {
      Judgement judgement = fail("192.0.2.1", "user" + i);
      assertThat(judgement).isInstanceOf(Judgement.Denied.class);
      assertThat(pause(judgement)).isGreaterThanOrEqualTo(before);
      before = pause(judgement);
    }
    assertThat(before).isGreaterThan(Duration.ofSeconds(15));
    assertThat(fail("192.0.2.1", "other")).isInstanceOf(Judgement.Later.class);
    assertThat(succeed("192.0.2.1")).isInstanceOf(Judgement.Later.class);
    assertThat(pause(succeed("192.0.2.1"))).isEqualTo(pause(fail("192.0.2.1", "other")));

    assertThat(succeed("192.0.2.2")).isEqualTo(new Judgement.Admitted(ALICE));
    ticks += FailedLogins.FORGOTTEN.toNanos();
    assertThat(succeed("192.0.2.1")).isEqualTo(new Judgement.Admitted(ALICE));
  }

  @Test
  void aWholeSixtyFourIsOneNetwork() {
    for (int i = 0; i < FailedLogins.PER_NETWORK; i++) {
      fail("2001:db8::" + Integer.toHexString(i + 1), "user" + i);
    }
    assertThat(succeed("2001:db8::ffff")).isInstanceOf(Judgement.Later.class);
    assertThat(succeed("2001:db8:0:1::1")).isInstanceOf(Judgement.Admitted.class);
  }

  @Test
  void anAccountThatManyGuessAtIsHeldFromStrangersAndNotFromItsOwner() {
    assertThat(succeed("198.51.100.7")).isEqualTo(new Judgement.Admitted(ALICE));
    for (int i = 0; i < FailedLogins.PER_ACCOUNT; i++) {
      fail("192.0.2." + i, i % 2 == 0 ? "alice@own.example" : "ALICE@own.example");
    }
    assertThat(succeed("203.0.113.5")).isInstanceOf(Judgement.Later.class);
    assertThat(succeed("198.51.100.7")).isEqualTo(new Judgement.Admitted(ALICE));
    ticks += FailedLogins.FORGOTTEN.dividedBy(50).toNanos();
    assertThat(succeed("203.0.113.5")).isEqualTo(new Judgement.Admitted(ALICE));
  }

  @Test
  void thisMachineIsExempt() {
    for (int i = 0; i < 200; i++) {
      assertThat(pause(fail("127.0.0.1", "alice@own.example"))).isEqualTo(Duration.ZERO);
    }
    assertThat(succeed("127.0.0.1")).isEqualTo(new Judgement.Admitted(ALICE));
  }

  @Test
  void aNameThatIsLongerThanAnyAccountsIsRememberedByItsBeginning() {
    String start = "x".repeat(FailedLogins.LONGEST_NAME);
    for (int i = 0; i < FailedLogins.PER_ACCOUNT; i++) {
      fail("192.0.2." + i, start + i);
    }
    assertThat(fail("198.51.100.1", start + "another")).isInstanceOf(Judgement.Later.class);
    assertThat(fail("198.51.100.2", "y" + start)).isInstanceOf(Judgement.Denied.class);
  }
}

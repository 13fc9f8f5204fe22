package org.thurn.authentication.dkim.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thurn.authentication.dkim.Algorithm;

class RotationTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final RotationSettings ONE =
      new RotationSettings(
          Set.of(Algorithm.ED25519_SHA256),
          Duration.ofDays(30),
          Duration.ofDays(2),
          Duration.ofDays(7),
          Duration.ofDays(5));

  private final Rotation rotation = new Rotation(ONE);

  private static Instant day(int day) {
    return START.plus(DAY.multipliedBy(day));
  }

  private static KeyState key(String selector, Stage stage, int since) {
    return new KeyState(selector, Algorithm.ED25519_SHA256, stage, day(since));
  }

  /** What carrying a step out makes of the keys. */
  private static List<KeyState> after(Step step, List<KeyState> keys, Instant now) {
    List<KeyState> next = new ArrayList<>();
    for (KeyState key : keys) {
      next.add(
          !key.selector().equals(step.selector())
              ? key
              : switch (step) {
                case Step.Publish _ -> throw new AssertionError("twice the same name: " + step);
                case Step.Activate _ -> key.moved(Stage.ACTIVE, now);
                case Step.Retire _ -> key.moved(Stage.RETIRED, now);
                case Step.Revoke _ -> key.moved(Stage.REVOKED, now);
                case Step.Remove _ -> key.moved(Stage.GONE, now);
              });
    }
    if (step instanceof Step.Publish(String selector, Algorithm algorithm)) {
      next.add(new KeyState(selector, algorithm, Stage.PUBLISHED, now));
    }
    return next;
  }

  @Test
  void theLifeOfAKey() {
    List<KeyState> keys = List.of();
    List<String> story = new ArrayList<>();
    for (int day = 0; day <= 75; day++) {
      for (Step step : rotation.next(day(day), keys)) {
        story.add(day + " " + step.getClass().getSimpleName() + " " + step.selector());
        keys = after(step, keys, day(day));
      }
    }
    assertThat(story)
        .containsExactly(
            "0 Publish ed25519-20260101",
            "2 Activate ed25519-20260101",
            "30 Publish ed25519-20260131",
            "32 Activate ed25519-20260131",
            "32 Retire ed25519-20260101",
            "39 Revoke ed25519-20260101",
            "44 Remove ed25519-20260101",
            "60 Publish ed25519-20260302",
            "62 Activate ed25519-20260302",
            "62 Retire ed25519-20260131",
            "69 Revoke ed25519-20260131",
            "74 Remove ed25519-20260131");
  }

  @Test
  void nothingIsDueBeforeItsTime() {
    assertThat(rotation.next(day(1), List.of(key("a", Stage.PUBLISHED, 0)))).isEmpty();
    assertThat(rotation.next(day(-1), List.of(key("a", Stage.ACTIVE, 0)))).isEmpty();
    assertThat(
            rotation.next(day(6), List.of(key("a", Stage.ACTIVE, 3), key("b", Stage.RETIRED, 0))))
        .isEmpty();
  }

  @Test
  void aSuccessorThatIsReadyWaitsForItsTurn() {
    List<KeyState> keys = List.of(key("a", Stage.ACTIVE, 0), key("b", Stage.PUBLISHED, 1));
    assertThat(rotation.next(day(20), keys)).isEmpty();
    assertThat(rotation.next(day(30), keys))
        .containsExactly(new Step.Activate("b"), new Step.Retire("a"));
  }

  @Test
  void aCrashBetweenTwoStepsIsMended() {
    List<KeyState> two = List.of(key("a", Stage.ACTIVE, 0), key("b", Stage.ACTIVE, 30));
    assertThat(rotation.next(day(31), two)).containsExactly(new Step.Retire("a"));
  }

  @Test
  void anAlgorithmThatIsNotWantedAnyMoreGoes() {
    KeyState rsa = new KeyState("r", Algorithm.RSA_SHA256, Stage.ACTIVE, day(0));
    assertThat(rotation.next(day(1), List.of(rsa)))
        .containsExactly(new Step.Publish("ed25519-20260102", Algorithm.ED25519_SHA256));
    assertThat(rotation.next(day(1), List.of(rsa, key("a", Stage.ACTIVE, 0))))
        .containsExactly(new Step.Retire("r"));
  }

  @Test
  void aKeyThatSomebodyElseHas() {
    KeyState active = key("a", Stage.ACTIVE, 0);
    assertThat(rotation.compromised(day(9), List.of(active), "a"))
        .containsExactly(
            new Step.Publish("ed25519-20260110", Algorithm.ED25519_SHA256), new Step.Revoke("a"));
    assertThat(rotation.compromised(day(9), List.of(active, key("b", Stage.PUBLISHED, 1)), "a"))
        .containsExactly(new Step.Activate("b"), new Step.Revoke("a"));
    assertThat(rotation.compromised(day(9), List.of(active, key("b", Stage.RETIRED, 1)), "b"))
        .containsExactly(new Step.Revoke("b"));
    assertThat(rotation.compromised(day(9), List.of(key("b", Stage.GONE, 1)), "b")).isEmpty();
  }

  /** Steps late, one at a time or several, with days of nothing between them. */
  @Test
  void neverWithoutAKeyNorBeforeItIsKnown() {
    Random random = new Random(5863);
    for (int run = 0; run < 200; run++) {
      List<KeyState> keys = List.of();
      Instant now = START;
      boolean signed = false;
      Set<String> names = new HashSet<>();
      for (int turn = 0; turn < 200; turn++) {
        now = now.plus(Duration.ofHours(random.nextInt(200)));
        List<Step> steps = rotation.next(now, keys);
        for (Step step : steps.subList(0, random.nextInt(steps.size() + 1))) {
          if (step instanceof Step.Activate) {
            KeyState key = find(keys, step);
            assertThat(Duration.between(key.since(), now))
                .isGreaterThanOrEqualTo(ONE.propagation());
          }
          if (step instanceof Step.Revoke) {
            KeyState key = find(keys, step);
            assertThat(Duration.between(key.since(), now)).isGreaterThanOrEqualTo(ONE.retirement());
          }
          assertThat(step instanceof Step.Publish && !names.add(step.selector())).isFalse();
          keys = after(step, keys, now);
          boolean signs = keys.stream().anyMatch(k -> k.stage() == Stage.ACTIVE);
          assertThat(signs || !signed).isTrue();
          signed |= signs;
        }
      }
      assertThat(signed).isTrue();
    }
  }

  private static KeyState find(List<KeyState> keys, Step step) {
    return keys.stream()
        .filter(k -> k.selector().equals(step.selector()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatSettingsCannotBe() {
    assertThatThrownBy(() -> new RotationSettings(Set.of(), DAY, DAY, DAY, DAY))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new RotationSettings(
                    Set.of(Algorithm.RSA_SHA1), DAY.multipliedBy(9), DAY, DAY, DAY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

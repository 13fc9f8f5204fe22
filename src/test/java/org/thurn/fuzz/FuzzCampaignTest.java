package org.thurn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Every target fuzzed with coverage guidance for 15 seconds, two at a time: a few minutes, so where
 * {@code CI=true} only. Elsewhere {@link FuzzSeedsTest} has the seeds, and {@code bench/fuzz} looks
 * for longer.
 */
@EnabledIfEnvironmentVariable(named = "CI", matches = "true")
class FuzzCampaignTest {
  private static final int AT_ONCE = 2;

  /** Always the same, so that it is a change that fails; {@code bench/fuzz} takes any. */
  private static final int SEED = 5321;

  private static final int LEAST_EXECUTIONS = 1_000;
  private static final Duration LENGTH = Duration.ofSeconds(15);

  /** For a target that a busy machine left no time to. */
  private static final Duration SECOND_LENGTH = Duration.ofSeconds(60);

  @Test
  void noTargetFailsInFifteenSeconds() throws Exception {
    List<String> wrong = new ArrayList<>();
    try (ExecutorService campaigns = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<Campaign.Run>> runs = new ArrayList<>();
      for (Target target : Target.values()) {
        runs.add(campaigns.submit(() -> run(target)));
      }
      for (Future<Campaign.Run> run : runs) {
        wrong.addAll(wrong(run.get()));
      }
    }
    assertThat(wrong).as("fuzzing; what was found is kept under target/fuzz").isEmpty();
  }

  private static Campaign.Run run(Target target) throws Exception {
    Campaign.Run first = Campaign.run(target, LENGTH, SEED);
    boolean enough = first.executions() >= LEAST_EXECUTIONS || first.exitCode() != 0;
    return enough ? first : Campaign.run(target, SECOND_LENGTH, SEED);
  }

  private static List<String> wrong(Campaign.Run run) {
    if (run.finding().isPresent() || run.exitCode() != 0) {
      return List.of(run.target().label() + " " + run.finding() + ":\n" + run.end());
    }
    return run.executions() < LEAST_EXECUTIONS
        ? List.of(run.target().label() + " has " + run.executions() + " executions only")
        : List.of();
  }
}

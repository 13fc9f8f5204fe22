package org.thurn.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.testing.Programs;

/** A power cut under load: what was acknowledged had been synced. */
@Timeout(600)
class PowerCutTest {
  @TempDir Path folder;

  private Report run(int cuts, int liesFrom) throws Exception {
    Path cc = Programs.require("cc");
    long seed = Long.getLong("thurn.campaign.seed", new Random().nextInt(1_000_000));
    System.out.println("power cuts: seed " + seed);
    Report report = Campaign.runWithPowerCuts(folder, cc, cuts, seed, liesFrom);
    System.out.println("power cuts: " + report.summary());
    return report;
  }

  @Test
  void nothingThatWasAcknowledgedIsLostAndNoUidIsUsedAgain() throws Exception {
    Report report = run(12, PowerCut.NEVER);
    assertThat(report.findings()).isEmpty();
    assertThat(report.fates().acknowledged()).isGreaterThan(12);
  }

  /** That it finds nothing above says something only if it would. */
  @Test
  void onADiskThatLiesAcknowledgedMessagesAreMissedByName() throws Exception {
    Report report = run(3, 1);
    assertThat(report.findings())
        .anyMatch(finding -> finding.matches(".+ \\(ACKNOWLEDGED\\) is 0 times in .+"));
  }
}

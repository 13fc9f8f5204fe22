package org.thurn.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.testing.Programs;

/** A power cut under load: what was acknowledged had been synced. */
@Timeout(600)
class PowerCutTest {
  private static final int LIES = 6;

  @TempDir Path folder;

  private Report run(Path where, int cuts, int liesFrom) throws Exception {
    Path cc = Programs.require("cc");
    long seed = Long.getLong("thurn.campaign.seed", new Random().nextInt(1_000_000));
    System.out.println("power cuts: seed " + seed);
    Report report =
        Campaign.runWithPowerCuts(Files.createDirectory(where), cc, cuts, seed, liesFrom);
    System.out.println("power cuts: " + report.summary());
    return report;
  }

  @Test
  void nothingThatWasAcknowledgedIsLostAndNoUidIsUsedAgain() throws Exception {
    Report report = run(folder.resolve("true"), 12, PowerCut.NEVER);
    assertThat(report.findings()).isEmpty();
    assertThat(report.fates().acknowledged()).isGreaterThan(12);
  }

  /** That it finds nothing above says something only if it would. */
  @Test
  void onADiskThatLiesAcknowledgedMessagesAreMissedByName() throws Exception {
    assertThat(lying().findings())
        .anyMatch(finding -> finding.matches(".+ \\(ACKNOWLEDGED\\) is 0 times in .+"));
  }

  /** Such a disk may lose so much that no server starts on it any more: then another try. */
  private Report lying() throws Exception {
    for (int attempt = 1; ; attempt++) {
      try {
        return run(folder.resolve("lie" + attempt), 3, 1);
      } catch (ServerProcess.NotStartedException e) {
        if (attempt == LIES) {
          throw e;
        }
      }
    }
  }
}

package org.thurn.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.queue.CrashPoint;

/** The short form; {@code bench/campaign} runs the long one. */
@Timeout(600)
class CampaignTest {
  private static final int KILLS = 32;

  @TempDir Path folder;

  @Test
  void whateverIsKilledWheneverEveryMessageIsAccountedFor() throws Exception {
    long seed = Long.getLong("thurn.campaign.seed", new Random().nextInt(1_000_000));
    System.out.println("campaign: seed " + seed);
    Report report = Campaign.run(folder, KILLS, seed);
    System.out.println("campaign: " + report.summary());
    assertThat(report.findings()).as("seed " + seed).isEmpty();
    assertThat(report.points()).as("seed " + seed).contains(CrashPoint.values());
    assertThat(report.fates().acknowledged()).isGreaterThan(KILLS);
  }
}

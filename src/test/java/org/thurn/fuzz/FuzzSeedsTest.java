package org.thurn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every seed through its target, without Jazzer. */
class FuzzSeedsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void everySeedPasses(Target target) throws Exception {
    List<Path> seeds = Seeds.of(target);
    assertThat(seeds).isNotEmpty();
    try (FuzzTarget opened = new Bounded(target.open(folder))) {
      for (Path seed : seeds) {
        byte[] octets = Files.readAllBytes(seed);
        assertThatCode(() -> opened.take(octets)).as(seed.toString()).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void whatWasFoundIsKept() {
    assertThat(Seeds.findings()).isNotEmpty().allMatch(Seeds::has);
  }
}

package org.thurn.transfer.posture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.name.Domain;

/** The keys that a Thurn server made are found without their names. */
class ThurnKeysTest {
  @TempDir private Path folder;

  /** As a server has them that has been there for a year. */
  @Test
  void ofThisYearAndTheLast() throws Exception {
    int year = LocalDate.now(ZoneOffset.UTC).getYear();
    Domain domain = Domain.of("thurn.example");
    List<String> lines = new ArrayList<>(List.of("thurn.example. 300 IN TXT \"v=spf1 -all\""));
    for (String selector : List.of(year + "a-rsa", (year - 1) + "b-ed")) {
      boolean rsa = selector.endsWith("rsa");
      DkimKey key = DkimKey.generate(rsa ? Algorithm.RSA_SHA256 : Algorithm.ED25519_SHA256);
      lines.add(new SigningKey(domain, selector, key).zoneLine(Set.of()));
    }
    try (World world = new World(folder, "")) {
      world.zones.add(String.join("\n", lines) + "\n");
      List<Observation> found = world.look("thurn.example", world.settings()).orElseThrow();
      assertThat(found)
          .filteredOn(one -> one.topic() == Topic.DKIM)
          .extracting(one -> one.verdict() + " " + one.text())
          .containsExactly(
              "GOOD " + year + "a-rsa: rsa, 2048 bits",
              "GOOD " + (year - 1) + "b-ed: ed25519, 256 bits");
    }
  }
}

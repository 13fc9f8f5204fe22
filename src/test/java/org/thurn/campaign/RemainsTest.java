package org.thurn.campaign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.thurn.testing.Shim;
import org.thurn.testing.Programs;

/** What the shim notes of one process, and what is left of its files. */
class RemainsTest {
  @TempDir static Path folder;
  private static Path root;

  private static String text(String name) throws Exception {
    return Files.readString(root.resolve(name), ISO_8859_1);
  }

  @BeforeAll
  static void cut() throws Exception {
    Path real = folder.toRealPath();
    root = real.resolve("root");
    Files.createDirectories(root.resolve("rows"));
    // one whose first draw keeps no entry that was not synced
    long seed =
        LongStream.range(0, 99).filter(s -> new Random(s).nextInt(3) > 0).findFirst().orElseThrow();
    PowerCut cut =
        new PowerCut(
            Shim.compile(Programs.require("cc"), real, "powercut"),
            root,
            real.resolve("power"),
            new Random(seed),
            PowerCut.NEVER);
    ProcessBuilder child =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Wrote.class.getName(),
                root.toString()));
    child.environment().putAll(cut.environment(0));
    Process process = child.inheritIO().start();
    assertThat(process.waitFor()).isZero();
    cut.killed(0);
  }

  @Test
  void aFileIsAsLongAsWhenItWasSyncedAndHasATailByChance() throws Exception {
    assertThat(text("synced")).isEqualTo("all of it");
    assertThat(text("torn")).startsWith("head ").hasSizeLessThanOrEqualTo("head tail".length());
    assertThat(text("cut")).startsWith("longer").hasSizeLessThanOrEqualTo("longer again".length());
    assertThat(text("early")).hasSizeLessThanOrEqualTo("its name is synced, it is not".length());
  }

  @Test
  void aNameThatCameOrWentSinceItsFolderWasSyncedIsAsItWas() throws Exception {
    assertThat(text("removed")).isEqualTo("removed");
    assertThat(text("renamed")).isEqualTo("renamed");
    assertThat(text("replaced")).isEqualTo("replaced");
    for (String name : List.of("gone", "nameless", "new name", "other", "folder")) {
      assertThat(root.resolve(name)).doesNotExist();
    }
  }

  @Test
  void whatRocksDbSyncedIsThere() throws Exception {
    try (Options options = new Options();
        RocksDB db = RocksDB.open(options, root.resolve("rows").toString())) {
      assertThat(db.get("a".getBytes(US_ASCII))).asString(US_ASCII).isEqualTo("synced");
    }
  }
}

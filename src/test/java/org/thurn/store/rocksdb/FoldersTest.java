package org.thurn.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the names are synced is shown by the power cuts of {@code org.thurn.campaign}. */
class FoldersTest {
  @TempDir Path folder;

  @Test
  void whatLacksAboveIsMadeToo() throws Exception {
    Folders.make(folder.resolve("a/b/c"));
    assertThat(folder.resolve("a/b/c")).isDirectory();
    Folders.make(folder.resolve("a/b/c"));
    assertThat(folder.resolve("a/b/c")).isEmptyDirectory();
  }

  @Test
  void aFolderMayBeNamedFromWhereTheProcessIs() throws Exception {
    Path here = Path.of("").toAbsolutePath();
    Folders.make(here.relativize(folder.toAbsolutePath().resolve("relative")));
    assertThat(folder.resolve("relative")).isDirectory();
  }
}

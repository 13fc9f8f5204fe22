package org.thurn.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  @TempDir private Path folder;

  private static List<Path> files(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void copyIsMadeOnceByWhoeverComesFirst() throws Exception {
    Path kept = folder.resolve("native").resolve("rocksdbjni-0");
    List<CompletableFuture<Optional<Path>>> processes =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> NativeLibrary.kept(kept)))
            .limit(3)
            .toList();
    for (CompletableFuture<Optional<Path>> process : processes) {
      assertThat(process.join()).contains(kept);
    }

    assertThat(files(kept)).hasSize(1);
    Path library = files(kept).getFirst();
    assertThat(Files.size(library)).isGreaterThan(1 << 20);
    FileTime before = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(library, before);
    assertThat(NativeLibrary.kept(kept)).contains(kept);
    assertThat(Files.getLastModifiedTime(library)).isEqualTo(before);
  }

  @Test
  void placeThatCannotBeWrittenKeepsNone() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(NativeLibrary.kept(file.resolve("below"))).isEmpty();
  }
}

package org.thurn.store.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.thurn.store.Durability;
import org.thurn.store.Finding;
import org.thurn.store.Finding.Kind;
import org.thurn.store.Findings;
import org.thurn.store.Partition;
import org.thurn.store.RoomCheck;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.store.StoreException;
import org.thurn.store.StoreView;
import org.thurn.testing.StoreChecks;
import org.thurn.time.Time;

/** Bodies, holders, files and the engine's own rows, damaged below the store's feet. */
class RocksCheckTest {
  private static final Partition A = new Partition("box", "a");
  private static final int LARGE = (1 << 20) + 1;

  @TempDir Path directory;
  private RocksBudget budget;
  private RocksStore store;
  private Staged small;
  private Staged large;

  /** A room that needs what is held, and has nothing against any row. */
  private static final class Box implements RoomCheck {
    @Override
    public String kind() {
      return "box";
    }

    @Override
    public void check(StoreView view, Partition partition, Findings to) {
      to.looked(1, 0);
    }

    @Override
    public Optional<String> holders() {
      return Optional.of("box:");
    }
  }

  @BeforeEach
  void open() throws Exception {
    budget = RocksBudget.small();
    store = RocksStore.open(RocksStoreSettings.of(directory), budget, Time.system());
    small = kept(100);
    large = kept(LARGE);
    Staged released = kept(5000);
    store.update(
        A,
        Durability.SYNCED,
        txn -> {
          txn.release(released.id(), "box:1");
          txn.put(new byte[] {1}, new byte[] {1});
          return true;
        });
    assertThat(store.lease("one", "owner", Duration.ofHours(1))).isPresent();
    assertThat(running()).isEmpty();
  }

  private Staged kept(int octets) throws IOException {
    try (Staging staging = store.stage(octets)) {
      staging.write("x".repeat(octets).getBytes(UTF_8));
      Staged staged = staging.finish();
      store.update(
          A,
          Durability.SYNCED,
          txn -> {
            txn.attach(staged, "box:1");
            return true;
          });
      staged.close();
      return staged;
    }
  }

  @AfterEach
  void close() {
    store.close();
    budget.close();
  }

  private List<Finding> running() {
    return StoreChecks.findings(store, new Box());
  }

  private List<Finding> stopped(boolean quick) throws IOException {
    List<Finding> found = new ArrayList<>();
    try (RocksCheck check = RocksCheck.stopped(directory, budget)) {
      check.run(List.of(new Box()), quick, StoreChecks.into(found));
    }
    return found;
  }

  /** Writes rows as only the engine can, then looks. */
  private List<String> damaged(Row... rows) throws Exception {
    store.close();
    try (Database database = new Database(RocksFiles.of(directory, budget))) {
      database.write(List.of(rows));
    }
    List<String> found = StoreChecks.brief(stopped(false));
    store = RocksStore.open(RocksStoreSettings.of(directory), budget, Time.system());
    assertThat(StoreChecks.brief(running())).containsExactlyElementsOf(found);
    return found;
  }

  private static Row without(Family family, byte[] key) {
    return new Row(family, key, null);
  }

  @Test
  void aBodyWithoutItsHolderIsNamed() throws Exception {
    assertThat(damaged(without(Family.HOLDERS, Keys.holder(small.id(), "box:1"))))
        .containsExactly("STRAY " + small.id().text());
  }

  @Test
  void aHolderWithoutItsBodyIsNamed() throws Exception {
    assertThat(damaged(without(Family.BODIES, Keys.body(small.id()))))
        .containsExactlyInAnyOrder(
            "STRAY " + Finding.shown(Keys.octets(small.id())),
            "MISSING " + small.id().text() + " box:1");
  }

  @Test
  void aHolderThatNoRoomKnowsIsNamed() throws Exception {
    assertThat(damaged(new Row(Family.HOLDERS, Keys.holder(small.id(), "ghost"), new byte[0])))
        .containsExactly("STRAY " + small.id().text() + " ghost");
  }

  @Test
  void octetsThatLackAreNamed() throws Exception {
    assertThat(damaged(without(Family.BODIES, Keys.octets(small.id()))))
        .containsExactly("MISSING " + small.id().text());
    store.close();
    assertThat(stopped(true)).isEmpty();
  }

  @Test
  void octetsThatChangedAreNamedByTheirHash() throws Exception {
    byte[] other = "y".repeat(100).getBytes(UTF_8);
    assertThat(damaged(new Row(Family.BODIES, Keys.octets(small.id()), other)))
        .containsExactly("DIFFERS " + small.id().text());
  }

  @Test
  void aBodyOfAnUnknownFormatIsNamed() throws Exception {
    assertThat(damaged(new Row(Family.BODIES, Keys.body(small.id()), new byte[42])))
        .containsExactly("UNREADABLE " + small.id().text());
  }

  @Test
  void aPartitionWithoutAVersionIsNamed() throws Exception {
    assertThat(damaged(without(Family.PARTITIONS, Keys.partition("box", "a"))))
        .containsExactly("MISSING version");
  }

  @Test
  void partitionsThatNoRoomOwnsAreNamed() throws Exception {
    byte[] key = Keys.join(Keys.prefix(new Partition("ghost", "1")), new byte[] {1});
    assertThat(damaged(new Row(Family.ROWS, key, new byte[0])))
        .containsExactly("MISSING version", "STRAY *");
    byte[] none = {9, 9};
    assertThat(damaged(new Row(Family.ROWS, none, new byte[0])))
        .contains("STRAY " + Finding.shown(none));
  }

  @Test
  void theEnginesOwnRowsAreKnown() throws Exception {
    assertThat(
            damaged(
                new Row(Family.ROWS, new byte[] {0, 'x'}, new byte[0]),
                new Row(Family.PARTITIONS, Keys.partition("box", "b"), new byte[] {9}),
                new Row(Family.OPERATIONS, new byte[] {1, 2}, new byte[0])))
        .containsExactly("STRAY \\00x", "UNREADABLE box\\00b", "UNREADABLE \\01\\02");
  }

  @Test
  void aFileThatLacksOrIsCutOffOrChangedIsNamed() throws Exception {
    Path file = directory.resolve("bodies").resolve(large.id().text());
    byte[] octets = Files.readAllBytes(file);
    octets[77] ^= 1;
    Files.write(file, octets);
    assertThat(StoreChecks.brief(running())).containsExactly("DIFFERS " + large.id().text());
    Files.write(file, new byte[1], StandardOpenOption.APPEND);
    assertThat(running()).hasSize(2).allMatch(finding -> finding.kind() == Kind.DIFFERS);
    Files.delete(file);
    assertThat(StoreChecks.brief(running())).containsExactly("MISSING " + large.id().text());
  }

  @Test
  void anOldFileThatNoRowNamesIsNamed() throws Exception {
    Path stray = directory.resolve("bodies").resolve("0".repeat(32));
    Files.createFile(stray);
    Files.createFile(directory.resolve("bodies").resolve("notes"));
    assertThat(StoreChecks.brief(running())).containsExactly("STRAY file notes");
    Files.setLastModifiedTime(stray, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    assertThat(StoreChecks.brief(running()))
        .containsExactlyInAnyOrder("STRAY file notes", "STRAY file " + "0".repeat(32));
  }

  @Test
  void aStoppedStoreIsNotWrittenAndNotOpenedByAnotherMeanwhile() throws Exception {
    store.close();
    Map<Path, String> before = files();
    try (RocksCheck check = RocksCheck.stopped(directory, budget)) {
      List<Finding> found = new ArrayList<>();
      check.run(List.of(new Box()), false, StoreChecks.into(found));
      assertThat(found).isEmpty();
      assertThatThrownBy(() -> RocksCheck.stopped(directory, budget))
          .isInstanceOf(StoreException.class);
    }
    assertThat(files()).isEqualTo(before);
    store = RocksStore.open(RocksStoreSettings.of(directory), budget, Time.system());
  }

  private Map<Path, String> files() throws IOException {
    Map<Path, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.toList()) {
        files.put(file, Files.getLastModifiedTime(file) + " " + Files.size(file));
      }
    }
    return files;
  }

  @Test
  void whereThereIsNoStoreNoneIsMade() {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> RocksCheck.stopped(missing, budget))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(missing).doesNotExist();
  }

  @Test
  void aViewOfAReopenedStoreFailsAndDoesNotCrash() throws RocksDBException {
    try (Database database = new Database(RocksFiles.of(directory.resolve("other"), budget));
        RocksView view = new RocksView(database)) {
      database.reopen();
      assertThatThrownBy(() -> view.partitions("box", "", 1)).isInstanceOf(StoreException.class);
    }
  }
}

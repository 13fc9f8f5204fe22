package org.thurn.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.name.LocalPart;
import org.thurn.name.Mailbox;
import org.thurn.store.Finding;
import org.thurn.store.Partition;
import org.thurn.store.Txn;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.testing.StoreChecks;
import org.thurn.time.Time;

/** Rows of a domain that are missing or changed are found and named. */
class DirectoryCheckTest {
  private static final Mailbox ALICE = Mailbox.of("alice@strict.example");
  private static final Mailbox INFO = Mailbox.of("Info@strict.example");
  private static final Partition DOMAIN = new Partition("domain", "strict.example");
  private static final byte[] ACCOUNT = DirectoryRows.accountKey(new LocalPart("alice"));

  @TempDir Path directory;
  private RocksBudget budget;
  private RocksStore store;
  private StoreDirectory entries;

  @BeforeEach
  void open() {
    budget = RocksBudget.small();
    Time time = Time.system();
    store = RocksStore.open(RocksStoreSettings.of(directory), budget, time);
    Journey journey = Journey.to(entry -> {}, time, new Ids(time));
    entries = new StoreDirectory(store, time, journey, new PasswordCost(64, 1, 2));
    assertThat(entries.changes().addAccount(ALICE, "correct horse", "test").done()).isTrue();
    assertThat(entries.changes().setAlias(INFO, List.of(ALICE), "test").done()).isTrue();
    Domain gone = Domain.of("gone.example");
    assertThat(entries.changes().addDomain(gone, "test").done()).isTrue();
    assertThat(entries.changes().removeDomain(gone, "test").done()).isTrue();
    assertThat(findings()).isEmpty();
  }

  @AfterEach
  void close() {
    entries.close();
    store.close();
    budget.close();
  }

  private List<Finding> findings() {
    return StoreChecks.findings(store, new DirectoryCheck());
  }

  private void damaged(Consumer<Txn> work, String... expected) {
    StoreChecks.damage(store, DOMAIN, work);
    assertThat(StoreChecks.brief(findings())).containsExactly(expected);
  }

  @Test
  void aDomainWithoutSettingsIsNamed() {
    damaged(txn -> txn.delete(DirectoryRows.SETTINGS), "MISSING d");
  }

  @Test
  void anAccountThatIsAnAliasTooIsNamed() {
    Alias alias = new Alias(ALICE, List.of(INFO));
    damaged(
        txn -> txn.put(DirectoryRows.aliasKey(new LocalPart("alice")), DirectoryRows.write(alias)),
        "DIFFERS a/alice");
  }

  @Test
  void anAccountUnderAnotherNameIsNamed() {
    damaged(
        txn ->
            txn.put(DirectoryRows.accountKey(new LocalPart("bob")), txn.get(ACCOUNT).orElseThrow()),
        "DIFFERS a/bob");
  }

  @Test
  void keysThatTheDomainDoesNotKeepAreNamed() {
    damaged(
        txn -> {
          DomainSettings settings =
              DirectoryRows.settings(txn.get(DirectoryRows.SETTINGS).orElseThrow());
          txn.put(DirectoryRows.SETTINGS, DirectoryRows.write(settings.withScram(false)));
        },
        "DIFFERS a/alice");
  }

  @Test
  void rowsOfAnotherFormatAreUnreadable() {
    damaged(txn -> txn.put(ACCOUNT, new byte[] {9}), "UNREADABLE a/alice");
  }

  @Test
  void aRowOfNoKnownKindIsStray() {
    damaged(txn -> txn.put("zebra".getBytes(UTF_8), new byte[0]), "STRAY zebra");
    damaged(
        txn -> {
          txn.delete("zebra".getBytes(UTF_8));
          txn.put("dd".getBytes(UTF_8), new byte[0]);
        },
        "STRAY dd");
  }
}

package org.thurn.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.store.Finding;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot;
import org.thurn.store.Txn;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.testing.StoreChecks;
import org.thurn.time.Time;

/** Blocks and index rows, missing or changed, are found and named. */
class JournalCheckTest {
  private static final Partition JOURNAL = new Partition("journal", "0");
  private static final Mailbox BOB = Mailbox.of("bob@soft.example");

  @TempDir Path directory;
  private RocksBudget budget;
  private RocksStore store;
  private Journal journal;
  private QueueId message;

  @BeforeEach
  void open() {
    budget = RocksBudget.small();
    Time time = Time.system();
    store = RocksStore.open(RocksStoreSettings.of(directory), budget, time);
    Ids ids = new Ids(time);
    journal = new Journal(store, JournalSettings.defaults(), time, ids);
    message = ids.queue();
    Journey session = Journey.to(journal, time, ids).newSession();
    session.note(new Event.CommandReceived("EHLO x"));
    journal.flush();
    session
        .about(message, Optional.of("<1@x>"))
        .note(
            new Event.Accepted("<1@x>", ReversePath.of(BOB), List.of(BOB), 10, "00", "a subject"));
    journal.flush();
    assertThat(findings()).isEmpty();
  }

  @AfterEach
  void close() {
    journal.close();
    store.close();
    budget.close();
  }

  private List<Finding> findings() {
    return StoreChecks.findings(store, new JournalCheck());
  }

  private void damaged(Consumer<Txn> work, String expected) {
    StoreChecks.damage(store, JOURNAL, work);
    assertThat(StoreChecks.brief(findings())).anyMatch(found -> found.startsWith(expected));
  }

  private byte[] first(String prefix) {
    try (Snapshot rows = store.read(JOURNAL)) {
      byte[] from = prefix.getBytes(UTF_8);
      return rows.scan(from, Index.end(from), 1).getFirst().key();
    }
  }

  @Test
  void aDamagedBlockIsNamed() {
    byte[] block = first("e");
    damaged(txn -> txn.put(block, new byte[] {9}), "UNREADABLE e ");
  }

  @Test
  void anIndexRowThatLacksIsNamed() {
    byte[] index = first("q" + message);
    damaged(txn -> txn.delete(index), "MISSING q" + message);
  }

  @Test
  void anIndexRowThatLeadsNowhereIsNamed() {
    damaged(txn -> txn.put("q00000000000000000000000000".getBytes(UTF_8), new byte[0]), "STRAY q0");
    damaged(txn -> txn.put("anobody".getBytes(UTF_8), new byte[0]), "STRAY anobody");
  }

  @Test
  void aMissingBlockLeavesItsIndexBehind() {
    byte[] block = first("e");
    damaged(txn -> txn.delete(block), "STRAY s");
  }

  @Test
  void aBlockUnderAnotherKeyIsNamed() {
    byte[] block = first("e");
    damaged(
        txn -> txn.put("e0000000000000".getBytes(UTF_8), txn.get(block).orElseThrow()),
        "DIFFERS e 0000000000000");
  }

  @Test
  void aRowOfNoKnownKindIsStray() {
    damaged(txn -> txn.put("zebra".getBytes(UTF_8), new byte[0]), "STRAY zebra");
  }
}

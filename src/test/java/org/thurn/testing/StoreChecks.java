package org.thurn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.thurn.store.Durability;
import org.thurn.store.Finding;
import org.thurn.store.Findings;
import org.thurn.store.Partition;
import org.thurn.store.RoomCheck;
import org.thurn.store.Store;
import org.thurn.store.Txn;
import org.thurn.store.rocksdb.RocksCheck;
import org.thurn.store.rocksdb.RocksStore;

/** Checks of a store that runs, and damage done to it through its contract. */
public final class StoreChecks {
  private StoreChecks() {}

  /** What a check by these rooms finds. */
  public static List<Finding> findings(RocksStore store, RoomCheck... rooms) {
    List<Finding> found = new ArrayList<>();
    try (RocksCheck check = store.check()) {
      check.run(List.of(rooms), false, into(found));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  /** Keeps what is found. */
  public static Findings into(List<Finding> found) {
    return new Findings() {
      @Override
      public void found(Finding finding) {
        found.add(finding);
      }

      @Override
      public void looked(long more, long octets) {
        assertThat(more).isNotNegative();
      }
    };
  }

  /** Changes rows of a partition as no room would. */
  public static void damage(Store store, Partition partition, Consumer<Txn> work) {
    store.update(
        partition,
        Durability.SYNCED,
        txn -> {
          work.accept(txn);
          return true;
        });
  }

  /** Deletes a row that is there. */
  public static Consumer<Txn> without(byte[] key) {
    return txn -> {
      assertThat(txn.get(key)).isPresent();
      txn.delete(key);
    };
  }

  /** Changes a row that is there. */
  public static Consumer<Txn> changed(byte[] key, UnaryOperator<byte[]> change) {
    return txn -> txn.put(key, change.apply(txn.get(key).orElseThrow()));
  }

  /** Each as its kind and key. */
  public static List<String> brief(List<Finding> findings) {
    return findings.stream().map(finding -> finding.kind() + " " + finding.key()).toList();
  }
}

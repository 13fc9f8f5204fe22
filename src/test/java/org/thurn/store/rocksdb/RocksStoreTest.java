package org.thurn.store.rocksdb;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.thurn.store.Store;
import org.thurn.store.StoreContract;
import org.thurn.time.Time;

class RocksStoreTest extends StoreContract {
  private static RocksBudget budget;

  @BeforeAll
  static void makeBudget() {
    budget = RocksBudget.small();
  }

  @AfterAll
  static void closeBudget() {
    budget.close();
  }

  @Override
  protected Store open() {
    return RocksStore.open(RocksStoreSettings.of(directory), budget, Time.system());
  }
}

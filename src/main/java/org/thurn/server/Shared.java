package org.thurn.server;

import org.thurn.net.Connector;
import org.thurn.net.Wire;
import org.thurn.store.rocksdb.RocksBudget;

/**
 * What several servers of one process use together: the store's memory and the connector. The lab
 * runs five servers on one of these.
 */
public final class Shared implements AutoCloseable {
  private final RocksBudget budget;
  private final Connector connector;

  private Shared(RocksBudget budget, Connector connector) {
    this.budget = budget;
    this.connector = connector;
  }

  public static Shared open() {
    return open(Wire.STRAIGHT);
  }

  /** Of servers whose connections go where a wire leads: the lab's. */
  public static Shared open(Wire wire) {
    return new Shared(RocksBudget.ofMachine(), new Connector(wire));
  }

  RocksBudget budget() {
    return budget;
  }

  Connector connector() {
    return connector;
  }

  @Override
  public void close() {
    connector.close();
    budget.close();
  }
}

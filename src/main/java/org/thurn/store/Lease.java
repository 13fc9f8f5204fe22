package org.thurn.store;

/** A right that ends: every write under it checks the epoch in its own commit (fencing). */
public interface Lease extends AutoCloseable {
  long epoch();

  /** Prolongs it; false if it is lost. */
  boolean renew();

  /** Fails the update that runs this with FENCED if the lease is not ours any more. */
  void check(Txn txn);

  @Override
  void close();
}

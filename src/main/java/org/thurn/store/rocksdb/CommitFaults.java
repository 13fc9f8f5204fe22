package org.thurn.store.rocksdb;

import org.rocksdb.RocksDBException;

/** Where a test lets a commit fail: the committer calls these around each synced write. */
interface CommitFaults {
  CommitFaults NONE = new CommitFaults() {};

  /** A throw here is a write that did not happen. */
  default void beforeWrite() throws RocksDBException {}

  /** A throw here is a sync that failed after the log was written. */
  default void afterWrite() throws RocksDBException {}
}

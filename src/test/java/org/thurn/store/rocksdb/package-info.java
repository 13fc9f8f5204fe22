/** The RocksDB engine against the store's contract, and what only it has: faults, crashes. */
@NullMarked
package org.thurn.store.rocksdb;

import org.jspecify.annotations.NullMarked;

/**
 * The embedded engine of the store, on RocksDB. Entry: {@link
 * org.thurn.store.rocksdb.RocksStore#open}.
 *
 * <p>An update runs on its caller's thread under its partition's lock, reading what is durable with
 * the not yet synced writes of that partition laid over it ({@code PartitionState}). What it wrote
 * becomes a {@code Pending} in the queue of the one {@code Committer} thread, which writes all that
 * wait as one synced batch and then tells each of them. RocksDB itself therefore holds durable
 * state only, which is what {@code read} shows. Virtual threads wait on Java locks: what may touch
 * the disk runs on the committer or on a small pool of platform threads ({@code Readers}), since a
 * JNI call pins its carrier. A row that RocksDB has in memory is read on the caller's thread
 * ({@code Lookup}), since handing work over costs more than the read.
 */
@NullMarked
package org.thurn.store.rocksdb;

import org.jspecify.annotations.NullMarked;

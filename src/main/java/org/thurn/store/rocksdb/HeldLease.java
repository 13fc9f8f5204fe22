package org.thurn.store.rocksdb;

/** A lease as a transaction saw it. */
record HeldLease(String name, long epoch) {}

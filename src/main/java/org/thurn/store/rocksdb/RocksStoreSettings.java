package org.thurn.store.rocksdb;

import java.nio.file.Path;

/**
 * Settings of one store.
 *
 * @param directory where it lives; made if it lacks
 * @param reserve octets of the file system to keep free: below it no new body is taken in (FULL),
 *     while everything else still works
 * @param bodyMemory octets of bodies on their way in that may stand in memory; past it they go to
 *     files
 * @param readers threads that read from the disk
 */
public record RocksStoreSettings(Path directory, long reserve, long bodyMemory, int readers) {
  /** 256 MiB in reserve, 32 MiB of bodies in memory, 4 readers. */
  public static RocksStoreSettings of(Path directory) {
    return new RocksStoreSettings(directory, 256L << 20, 32L << 20, 4);
  }
}

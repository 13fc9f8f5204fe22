package org.thurn.store.rocksdb;

import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * The native memory that all stores of one process share. Close it after the last of them.
 *
 * <p>Making one loads the native library, once in a process.
 */
public final class RocksBudget implements AutoCloseable {
  // RocksDB would make shards of 512 KiB, which the write buffers' share fills unevenly
  private static final int SHARD_BITS = 2;

  private final LRUCache cache;
  private final WriteBufferManager writeBuffers;

  /**
   * @param cacheBytes blocks read from the disk
   * @param writeBytes rows not yet in table files, all stores together
   */
  public RocksBudget(long cacheBytes, long writeBytes) {
    NativeLibrary.load();
    cache = new LRUCache(cacheBytes, SHARD_BITS);
    writeBuffers = new WriteBufferManager(writeBytes, cache);
  }

  /** 32 MiB of cache, of which up to 16 MiB are write buffers. */
  public static RocksBudget small() {
    return new RocksBudget(32L << 20, 16L << 20);
  }

  LRUCache cache() {
    return cache;
  }

  WriteBufferManager writeBuffers() {
    return writeBuffers;
  }

  @Override
  public void close() {
    writeBuffers.close();
    cache.close();
  }
}

package org.thurn.store.rocksdb;

import org.rocksdb.LRUCache;
import org.rocksdb.WriteBufferManager;

/**
 * The native memory that all stores of one process share. Close it after the last of them.
 *
 * <p>Making one loads the native library, once in a process.
 */
public final class RocksBudget implements AutoCloseable {
  private static final long MIB = 1L << 20;
  private static final long LEAST = 32 * MIB;
  private static final long MOST = 512 * MIB;

  // RocksDB would make shards of 512 KiB, which the write buffers' share fills unevenly
  private static final int SHARD_BITS = 2;

  private final long writeBytes;
  private final LRUCache cache;
  private final WriteBufferManager writeBuffers;

  /**
   * @param cacheBytes blocks read from the disk
   * @param writeBytes rows not yet in table files, all stores together
   */
  public RocksBudget(long cacheBytes, long writeBytes) {
    NativeLibrary.load();
    this.writeBytes = writeBytes;
    cache = new LRUCache(cacheBytes, SHARD_BITS);
    writeBuffers = new WriteBufferManager(writeBytes, cache);
  }

  /** 32 MiB of cache, of which up to 16 MiB are write buffers. */
  public static RocksBudget small() {
    return new RocksBudget(32L << 20, 16L << 20);
  }

  /**
   * An eighth of what the heap may have, 512 MiB at the most, of which up to half are write
   * buffers: the larger they are, the less is written twice. Nothing of it is taken before it is
   * needed.
   */
  public static RocksBudget ofMachine() {
    long cache = Math.clamp(Runtime.getRuntime().maxMemory() / 8, LEAST, MOST);
    return new RocksBudget(cache, cache / 2);
  }

  /** Of one family of rows: several are in use at a time, and some are being written out. */
  long writeBuffer() {
    return Math.clamp(writeBytes / 4, 4 * MIB, 64 * MIB);
  }

  /** Octets of the log: what a start after a crash reads again. */
  long log() {
    return Math.clamp(writeBytes, 64 * MIB, 256 * MIB);
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

package org.thurn.store.rocksdb;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.thurn.store.StoreException;
import org.thurn.store.StoreException.Kind;

/** Platform threads for what may wait for the disk, so that no carrier thread does. */
final class Readers implements AutoCloseable {
  private final ExecutorService pool;

  Readers(int threads) {
    pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("store-reader-", 0).factory());
  }

  /** Runs {@code work} there and waits; what it throws passes through. */
  <T> T call(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, pool).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException s) {
        throw new StoreException(s.kind(), String.valueOf(s.getMessage()), s);
      }
      throw e;
    } catch (RejectedExecutionException e) {
      throw new StoreException(Kind.CLOSED, "closed", e);
    }
  }

  /** Lets what runs end. */
  @Override
  public void close() {
    pool.close();
  }
}

package org.thurn.store.rocksdb;

import java.util.concurrent.CompletableFuture;
import org.thurn.store.Commit;

/** A result, and the promise that it rests on. */
record RocksCommit<T>(T value, long version, CompletableFuture<Void> done) implements Commit<T> {
  @Override
  public void awaitDurable() {
    Pending.await(done);
  }

  @Override
  public void whenDurable(Runnable action) {
    var _ = done.thenRunAsync(action, task -> Thread.ofVirtual().start(task));
  }
}

package org.thurn.authentication.inbound;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A check on a thread of its own, which ends by its own limits whether anybody waits or not. */
final class Running<T> {
  private final FutureTask<T> task;

  private Running(FutureTask<T> task) {
    this.task = task;
  }

  static <T> Running<T> start(String name, Callable<T> check) {
    FutureTask<T> task = new FutureTask<>(check);
    Thread.ofVirtual().name(name).start(task);
    return new Running<>(task);
  }

  T result() throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a check failed by a mistake of ours", e.getCause());
    }
  }
}

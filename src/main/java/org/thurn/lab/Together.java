package org.thurn.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Tasks that run at the same time, each on a virtual thread. */
final class Together {
  private Together() {}

  /**
   * Runs them all to their ends.
   *
   * @throws IOException the first failure, the later ones suppressed
   */
  static void run(List<Callable<Void>> tasks) throws IOException {
    List<FutureTask<Void>> running = new ArrayList<>();
    for (Callable<Void> task : tasks) {
      FutureTask<Void> future = new FutureTask<>(task);
      Thread.ofVirtual().start(future);
      running.add(future);
    }
    List<IOException> failures = new ArrayList<>();
    for (FutureTask<Void> task : running) {
      try {
        task.get();
      } catch (ExecutionException e) {
        failures.add(e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failures.add(new IOException("interrupted", e));
      }
    }
    if (!failures.isEmpty()) {
      IOException first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first;
    }
  }
}

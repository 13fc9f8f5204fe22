package org.thurn.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Makes many messages in many threads, and says how far it is every ten seconds. */
final class Filling {
  private static final long SAY_MILLIS = 10_000;

  private Filling() {}

  /** One piece of the work. */
  interface Piece {
    /**
     * @param first number of its first message
     * @param end number behind its last one
     */
    void make(long first, long end) throws Exception;
  }

  /**
   * Messages 0 to {@code messages}, in pieces; {@code meanwhile} runs now and then beside.
   *
   * @return seconds
   */
  static double run(long messages, int workers, int piece, Piece work, Runnable meanwhile)
      throws Exception {
    AtomicLong next = new AtomicLong();
    long begin = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> ends = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        Callable<Boolean> worker = () -> work(next, messages, piece, work);
        ends.add(threads.submit(worker));
      }
      long said = begin;
      while (!ends.stream().allMatch(Future::isDone)) {
        Pause.millis(50);
        if (System.nanoTime() - said > SAY_MILLIS * 1_000_000) {
          said = System.nanoTime();
          meanwhile.run();
          say(Math.min(next.get(), messages), messages, (said - begin) / 1e9);
        }
      }
      for (Future<Boolean> end : ends) {
        end.get();
      }
    }
    meanwhile.run();
    return (System.nanoTime() - begin) / 1e9;
  }

  private static boolean work(AtomicLong next, long messages, int piece, Piece work)
      throws Exception {
    for (long first = next.getAndAdd(piece); first < messages; first = next.getAndAdd(piece)) {
      work.make(first, Math.min(messages, first + piece));
    }
    return true;
  }

  private static void say(long made, long messages, double seconds) {
    double rate = made / seconds;
    Run.say(
        "%,d of %,d messages made, %,.0f a second, %.0f s to go"
            .formatted(made, messages, rate, (messages - made) / rate));
  }
}

package org.thurn.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Runs attempts of one kind, each on a virtual thread, within two limits: so many at once, and so
 * many in one lane. A bounded number more waits in memory; lanes take turns, so that a slow host
 * holds up only itself.
 */
final class Dispatcher implements AutoCloseable {
  private final int most;
  private final int perLane;
  private final int waitingMost;
  private final Duration drain;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Map<Lane, LaneState> lanes = new HashMap<>();
  private final LinkedHashSet<Lane> ready = new LinkedHashSet<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private int running;
  private int waiting;
  private boolean closed;

  Dispatcher(int most, int perLane, int waitingMost, Duration drain) {
    this.most = most;
    this.perLane = perLane;
    this.waitingMost = waitingMost;
    this.drain = drain;
  }

  private static final class LaneState {
    private int running;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

    boolean isEmpty() {
      return running == 0 && waiting.isEmpty();
    }
  }

  /** Takes a place that {@link #start} or {@link #cancel} must use; false if none is free. */
  boolean reserve(Lane lane) {
    lock.lock();
    try {
      LaneState state = lanes.computeIfAbsent(lane, l -> new LaneState());
      boolean free = !closed && running < most && state.running < perLane;
      free = free && state.waiting.isEmpty();
      if (free) {
        running++;
        state.running++;
      }
      tidy(lane, state);
      return free;
    } finally {
      lock.unlock();
    }
  }

  /** Runs {@code attempt} in a reserved place. */
  void start(Lane lane, Runnable attempt) {
    Thread thread =
        Thread.ofVirtual().name("queue " + lane.name()).unstarted(() -> run(lane, attempt));
    threads.add(thread);
    thread.start();
  }

  /** Gives a reserved place back. */
  void cancel(Lane lane) {
    finished(lane);
  }

  /** Starts {@code attempt} or lets it wait; false, and nothing kept, if too many wait. */
  boolean offer(Lane lane, Runnable attempt) {
    if (reserve(lane)) {
      start(lane, attempt);
      return true;
    }
    lock.lock();
    try {
      if (!admits(lane)) {
        return false;
      }
      LaneState state = lanes.computeIfAbsent(lane, l -> new LaneState());
      state.waiting.add(attempt);
      waiting++;
      fill(lane, state);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether {@link #offer} would take one more; no lane may use up all the room. */
  boolean hasRoom(Lane lane) {
    lock.lock();
    try {
      return admits(lane);
    } finally {
      lock.unlock();
    }
  }

  private boolean admits(Lane lane) {
    LaneState state = lanes.get(lane);
    int own = state == null ? 0 : state.waiting.size();
    return !closed && waiting < waitingMost && own < Math.max(1, waitingMost / 10);
  }

  private void run(Lane lane, Runnable attempt) {
    try {
      attempt.run();
    } finally {
      threads.remove(Thread.currentThread());
      finished(lane);
    }
  }

  private void finished(Lane lane) {
    lock.lock();
    try {
      running--;
      LaneState state = lanes.get(lane);
      if (state != null) {
        state.running--;
        fill(lane, state);
        tidy(lane, state);
      }
      if (running == 0) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Starts what waits, the lanes in turn, as far as the limits go. */
  private void fill(Lane changed, LaneState state) {
    if (!state.waiting.isEmpty() && state.running < perLane) {
      ready.add(changed);
    }
    while (!closed && running < most && !ready.isEmpty()) {
      Lane lane = ready.removeFirst();
      LaneState next = lanes.get(lane);
      if (next == null || next.waiting.isEmpty() || next.running >= perLane) {
        continue;
      }
      running++;
      next.running++;
      waiting--;
      start(lane, next.waiting.remove());
      if (!next.waiting.isEmpty() && next.running < perLane) {
        ready.add(lane);
      }
    }
  }

  private void tidy(Lane lane, LaneState state) {
    if (state.isEmpty()) {
      lanes.remove(lane);
    }
  }

  /** Starts nothing more, waits for what runs, and interrupts what takes too long. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (!awaitIdle(drain)) {
        threads.forEach(Thread::interrupt);
        awaitIdle(drain);
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitIdle(Duration atMost) throws InterruptedException {
    long left = atMost.toNanos();
    while (running > 0 && left > 0) {
      left = idle.awaitNanos(left);
    }
    return running == 0;
  }
}

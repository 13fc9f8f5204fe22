package org.thurn.net;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.thurn.time.Time;

/**
 * Buckets of tokens that fill evenly: how often something may happen that a stranger makes happen.
 * A key that was never heard of has a full one. Their number is bounded, the longest untouched are
 * forgotten first, so that a flood of keys costs no memory.
 */
public final class Buckets<K> {
  private final int size;
  private final double fillNanos;
  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, Bucket> buckets;

  /**
   * Full ones.
   *
   * @param size tokens of one bucket
   * @param fill how long an empty one takes to be full again
   * @param remembered how many are kept
   */
  public Buckets(int size, Duration fill, int remembered, Time time) {
    this.size = size;
    this.fillNanos = fill.toNanos();
    this.time = time;
    this.buckets =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Bucket> eldest) {
            return size() > remembered;
          }
        };
  }

  /** Tokens left, and when they were counted. */
  private record Bucket(double tokens, long ticks) {}

  /** Takes a token; false if there is none. */
  public boolean take(K key) {
    lock.lock();
    try {
      double tokens = count(key);
      boolean enough = tokens >= 1;
      buckets.put(key, new Bucket(enough ? tokens - 1 : tokens, time.ticks()));
      return enough;
    } finally {
      lock.unlock();
    }
  }

  /** How many tokens there are; what lacks was taken lately. */
  public double left(K key) {
    lock.lock();
    try {
      return count(key);
    } finally {
      lock.unlock();
    }
  }

  private double count(K key) {
    Bucket before = buckets.get(key);
    if (before == null) {
      return size;
    }
    double earned = (time.ticks() - before.ticks) / fillNanos * size;
    return Math.min(size, before.tokens + earned);
  }
}

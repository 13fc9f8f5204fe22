package org.thurn.store;

/**
 * What an update returned.
 *
 * @param <T> the type of the function's result
 */
public interface Commit<T> {
  T value();

  /** The partition's version after the commit; versions of a partition grow. */
  long version();

  /** Blocks until the commit is synced; throws StoreException if the sync failed. */
  void awaitDurable();

  /** Runs {@code action} once after the sync (at once if it is past), on an unnamed thread. */
  void whenDurable(Runnable action);
}

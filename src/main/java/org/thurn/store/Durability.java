package org.thurn.store;

/** When a commit counts. */
public enum Durability {
  /** {@code update} returns after the sync. */
  SYNCED,
  /** Joins the next sync, at most 50 ms later; {@link Commit#awaitDurable} waits for it. */
  RELAXED
}

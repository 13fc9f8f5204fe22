package org.thurn.store;

/** A body on its way in: readable, not yet durable. Closing one that was not attached drops it. */
public interface Staged extends Body, AutoCloseable {
  @Override
  void close();
}

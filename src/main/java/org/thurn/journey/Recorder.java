package org.thurn.journey;

/**
 * Takes events in: the journal keeps them, a test collects them. Recording never blocks on a disk.
 */
@FunctionalInterface
public interface Recorder {
  void record(Entry entry);

  /**
   * Returns when no crash can take away what was recorded before, if this recorder keeps anything
   * at all and its disk works. For the few events that must not be missing.
   */
  default void awaitKept() {}
}

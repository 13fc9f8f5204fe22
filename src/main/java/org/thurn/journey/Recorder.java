package org.thurn.journey;

/** Takes events in: the journal keeps them, a test collects them. Never blocks on a disk. */
@FunctionalInterface
public interface Recorder {
  void record(Entry entry);
}

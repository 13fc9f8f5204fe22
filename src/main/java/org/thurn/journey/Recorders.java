package org.thurn.journey;

import java.util.List;

/** Puts recorders together. */
public final class Recorders {
  private Recorders() {}

  /** One that passes each entry to all of {@code recorders}, in their order. */
  public static Recorder all(Recorder... recorders) {
    List<Recorder> all = List.of(recorders);
    return entry -> {
      for (Recorder recorder : all) {
        recorder.record(entry);
      }
    };
  }
}

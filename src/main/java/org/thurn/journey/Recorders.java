package org.thurn.journey;

import java.util.List;

/** Puts recorders together. */
public final class Recorders {
  private Recorders() {}

  /** One that passes each entry to all of {@code recorders}, in their order. */
  public static Recorder all(Recorder... recorders) {
    List<Recorder> all = List.of(recorders);
    return new Recorder() {
      @Override
      public void record(Entry entry) {
        all.forEach(recorder -> recorder.record(entry));
      }

      @Override
      public void awaitKept() {
        all.forEach(Recorder::awaitKept);
      }
    };
  }
}

package org.thurn.store;

import java.util.Optional;

/**
 * What a room knows of the rows that it owns: whether each can be read and agrees with the others.
 * A check reads one view, in bounded memory, and never writes.
 */
public interface RoomCheck {
  /** The kind of the partitions that belong to it. */
  String kind();

  /** Looks at every row of one of them. */
  void check(StoreView view, Partition partition, Findings to);

  /** How its holders of bodies begin; empty if it holds none. */
  default Optional<String> holders() {
    return Optional.empty();
  }

  /** Looks for the row that names a body for which this room is written down as a holder. */
  default void checkHolder(StoreView view, BodyId body, String holder, Findings to) {}
}

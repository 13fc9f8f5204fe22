package org.thurn.store;

import java.util.List;
import java.util.OptionalLong;

/**
 * Everything of a store as it was at one durable moment, all partitions together, for those who
 * check it. For one thread, and a platform one: its reads may wait for the disk.
 */
public interface StoreView extends AutoCloseable {
  /** One partition at that moment. It lasts as long as this view; to close it is not needed. */
  Snapshot read(Partition partition);

  /** As {@link Store#partitions}. */
  List<String> partitions(String kind, String after, int limit);

  /** Whether {@code holder} holds the body. */
  boolean holds(BodyId body, String holder);

  /** The octets of a stored body; empty if there is none. */
  OptionalLong size(BodyId body);

  @Override
  void close();
}

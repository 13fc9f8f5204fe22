package org.thurn.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.thurn.journey.QueueId;
import org.thurn.store.Store;

/**
 * The queue's partitions. New messages go to one of the configured ones by their id; those that an
 * earlier configuration left, and notifications, which lie beside the message that caused them, are
 * found by asking all.
 */
final class Shards {
  private static final int MOST = 1_000;

  private final List<QueueShard> all = new ArrayList<>();
  private final int configured;

  Shards(Store store, int configured) {
    this.configured = configured;
    TreeSet<Integer> numbers = new TreeSet<>();
    for (int i = 0; i < configured; i++) {
      numbers.add(i);
    }
    store.partitions(QueueShard.KIND, "", MOST).forEach(id -> numbers.add(Integer.valueOf(id)));
    numbers.forEach(number -> all.add(new QueueShard(store, Integer.toString(number))));
  }

  /** A message and where it is. */
  record Place(QueueShard shard, QueueEntry entry) {}

  List<QueueShard> all() {
    return all;
  }

  QueueShard forNew(QueueId id) {
    return all.get(Math.floorMod(id.text().hashCode(), configured));
  }

  /** The newest state of a message, or empty if there is none of this id. */
  Optional<Place> newest(QueueId id) {
    QueueShard likely = forNew(id);
    Optional<Place> place = likely.newest(id).map(entry -> new Place(likely, entry));
    for (int i = 0; place.isEmpty() && i < all.size(); i++) {
      QueueShard shard = all.get(i);
      if (shard != likely) {
        place = shard.newest(id).map(entry -> new Place(shard, entry));
      }
    }
    return place;
  }
}

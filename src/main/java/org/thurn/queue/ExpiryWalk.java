package org.thurn.queue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thurn.journey.EventId;
import org.thurn.journey.Ids;

/**
 * Finds what is past its expiry behind a lane that has no room: the schedule steps over it, but the
 * clock does not wait for a host. An id tells its age without a read of the message, so that a long
 * queue of young messages costs a scan; of old ones a bounded number is looked at in each round,
 * and the next round goes on behind them.
 */
final class ExpiryWalk {
  private static final int PIECE = 500;
  private static final int MOST = 25;

  private final Surroundings with;
  private final Carrier carrier;
  private final Map<QueueShard, byte[]> cursors = new HashMap<>();

  ExpiryWalk(Surroundings with, Carrier carrier) {
    this.with = with;
    this.carrier = carrier;
  }

  /**
   * Looks once at a piece of the shard; true if it looked at as many as it may.
   *
   * @param beginning where what waits begins
   */
  boolean round(QueueShard shard, byte[] beginning, Instant now) {
    byte[] from = cursors.getOrDefault(shard, beginning);
    List<QueueShard.Due> due = shard.due(from, Keys.dueFrom(now.plusMillis(1)), PIECE);
    EventId young = Ids.firstAt(now.minus(with.settings().retry().expiry()).plusMillis(1));
    int looked = 0;
    for (QueueShard.Due one : due) {
      if (looked == MOST) {
        cursors.put(shard, one.key());
        return true;
      }
      if (one.id().text().compareTo(young.text()) < 0 && waits(one.lane())) {
        carrier.look(one.id());
        looked++;
      }
    }
    if (due.size() == PIECE) {
      cursors.put(shard, Keys.after(due.getLast().key()));
    } else {
      cursors.remove(shard);
    }
    return false;
  }

  /** Whether the schedule steps over it. */
  private boolean waits(String lane) {
    return !lane.isEmpty() && !carrier.hasRoom(new Lane(lane));
  }
}

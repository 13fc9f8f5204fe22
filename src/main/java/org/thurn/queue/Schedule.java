package org.thurn.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thurn.journey.Event;

/**
 * Walks the schedule's rows that are due, a bounded piece of each shard at a time, and brings their
 * messages to the carrier. What the carrier has no room for stays in the store and comes up again
 * on the next round: memory does not grow with the queue, and a long queue for one host is stepped
 * over, not waited for. What expires in it is found all the same.
 */
final class Schedule implements Runnable {
  private static final int PIECE = 500;
  private static final Duration QUIET = Duration.ofSeconds(1);
  private static final Duration BUSY = Duration.ofMillis(20);

  private final Surroundings with;
  private final Shards shards;
  private final Carrier carrier;
  private final ExpiryWalk expiries;
  private final ClockWatch clock;
  private final Commands commands;
  private final Map<QueueShard, Swept> swept = new HashMap<>();
  private final Map<QueueShard, byte[]> cursors = new HashMap<>();

  Schedule(Surroundings with, Shards shards, Carrier carrier, ClockWatch clock, Commands commands) {
    this.with = with;
    this.shards = shards;
    this.carrier = carrier;
    this.expiries = new ExpiryWalk(with, carrier);
    this.clock = clock;
    this.commands = commands;
  }

  /** Until interrupted. */
  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        with.time().pause(round() ? BUSY : QUIET);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the queue closes
    }
  }

  /** Looks once at a piece of every shard; true if there is more. */
  boolean round() {
    clock.look();
    Instant now = with.time().now();
    boolean more = false;
    for (QueueShard shard : shards.all()) {
      more |= round(shard, now);
    }
    return more;
  }

  /** A store in trouble or a damaged row is noted, and no other shard's concern. */
  private boolean round(QueueShard shard, Instant now) {
    try {
      Swept before = swept.computeIfAbsent(shard, s -> new Swept());
      boolean more = piece(shard, before, now);
      more |= expiries.round(shard, before.begin(now), now);
      tooFarAhead(shard, now);
      return more;
    } catch (RuntimeException e) {
      with.journey().note(new Event.Fault("schedule", e.toString()));
      return false;
    }
  }

  private boolean piece(QueueShard shard, Swept before, Instant now) {
    byte[] within = cursors.get(shard);
    byte[] from = within == null ? before.begin(now) : within;
    byte[] to = Keys.dueFrom(now.plusMillis(1));
    if (Arrays.compareUnsigned(from, to) >= 0) {
      cursors.remove(shard);
      return false;
    }
    List<QueueShard.Due> due = shard.due(from, to, PIECE);
    if (within == null) {
      before.found(due.stream().findFirst().map(QueueShard.Due::key), now);
    }
    due.forEach(this::bring);
    boolean more = due.size() == PIECE;
    if (more) {
      cursors.put(shard, Keys.after(due.getLast().key()));
    } else {
      cursors.remove(shard);
    }
    return more;
  }

  /** Rows beyond the longest pause: the clock went back after they were written. */
  private void tooFarAhead(QueueShard shard, Instant now) {
    byte[] from = Keys.dueFrom(now.plus(with.settings().retry().furthest()).plusSeconds(60));
    shard
        .due(from, Keys.kind('e'), PIECE)
        .forEach(due -> carrier.guarded(due.id(), commands::bringForward));
  }

  private void bring(QueueShard.Due due) {
    if (due.lane().isEmpty() || carrier.hasRoom(new Lane(due.lane()))) {
      carrier.look(due.id());
    }
  }
}

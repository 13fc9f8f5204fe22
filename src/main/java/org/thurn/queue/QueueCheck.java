package org.thurn.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Ids;
import org.thurn.journey.QueueId;
import org.thurn.store.BodyId;
import org.thurn.store.Findings;
import org.thurn.store.Partition;
import org.thurn.store.PartitionReport;
import org.thurn.store.RoomCheck;
import org.thurn.store.StoreView;

/** Checks the queue's shards; docs/queue.md has the table of their rows. */
public final class QueueCheck implements RoomCheck {
  /** A ledger row may be past its retention while its message, held by a person, still waits. */
  private static final Duration LEDGER = Duration.ofDays(29);

  private static final int SHARDS = 1_000;

  private final Instant ledgerSince;

  /**
   * @param now the wall clock
   */
  public QueueCheck(Instant now) {
    ledgerSince = now.minus(LEDGER);
  }

  @Override
  public String kind() {
    return QueueShard.KIND;
  }

  @Override
  public void check(StoreView view, Partition partition, Findings to) {
    new ShardCheck(view, partition, ledgerSince, new PartitionReport(partition, to)).run();
  }

  @Override
  public Optional<String> holders() {
    return Optional.of(ShardRows.HOLDER);
  }

  /** A message may lie in any shard: a notification is where the message is that caused it. */
  @Override
  public void checkHolder(StoreView view, BodyId body, String holder, Findings to) {
    String text = holder.substring(ShardRows.HOLDER.length());
    int found = 0;
    if (Ids.wellFormed(text)) {
      List<String> shards = view.partitions(QueueShard.KIND, "", SHARDS);
      for (String shard : shards) {
        found += names(view, new Partition(QueueShard.KIND, shard), new QueueId(text), body);
      }
    }
    PartitionReport report = new PartitionReport(new Partition(QueueShard.KIND, "*"), to);
    if (found == 0) {
      report.stray(body.text() + " " + holder, "a holder without a message");
    } else if (found > 1) {
      report.differs("m " + text, "the message is in " + found + " shards");
    }
  }

  /** 1 if the shard has the message with this body. */
  private static int names(StoreView view, Partition shard, QueueId id, BodyId body) {
    return view.read(shard)
        .get(Keys.message(id))
        .filter(row -> body(id, row).filter(body::equals).isPresent())
        .map(row -> 1)
        .orElse(0);
  }

  private static Optional<BodyId> body(QueueId id, byte[] row) {
    try {
      return Optional.of(EntryCodec.message(id, row, List.of()).body());
    } catch (RuntimeException e) {
      return Optional.empty(); // the shard's own check says so
    }
  }
}

package org.thurn.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thurn.journey.QueueId;
import org.thurn.store.Snapshot;

/**
 * The queue at one moment, a page of it to be read. Each shard may hold the whole page, so which
 * messages are on it is found by their own rows; only then the recipients are read, and those of
 * one shard's messages, which are neighbours, at once.
 */
final class QueuePage implements AutoCloseable {
  private final List<Snapshot> snapshots = new ArrayList<>();

  QueuePage(Shards shards) {
    shards.all().forEach(shard -> snapshots.add(shard.read()));
  }

  private record Found(int shard, Snapshot.Pair row) {
    QueueId id() {
      return Keys.id(row.key());
    }
  }

  /** The first messages whose keys are not before {@code from}, oldest first. */
  List<QueueEntry> entries(byte[] from, int limit) {
    Map<Integer, List<Snapshot.Pair>> page =
        IntStream.range(0, snapshots.size())
            .boxed()
            .flatMap(shard -> found(shard, from, limit))
            .sorted(Comparator.comparing(Found::id))
            .limit(limit)
            .collect(
                Collectors.groupingBy(
                    Found::shard, Collectors.mapping(Found::row, Collectors.toList())));
    List<QueueEntry> entries = new ArrayList<>();
    page.forEach((shard, rows) -> entries.addAll(QueueShard.load(snapshots.get(shard), rows)));
    entries.sort(Comparator.comparing(QueueEntry::id));
    return entries;
  }

  private Stream<Found> found(int shard, byte[] from, int limit) {
    return snapshots.get(shard).scan(from, Keys.kind('n'), limit).stream()
        .map(row -> new Found(shard, row));
  }

  @Override
  public void close() {
    snapshots.forEach(Snapshot::close);
  }
}

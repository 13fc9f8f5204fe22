package org.thurn.store.rocksdb;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.thurn.store.BodyId;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot;
import org.thurn.store.StoreView;

/** What was durable when it was made. RocksDB holds nothing else, so one snapshot shows it. */
final class RocksView implements StoreView {
  private final Database database;
  private final Database.View view;

  RocksView(Database database) {
    this.database = database;
    this.view = database.view();
  }

  Optional<byte[]> get(Family family, byte[] key) {
    return database.get(view, family, key);
  }

  List<Snapshot.Pair> scan(Family family, byte[] from, byte[] to, int limit) {
    return database.scan(view, family, from, to, limit, false);
  }

  List<Snapshot.Pair> leap(Family family, byte[] from, byte[] to, int limit, Database.Leap leap) {
    return database.leap(view, family, from, to, limit, leap);
  }

  List<Snapshot.Pair> heads(byte[] from, int limit) {
    return database.heads(view, from, limit);
  }

  @Override
  public Snapshot read(Partition partition) {
    byte[] prefix = Keys.prefix(partition);
    return new Snapshot() {
      @Override
      public Optional<byte[]> get(byte[] key) {
        return database.get(view, Family.ROWS, Keys.join(prefix, key));
      }

      @Override
      public List<Pair> scan(byte[] from, byte[] to, int limit, boolean reverse) {
        return Scan.of(database, view, prefix, from, to, limit, reverse);
      }

      @Override
      public void close() {
        // the whole view is closed instead
      }
    };
  }

  @Override
  public List<String> partitions(String kind, String after, int limit) {
    return Keys.partitions(kind, after, (from, to) -> scan(Family.PARTITIONS, from, to, limit));
  }

  @Override
  public boolean holds(BodyId body, String holder) {
    return get(Family.HOLDERS, Keys.holder(body, holder)).isPresent();
  }

  @Override
  public OptionalLong size(BodyId body) {
    Optional<byte[]> head = get(Family.BODIES, Keys.body(body));
    return head.isPresent() && BodyHead.isReadable(head.get())
        ? OptionalLong.of(BodyHead.of(head.get()).size())
        : OptionalLong.empty();
  }

  @Override
  public void close() {
    view.close();
  }
}

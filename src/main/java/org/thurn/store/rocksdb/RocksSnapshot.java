package org.thurn.store.rocksdb;

import java.util.List;
import java.util.Optional;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot;

/** What of a partition was durable when it was made. */
final class RocksSnapshot implements Snapshot {
  private final Database database;
  private final Readers readers;
  private final byte[] prefix;
  private final Database.View view;

  RocksSnapshot(Database database, Readers readers, Partition partition) {
    this.database = database;
    this.readers = readers;
    this.prefix = Keys.prefix(partition);
    this.view = database.view();
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    byte[] full = Keys.join(prefix, key);
    return readers.call(() -> database.get(view, Family.ROWS, full));
  }

  @Override
  public List<Pair> scan(byte[] from, byte[] to, int limit, boolean reverse) {
    return readers.call(() -> Scan.of(database, view, prefix, from, to, limit, reverse));
  }

  @Override
  public void close() {
    view.close();
  }
}

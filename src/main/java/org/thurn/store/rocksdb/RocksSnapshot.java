package org.thurn.store.rocksdb;

import java.util.List;
import java.util.Optional;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot;

/** What of a partition was durable when it was made. */
final class RocksSnapshot implements Snapshot {
  private final Database database;
  private final Readers readers;
  private final Lookup lookup;
  private final byte[] prefix;
  private final Database.View view;

  RocksSnapshot(Database database, Readers readers, Lookup lookup, Partition partition) {
    this.database = database;
    this.readers = readers;
    this.lookup = lookup;
    this.prefix = Keys.prefix(partition);
    this.view = database.view();
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    return lookup.get(view, Family.ROWS, Keys.join(prefix, key));
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

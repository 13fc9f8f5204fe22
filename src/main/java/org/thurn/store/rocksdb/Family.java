package org.thurn.store.rocksdb;

import java.nio.charset.StandardCharsets;
import org.rocksdb.RocksDB;

/** The column families. Their names are on the disk. */
enum Family {
  /** Partition prefix and key, to value; and the engine's own rows, which begin with 0. */
  ROWS(new String(RocksDB.DEFAULT_COLUMN_FAMILY, StandardCharsets.US_ASCII)),
  /** Kind, 0, id: to the partition's version. */
  PARTITIONS("partitions"),
  /** Body id to {@link BodyHead}; body id and 1 to the octets, unless they are a file. */
  BODIES("bodies"),
  /** Body id and holder, to nothing. */
  HOLDERS("holders"),
  /** Hour, partition prefix, operation id: to nothing. Of updates that have a name. */
  OPERATIONS("operations");

  private final String text;

  Family(String text) {
    this.text = text;
  }

  byte[] utf8() {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

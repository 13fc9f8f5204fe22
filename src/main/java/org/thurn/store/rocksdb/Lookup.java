package org.thurn.store.rocksdb;

import java.util.Optional;

/**
 * Reads single rows. What memory knows (rows written lately, cached blocks) is read at once on the
 * caller's thread; only what needs the disk goes through the {@link Readers}, since handing work to
 * another thread and back costs more than most reads.
 */
final class Lookup {
  private final Database database;
  private final Readers readers;

  Lookup(Database database, Readers readers) {
    this.database = database;
    this.readers = readers;
  }

  /** The durable value of a key now. */
  Optional<byte[]> get(Family family, byte[] key) {
    Database.Peeked peeked = database.peek(family, key);
    return peeked.known()
        ? Optional.ofNullable(peeked.value())
        : readers.call(() -> database.get(family, key));
  }

  /** The value of a key as the view has it. */
  Optional<byte[]> get(Database.View view, Family family, byte[] key) {
    Database.Peeked peeked = database.peek(view, family, key);
    return peeked.known()
        ? Optional.ofNullable(peeked.value())
        : readers.call(() -> database.get(view, family, key));
  }
}

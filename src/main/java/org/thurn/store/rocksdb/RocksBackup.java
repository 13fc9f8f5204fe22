package org.thurn.store.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.thurn.store.BodyId;
import org.thurn.store.Snapshot;

/**
 * The files of an open store at one durable moment, as links in a directory of the same file
 * system: quick, and without room. Nothing is copied but what RocksDB still writes to.
 */
final class RocksBackup {
  private static final int PAGE = 1000;

  private final Database database;
  private final Spool spool;
  private final RocksBudget budget;

  RocksBackup(Database database, Spool spool, RocksBudget budget) {
    this.database = database;
    this.spool = spool;
    this.budget = budget;
  }

  /** Fills {@code into}, which is there and empty. No body may be collected meanwhile. */
  void link(Path into) throws IOException {
    RocksFiles rows = RocksFiles.of(into, budget);
    database.checkpoint(rows.directory());
    Path bodies = Spool.placeIn(into);
    Files.createDirectory(bodies);
    try (Database copy = new Database(rows.forReading())) {
      byte[] from = {};
      List<Snapshot.Pair> heads;
      do {
        heads = copy.heads(null, from, PAGE);
        for (Snapshot.Pair head : heads) {
          if (BodyHead.isReadable(head.value()) && BodyHead.of(head.value()).spooled()) {
            link(bodies, Keys.bodyOf(head.key()));
          }
        }
        from = heads.isEmpty() ? from : Keys.afterBody(heads.getLast().key());
      } while (heads.size() == PAGE);
    }
  }

  /** Such a file is never written again once it is in its place. */
  private void link(Path bodies, BodyId id) throws IOException {
    Files.createLink(bodies.resolve(id.text()), spool.file(id));
  }
}

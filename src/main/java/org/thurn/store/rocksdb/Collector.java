package org.thurn.store.rocksdb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.rocksdb.RocksDBException;
import org.thurn.store.BodyId;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.StoreException;

/**
 * Removes bodies that nobody holds, and files that no row names. It looks at bodies that lost a
 * holder, a handful at a time on the committer's thread: there, whatever was submitted before is
 * readable and whatever comes later is refused if it would hold what goes.
 */
final class Collector {
  private static final int HANDFUL = 128;

  private final Database database;
  private final Committer committer;
  private final Readers readers;
  private final Spool spool;

  Collector(Database database, Committer committer, Readers readers, Spool spool) {
    this.database = database;
    this.committer = committer;
    this.readers = readers;
    this.spool = spool;
  }

  /** How many bodies went. */
  int collect() {
    int gone = 0;
    byte[] from = {0, 'r'};
    byte[] to = {0, 'r' + 1};
    List<Pair> marks = marks(from, to);
    while (!marks.isEmpty()) {
      gone += collect(marks);
      from = Keys.join(marks.getLast().key(), new byte[1]);
      marks = marks(from, to);
    }
    readers.call(this::dropFiles);
    return gone;
  }

  private List<Pair> marks(byte[] from, byte[] to) {
    return readers.call(() -> database.scan(null, Family.ROWS, from, to, HANDFUL, false));
  }

  private int collect(List<Pair> marks) {
    Set<BodyId> gone = new HashSet<>();
    committer.between(
        () -> {
          Set<BodyId> unheld = new HashSet<>();
          List<Row> rows = new ArrayList<>();
          for (Pair mark : marks) {
            BodyId id = bodyOf(mark);
            if (isHeld(id)) {
              rows.add(new Row(Family.ROWS, mark.key(), null)); // its next release marks it again
            } else {
              unheld.add(id);
            }
          }
          gone.addAll(committer.condemn(unheld));
          for (BodyId id : gone) {
            rows.add(new Row(Family.BODIES, Keys.body(id), null));
            rows.add(new Row(Family.BODIES, Keys.octets(id), null));
            rows.add(new Row(Family.ROWS, Keys.released(id), null));
          }
          write(rows);
        });
    return gone.size();
  }

  private static BodyId bodyOf(Pair mark) {
    return new BodyId(
        HexFormat.of().formatHex(Arrays.copyOfRange(mark.key(), 2, mark.key().length)));
  }

  private boolean isHeld(BodyId id) {
    byte[] first = Keys.body(id);
    return !database.scan(null, Family.HOLDERS, first, Keys.after(first), 1, false).isEmpty();
  }

  private void write(List<Row> rows) {
    try {
      database.write(rows);
    } catch (RocksDBException e) {
      throw Database.failure(e);
    }
  }

  /** Files of collected bodies, and those that a crash left before their commit. */
  private boolean dropFiles() {
    for (BodyId id : spool.settled()) {
      if (database.get(Family.BODIES, Keys.body(id)).isEmpty()) {
        try {
          spool.drop(id);
        } catch (IOException e) {
          throw new StoreException(StoreException.Kind.FAILED, "cannot delete " + id.text(), e);
        }
      }
    }
    return true;
  }
}

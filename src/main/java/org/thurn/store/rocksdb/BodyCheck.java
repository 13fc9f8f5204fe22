package org.thurn.store.rocksdb;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.thurn.store.BodyId;
import org.thurn.store.Finding;
import org.thurn.store.Finding.Kind;
import org.thurn.store.Findings;
import org.thurn.store.RoomCheck;
import org.thurn.store.Snapshot;

/**
 * Checks bodies against their holders, at one version, and their octets against what is known of
 * them. Bodies never change: one that looks wrong may only have been collected meanwhile, so it is
 * looked for again before anything is said.
 */
final class BodyCheck {
  private static final int PAGE = 1000;
  private static final int BUFFER = 1 << 16;
  private static final String WHERE = "bodies";

  private final Database database;
  private final BodyFiles files;
  private final Findings to;

  BodyCheck(Database database, BodyFiles files, Findings to) {
    this.database = database;
    this.files = files;
    this.to = to;
  }

  /** Every body has a holder, every holder a body and a row that needs it, every file a body. */
  void holders(RocksView view, Collection<RoomCheck> rooms) throws IOException {
    HolderWalk holders = new HolderWalk(view, rooms, to);
    byte[] from = {};
    List<Snapshot.Pair> heads;
    do {
      heads = view.heads(from, PAGE);
      for (Snapshot.Pair head : heads) {
        to.looked(1, 0);
        if (isHead(head)) {
          body(view, head, holders);
        }
      }
      from = heads.isEmpty() ? Keys.BEHIND_BODIES : Keys.afterBody(heads.getLast().key());
    } while (heads.size() == PAGE);
    holders.rest();
    files.strays(this::exists, to);
  }

  private boolean isHead(Snapshot.Pair head) {
    if (head.key().length == Keys.BODY) {
      return true;
    }
    to.found(new Finding(WHERE, Finding.shown(head.key()), Kind.STRAY, "octets of no body"));
    return false;
  }

  private void body(RocksView view, Snapshot.Pair row, HolderWalk holders) throws IOException {
    BodyId id = Keys.bodyOf(row.key());
    boolean held = holders.of(id);
    if (!held && view.get(Family.ROWS, Keys.released(id)).isEmpty()) {
      found(id, Kind.STRAY, "nobody holds it, and the collector does not know");
    }
    if (!BodyHead.isReadable(row.value())) {
      found(id, Kind.UNREADABLE, "what is known of it cannot be read");
      return;
    }
    BodyHead head = BodyHead.of(row.value());
    if (head.spooled()) {
      OptionalLong length = files.length(id);
      if (length.isEmpty() && exists(id)) {
        found(id, Kind.MISSING, "its file is not there");
      } else if (length.isPresent() && length.getAsLong() != head.size()) {
        found(id, Kind.DIFFERS, length.getAsLong() + " octets of " + head.size() + " in its file");
      }
    }
  }

  private boolean exists(BodyId id) {
    return database.get(Family.BODIES, Keys.body(id)).isPresent();
  }

  private void found(BodyId id, Kind kind, String words) {
    to.found(new Finding(WHERE, id.text(), kind, words));
  }

  /** Reads every body and compares its length and SHA-256. */
  void octets() throws IOException {
    byte[] from = {};
    List<Snapshot.Pair> heads;
    do {
      heads = database.heads(null, from, PAGE);
      for (Snapshot.Pair head : heads) {
        if (head.key().length == Keys.BODY && BodyHead.isReadable(head.value())) {
          octets(Keys.bodyOf(head.key()), BodyHead.of(head.value()));
        }
      }
      from = heads.isEmpty() ? Keys.BEHIND_BODIES : Keys.afterBody(heads.getLast().key());
    } while (heads.size() == PAGE);
  }

  private void octets(BodyId id, BodyHead head) throws IOException {
    Optional<Hashed> read = head.spooled() ? inFile(id) : inRow(id);
    to.looked(1, read.map(Hashed::size).orElse(0L));
    if (read.isEmpty()) {
      if (!head.spooled() && exists(id)) { // of a file that lacks holders() has spoken
        found(id, Kind.MISSING, "its octets are not there");
      }
    } else if (read.get().size() != head.size()) {
      found(id, Kind.DIFFERS, read.get().size() + " octets of " + head.size());
    } else if (!read.get().sha256().equals(head.sha256())) {
      found(id, Kind.DIFFERS, "its SHA-256 is " + read.get().sha256() + ", not " + head.sha256());
    }
  }

  private record Hashed(long size, String sha256) {}

  private Optional<Hashed> inRow(BodyId id) {
    return database
        .get(Family.BODIES, Keys.octets(id))
        .map(
            octets -> new Hashed(octets.length, HexFormat.of().formatHex(sha256().digest(octets))));
  }

  private Optional<Hashed> inFile(BodyId id) throws IOException {
    try (InputStream in = Files.newInputStream(files.file(id))) {
      MessageDigest digest = sha256();
      byte[] buffer = new byte[BUFFER];
      long size = 0;
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        size += read;
      }
      return Optional.of(new Hashed(size, HexFormat.of().formatHex(digest.digest())));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}

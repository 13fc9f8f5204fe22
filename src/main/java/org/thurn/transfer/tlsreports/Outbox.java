package org.thurn.transfer.tlsreports;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.store.Durability;
import org.thurn.store.KeptTotal;
import org.thurn.store.Partition;
import org.thurn.store.RowOctets;
import org.thurn.store.RowWalk;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.Store;
import org.thurn.store.Txn;

/**
 * The reports that wait to be posted, in the store. {@code o} is one that waits, {@code b} what it
 * posts, {@code t} the total.
 */
final class Outbox {
  static final String KIND = "tls-outbox";
  static final Partition PARTITION = new Partition(KIND, "all");
  static final byte[] TOTAL = {'t'};

  /** Reports that wait: of all domains of a day, if no web server answers. */
  static final int MAX_POSTS = 10_000;

  /** Octets that they post. */
  static final long MAX_OCTETS = 64 << 20;

  private static final int PAGE = 500;

  private final Store store;

  Outbox(Store store) {
    this.store = store;
  }

  static byte[] key(char kind, PendingPost post) {
    byte[] uri = post.to().toString().getBytes(StandardCharsets.UTF_8);
    return RowOctets.key(
        out -> {
          out.writeByte(kind);
          out.writeInt(Math.toIntExact(post.day()));
          out.writeBytes(post.domain());
          out.writeByte(0);
          out.writeInt(post.number());
          out.write(RowOctets.digest(uri, 16));
        });
  }

  private static byte[] of(PendingPost post) {
    return RowOctets.value(
        out -> {
          out.writeLong(post.day());
          out.writeUTF(post.domain());
          out.writeUTF(post.to().toString());
          out.writeInt(post.number());
          out.writeInt(post.attempts());
          out.writeLong(post.next().getEpochSecond());
        });
  }

  static PendingPost post(byte[] row) {
    return RowOctets.read(
        row,
        in ->
            new PendingPost(
                in.readLong(),
                in.readUTF(),
                uri(in.readUTF()),
                in.readInt(),
                in.readInt(),
                Instant.ofEpochSecond(in.readLong())));
  }

  private static URI uri(String text) throws IOException {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IOException("no URI", e);
    }
  }

  /** Durable when this returns; false if there is no room. One that waits already is replaced. */
  boolean put(PendingPost post, byte[] packed) {
    return store
        .update(
            PARTITION,
            Durability.SYNCED,
            txn -> {
              KeptTotal total = without(txn, post);
              boolean room =
                  total.items() < MAX_POSTS && total.octets() + packed.length <= MAX_OCTETS;
              if (room) {
                total = total.plus(1, packed.length);
                txn.put(key('o', post), of(post));
                txn.put(key('b', post), packed);
              }
              txn.put(TOTAL, total.row());
              return room;
            })
        .value();
  }

  /** Removes it, if it is there. */
  private static KeptTotal without(Txn txn, PendingPost post) {
    KeptTotal total = KeptTotal.in(txn, TOTAL);
    Optional<byte[]> body = txn.get(key('b', post));
    if (body.isEmpty()) {
      return total;
    }
    txn.delete(key('o', post));
    txn.delete(key('b', post));
    return total.plus(-1, -body.get().length);
  }

  /** It was posted, or never will be. */
  void remove(PendingPost post) {
    store.update(
        PARTITION,
        Durability.SYNCED,
        txn -> {
          KeptTotal total = without(txn, post);
          txn.put(TOTAL, total.row());
          return total;
        });
  }

  /** It waits for its next attempt. */
  void postpone(PendingPost later) {
    store.update(
        PARTITION,
        Durability.SYNCED,
        txn -> {
          txn.put(key('o', later), of(later));
          return later;
        });
  }

  /** What it posts; empty if it does not wait any more. */
  Optional<byte[]> packed(PendingPost post) {
    try (Snapshot rows = store.read(PARTITION)) {
      return rows.get(key('b', post));
    }
  }

  /** All that wait, by day and domain. */
  List<PendingPost> all() {
    List<PendingPost> all = new ArrayList<>();
    try (Snapshot rows = store.read(PARTITION)) {
      RowWalk walk = new RowWalk(rows, new byte[] {'o'}, new byte[] {'o' + 1}, PAGE);
      while (walk.hasNext()) {
        Pair pair = walk.next();
        all.add(post(pair.value()));
      }
    }
    return all;
  }
}

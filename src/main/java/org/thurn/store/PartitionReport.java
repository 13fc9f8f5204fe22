package org.thurn.store;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.thurn.store.Finding.Kind;

/** What a check says of one partition. */
public final class PartitionReport {
  private static final int PAGE = 1000;

  private final String where;
  private final Findings to;

  public PartitionReport(Partition partition, Findings to) {
    this.where = partition.kind() + "/" + partition.id();
    this.to = to;
  }

  /** One more row was looked at. */
  public void looked() {
    to.looked(1, 0);
  }

  public void missing(String key, String words) {
    to.found(new Finding(where, key, Kind.MISSING, words));
  }

  public void stray(String key, String words) {
    to.found(new Finding(where, key, Kind.STRAY, words));
  }

  public void differs(String key, String words) {
    to.found(new Finding(where, key, Kind.DIFFERS, words));
  }

  public void unreadable(String key, String words) {
    to.found(new Finding(where, key, Kind.UNREADABLE, words));
  }

  /** {@code what} is {@code kept} by a counter and {@code found} by counting. */
  public void count(String key, String what, long kept, long found) {
    if (kept != found) {
      to.found(
          new Finding(where, key, Kind.COUNT, what + " is " + kept + ", " + found + " counted"));
    }
  }

  /**
   * A room's own total, which must be what was counted.
   *
   * @param what its items are called
   */
  public void total(Snapshot snapshot, byte[] row, String what, KeptTotal counted) {
    String key = Finding.shown(row);
    KeptTotal kept =
        snapshot
            .get(row)
            .flatMap(octets -> read(key, () -> KeptTotal.of(octets)))
            .orElse(KeptTotal.NONE);
    count(key, what, kept.items(), counted.items());
    count(key, "octets", kept.octets(), counted.octets());
  }

  /**
   * Decodes a row; one that cannot be is noted. Octets that nobody here wrote can be wrong in any
   * way, so whatever comes out of {@code decode} is such a finding: it must do nothing else.
   */
  public <T> Optional<T> read(String key, Supplier<T> decode) {
    try {
      return Optional.of(decode.get());
    } catch (RuntimeException e) {
      unreadable(key, e.getClass().getSimpleName() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Looks at every row whose key begins with the letter. */
  public void each(Snapshot snapshot, char letter, Consumer<Snapshot.Pair> row) {
    byte[] from = {(byte) letter};
    byte[] to = {(byte) (letter + 1)};
    new RowWalk(snapshot, from, to, PAGE)
        .forEachRemaining(
            pair -> {
              looked();
              row.accept(pair);
            });
  }

  /**
   * Notes the rows whose key does not begin with one of {@code letters}.
   *
   * @param letters ASCII, in their order
   */
  public void onlyKinds(Snapshot snapshot, String letters) {
    byte[] from = {};
    for (byte letter : letters.getBytes(StandardCharsets.US_ASCII)) {
      strays(snapshot, from, new byte[] {letter});
      from = new byte[] {(byte) (letter + 1)};
    }
    strays(snapshot, from, new byte[] {(byte) 0xff});
  }

  private void strays(Snapshot snapshot, byte[] from, byte[] to) {
    strays(snapshot, from, to, "a row of no known kind");
  }

  /** Notes every row of the range. */
  public void strays(Snapshot snapshot, byte[] from, byte[] to, String words) {
    new RowWalk(snapshot, from, to, PAGE)
        .forEachRemaining(pair -> stray(Finding.shown(pair.key()), words));
  }
}

package org.thurn.store.rocksdb;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.thurn.store.Snapshot.Pair;

/** A scan within one partition: keys without its prefix. */
final class Scan {
  private Scan() {}

  static List<Pair> of(
      Database database,
      Database.@Nullable View view,
      byte[] prefix,
      byte[] from,
      byte[] to,
      int limit,
      boolean reverse) {
    if (Arrays.compareUnsigned(from, to) >= 0 || limit <= 0) {
      return List.of();
    }
    List<Pair> pairs =
        database.scan(
            view, Family.ROWS, Keys.join(prefix, from), Keys.join(prefix, to), limit, reverse);
    pairs.replaceAll(
        pair ->
            new Pair(
                Arrays.copyOfRange(pair.key(), prefix.length, pair.key().length), pair.value()));
    return pairs;
  }
}

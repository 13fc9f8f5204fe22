package org.thurn.mailbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.Txn;

/** Where rows are read: what is durable, or an update's own view. */
interface Rows {
  /** Pairs a scan asks for at a time. */
  int PAGE = 5000;

  Optional<byte[]> get(byte[] key);

  List<Pair> scan(byte[] from, byte[] to, int limit);

  static Rows of(Snapshot snapshot) {
    return new Rows() {
      @Override
      public Optional<byte[]> get(byte[] key) {
        return snapshot.get(key);
      }

      @Override
      public List<Pair> scan(byte[] from, byte[] to, int limit) {
        return snapshot.scan(from, to, limit);
      }
    };
  }

  static Rows of(Txn txn) {
    return new Rows() {
      @Override
      public Optional<byte[]> get(byte[] key) {
        return txn.get(key);
      }

      @Override
      public List<Pair> scan(byte[] from, byte[] to, int limit) {
        return txn.scan(from, to, limit, false);
      }
    };
  }

  /** All pairs with {@code from <= key < to}, a page at a time. */
  default void each(byte[] from, byte[] to, Consumer<Pair> action) {
    byte[] at = from;
    List<Pair> page;
    do {
      page = scan(at, to, PAGE);
      page.forEach(action);
      at = page.isEmpty() ? to : RowKey.next(page.getLast().key());
    } while (page.size() == PAGE);
  }

  /** All pairs whose key begins with {@code prefix}. */
  default void each(byte[] prefix, Consumer<Pair> action) {
    each(prefix, RowKey.after(prefix), action);
  }

  /** Those of {@code keys} that are there, in key order: by scans where they lie close together. */
  default List<Pair> many(List<byte[]> keys) {
    List<byte[]> sorted = new ArrayList<>(keys);
    sorted.sort(Arrays::compareUnsigned);
    List<Pair> found = new ArrayList<>();
    for (int at = 0; at < sorted.size(); at += 256) {
      found.addAll(close(sorted.subList(at, Math.min(at + 256, sorted.size()))));
    }
    return found;
  }

  private List<Pair> close(List<byte[]> keys) {
    List<Pair> found = new ArrayList<>();
    int enough = keys.size() * 4;
    List<Pair> scanned =
        keys.size() < 4 ? List.of() : scan(keys.getFirst(), RowKey.next(keys.getLast()), enough);
    boolean whole = keys.size() >= 4 && scanned.size() < enough;
    Map<byte[], byte[]> known = new TreeMap<>(Arrays::compareUnsigned);
    scanned.forEach(pair -> known.put(pair.key(), pair.value()));
    for (byte[] key : keys) {
      byte[] value = known.get(key);
      if (value == null && !whole) {
        value = get(key).orElse(null);
      }
      if (value != null) {
        found.add(new Pair(key, value));
      }
    }
    return found;
  }
}

package org.thurn.store;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The pairs of a range in key order, a page in memory at a time. */
public final class RowWalk implements Iterator<Snapshot.Pair> {
  private final Snapshot snapshot;
  private final byte[] to;
  private final int size;
  private List<Snapshot.Pair> page;
  private int at;

  /**
   * The pairs with {@code from <= key < to}.
   *
   * @param size pairs of a page: few where values are long
   */
  public RowWalk(Snapshot snapshot, byte[] from, byte[] to, int size) {
    this.snapshot = snapshot;
    this.to = to.clone();
    this.size = size;
    page = snapshot.scan(from, to, size);
  }

  @Override
  public boolean hasNext() {
    if (at == page.size() && page.size() == size) {
      byte[] last = page.getLast().key();
      page = snapshot.scan(Arrays.copyOf(last, last.length + 1), to, size);
      at = 0;
    }
    return at < page.size();
  }

  /** The next one, which stays the next. */
  public Snapshot.Pair peek() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.get(at);
  }

  @Override
  public Snapshot.Pair next() {
    Snapshot.Pair next = peek();
    at++;
    return next;
  }
}

package org.thurn.mailbox;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A set of UIDs as ranges, in order, neither touching nor overlapping. {@link #toString} is {@code
 * uid-set} of RFC 9051 §9.
 */
public record UidSet(List<Range> ranges) {
  public static final long MAX = 0xffff_ffffL;
  public static final UidSet NONE = new UidSet(List.of());
  public static final UidSet ALL = range(1, MAX);

  public UidSet {
    List<Range> sorted = new ArrayList<>(ranges);
    sorted.sort((a, b) -> Long.compare(a.first, b.first));
    List<Range> merged = new ArrayList<>();
    for (Range range : sorted) {
      Range last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && range.first <= last.last + 1) {
        merged.set(merged.size() - 1, new Range(last.first, Math.max(last.last, range.last)));
      } else {
        merged.add(range);
      }
    }
    ranges = List.copyOf(merged);
  }

  public static UidSet of(long... uids) {
    return new UidSet(Arrays.stream(uids).mapToObj(uid -> new Range(uid, uid)).toList());
  }

  public static UidSet of(Collection<Long> uids) {
    return new UidSet(uids.stream().map(uid -> new Range(uid, uid)).toList());
  }

  /** Both ends included, in either order. */
  public static UidSet range(long one, long other) {
    return new UidSet(List.of(new Range(Math.min(one, other), Math.max(one, other))));
  }

  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  public boolean contains(long uid) {
    return ranges.stream().anyMatch(range -> range.first <= uid && uid <= range.last);
  }

  /**
   * The highest.
   *
   * @throws java.util.NoSuchElementException if there is none
   */
  public long last() {
    return ranges.getLast().last;
  }

  /** Those that are higher than {@code uid}. */
  public UidSet after(long uid) {
    List<Range> rest = new ArrayList<>();
    for (Range range : ranges) {
      if (range.last > uid) {
        rest.add(new Range(Math.max(range.first, uid + 1), range.last));
      }
    }
    return new UidSet(rest);
  }

  /** How many. */
  public long count() {
    return ranges.stream().mapToLong(range -> range.last - range.first + 1).sum();
  }

  @Override
  public String toString() {
    return String.join(",", ranges.stream().map(Range::toString).toList());
  }

  /** From {@code first} to {@code last}, both included. */
  public record Range(long first, long last) {
    public Range {
      if (first < 1 || last < first || last > MAX) {
        throw new IllegalArgumentException("not a range of UIDs: " + first + ":" + last);
      }
    }

    @Override
    public String toString() {
      return first == last ? "" + first : first + ":" + last;
    }
  }
}

package org.thurn.access.imap.grammar;

import java.util.List;

/**
 * {@code sequence-set} of RFC 9051 §9: ranges of sequence numbers or of UIDs.
 *
 * @param saved whether it is {@code $}, the result of the last SEARCH that saved one; then there
 *     are no ranges
 */
public record SequenceSet(List<Range> ranges, boolean saved) {
  /** {@code *}: the highest number in use. */
  public static final long STAR = 0;

  /** {@code $}. */
  public static final SequenceSet SAVED = new SequenceSet(List.of(), true);

  /** Ranges of one command, at the most. */
  static final int MAX_RANGES = 10_000;

  public SequenceSet {
    ranges = List.copyOf(ranges);
  }

  /** Both ends included, in either order; an end may be {@link #STAR}. */
  public record Range(long one, long other) {
    /** The lower end, once {@code star} is known. */
    public long first(long star) {
      return Math.min(one == STAR ? star : one, other == STAR ? star : other);
    }

    /** The upper end, once {@code star} is known. */
    public long last(long star) {
      return Math.max(one == STAR ? star : one, other == STAR ? star : other);
    }
  }
}

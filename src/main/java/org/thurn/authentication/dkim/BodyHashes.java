package org.thurn.authentication.dkim;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * The hashes of one body that its signatures want, in one pass: each canonicalization is made once,
 * however many signatures there are. First {@link #want}, then {@link #take}, then {@link #finish}.
 * DKIM and ARC of one message may share it.
 */
public final class BodyHashes {
  private final Set<Canonicalization> wanted = EnumSet.noneOf(Canonicalization.class);
  private final Map<Canonicalization, NavigableSet<Long>> limits =
      new EnumMap<>(Canonicalization.class);
  private final Map<Canonicalization, BodyHasher> hashers = new EnumMap<>(Canonicalization.class);
  private final Map<Canonicalization, byte[]> whole = new EnumMap<>(Canonicalization.class);
  private boolean begun;
  private boolean finished;

  /** What is known of a body. */
  public sealed interface Hash {
    /**
     * A hash.
     *
     * @param octets 32 of them
     * @param covered how many canonical octets it covers
     * @param length how many there are
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by those who know how
    record Of(byte[] octets, long covered, long length) implements Hash {}

    /**
     * {@code l=} says more than there is.
     *
     * @param length how many canonical octets there are
     */
    record Shorter(long length) implements Hash {}
  }

  /**
   * Asks for a hash.
   *
   * @param limit the value of {@code l=}
   */
  public void want(Canonicalization canonicalization, OptionalLong limit) {
    if (begun || finished) {
      throw new IllegalStateException("the body has begun");
    }
    wanted.add(canonicalization);
    limit.ifPresent(l -> limits.computeIfAbsent(canonicalization, c -> new TreeSet<>()).add(l));
  }

  /** Takes the next octets of the body as they are in the message. */
  public void take(byte[] octets, int offset, int count) {
    begin();
    for (BodyHasher hasher : hashers.values()) {
      hasher.take(octets, offset, count);
    }
  }

  private void begin() {
    if (finished) {
      throw new IllegalStateException("the body has ended");
    }
    if (!begun) {
      begun = true;
      for (Canonicalization c : wanted) {
        hashers.put(c, new BodyHasher(c, limits.getOrDefault(c, new TreeSet<>())));
      }
    }
  }

  /** Ends the body; does nothing the second time. */
  public void finish() {
    if (!finished) {
      begin();
      hashers.forEach((c, hasher) -> whole.put(c, hasher.finish()));
      finished = true;
    }
  }

  /** A hash that was wanted, after the end. */
  public Hash hash(Canonicalization canonicalization, OptionalLong limit) {
    BodyHasher hasher = hashers.get(canonicalization);
    byte[] all = whole.get(canonicalization);
    if (hasher == null || all == null) {
      throw new IllegalStateException("not wanted before, or not finished");
    }
    if (limit.isEmpty()) {
      return new Hash.Of(all.clone(), hasher.length(), hasher.length());
    }
    Optional<byte[]> part = hasher.hash(limit.getAsLong());
    return part.isPresent()
        ? new Hash.Of(part.get(), limit.getAsLong(), hasher.length())
        : new Hash.Shorter(hasher.length());
  }
}

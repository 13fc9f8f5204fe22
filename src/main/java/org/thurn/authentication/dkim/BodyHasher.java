package org.thurn.authentication.dkim;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Canonicalizes a body that streams through (RFC 6376 §3.4.3, §3.4.4) and hashes it with SHA-256:
 * whole, and up to each length that some {@code l=} wants, all in one pass. Holds nothing of the
 * body. Only CRLF ends a line; a CR or LF alone is an octet like any other.
 */
public final class BodyHasher {
  private static final byte[] CRLF = {'\r', '\n'};

  private final boolean relaxed;
  private final MessageDigest digest;
  private final NavigableSet<Long> limits;
  private final Map<Long, byte[]> hashes = new HashMap<>();
  private final byte[] out = new byte[4096];
  private int held;
  private long length;
  private long emptyLines;
  private boolean returned;
  private boolean space;
  private boolean lineHasText;

  /**
   * Begins.
   *
   * @param limits the canonical lengths at which a hash is wanted besides the whole's
   */
  public BodyHasher(Canonicalization canonicalization, Collection<Long> limits) {
    this.digest = Sha256.digest();
    this.relaxed = canonicalization == Canonicalization.RELAXED;
    this.limits = new TreeSet<>(limits);
  }

  private BodyHasher(BodyHasher that) {
    relaxed = that.relaxed;
    digest = Sha256.copy(that.digest);
    limits = new TreeSet<>(that.limits);
    hashes.putAll(that.hashes);
    System.arraycopy(that.out, 0, out, 0, that.held);
    held = that.held;
    length = that.length;
    emptyLines = that.emptyLines;
    returned = that.returned;
    space = that.space;
    lineHasText = that.lineHasText;
  }

  /** Another that has taken the same, to see what came of it if the body ended here. */
  BodyHasher copy() {
    return new BodyHasher(this);
  }

  /** Takes the next octets of the body as they are in the message. */
  public void take(byte[] octets, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      byte octet = octets[i];
      if (returned) {
        returned = false;
        if (octet == '\n') {
          endLine();
          continue;
        }
        text((byte) '\r');
      }
      if (octet == '\r') {
        returned = true;
      } else if (relaxed && (octet == ' ' || octet == '\t')) {
        space = true;
      } else {
        text(octet);
      }
    }
  }

  private void text(byte octet) {
    for (; emptyLines > 0; emptyLines--) { // they were not the last ones
      put((byte) '\r');
      put((byte) '\n');
    }
    if (space) {
      space = false;
      put((byte) ' ');
    }
    lineHasText = true;
    put(octet);
  }

  private void endLine() {
    space = false; // white space at a line's end
    if (lineHasText) {
      put((byte) '\r');
      put((byte) '\n');
    } else {
      emptyLines++;
    }
    lineHasText = false;
  }

  private void put(byte octet) {
    if (held == out.length) {
      flush();
    }
    out[held++] = octet;
  }

  private void flush() {
    hash(out, held);
    held = 0;
  }

  private void hash(byte[] octets, int count) {
    int from = 0;
    while (!limits.isEmpty() && limits.first() <= length + count) {
      int to = (int) (limits.first() - length);
      digest.update(octets, from, to - from);
      hashes.put(limits.pollFirst(), Sha256.soFar(digest));
      from = to;
    }
    digest.update(octets, from, count - from);
    length += count;
  }

  /**
   * Ends the body.
   *
   * @return the hash of all of it
   */
  public byte[] finish() {
    if (returned) {
      returned = false;
      text((byte) '\r');
    }
    if (lineHasText) {
      endLine();
    }
    flush();
    // §3.4.3: no body at all is one empty line; §3.4.4: it is nothing
    if (!relaxed && length == 0) {
      hash(CRLF, CRLF.length);
    }
    return digest.digest();
  }

  /** The hash of the first so many canonical octets; empty if the body has fewer. */
  public Optional<byte[]> hash(long limit) {
    return Optional.ofNullable(hashes.get(limit));
  }

  /** The canonical length in octets, once it is finished. */
  public long length() {
    return length;
  }
}

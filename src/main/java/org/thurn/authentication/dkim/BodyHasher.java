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
  private static final byte[] SPACE = {' '};

  /** Octets of a run that is hashed where it stands, and not gathered first. */
  private static final int LONG = 512;

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
    int end = offset + count;
    int at = offset;
    while (at < end) {
      int stop = returned ? at : canonicalUntil(octets, at, end);
      if (stop > at) {
        text(octets, at, stop - at);
        at = stop;
      } else {
        special(octets[at++]);
      }
    }
  }

  /**
   * Where the octets that are canonical as they stand end. Most of a body is: words with a space
   * between them, lines with text before and behind their end. They are hashed in long runs.
   */
  private int canonicalUntil(byte[] octets, int from, int end) {
    int at = from;
    while (at < end) {
      byte octet = octets[at];
      if (octet > ' ') {
        at++;
      } else if (octet == '\r') {
        boolean between =
            at > from && at + 2 < end && octets[at + 1] == '\n' && isText(octets[at + 2]);
        if (!between) {
          return at;
        }
        at += 3;
      } else if (isText(octet)) {
        at++;
      } else {
        // one space; a second before it may be held back
        boolean single = octet == ' ' && at + 1 < end && isText(octets[at + 1]);
        if (!single || (at == from && space)) {
          return at;
        }
        at += 2;
      }
    }
    return at;
  }

  /** Whether it stays what it is wherever it stands. */
  private boolean isText(byte octet) {
    return octet != '\r' && !(relaxed && (octet == ' ' || octet == '\t'));
  }

  /** An octet whose meaning the octets around it decide. */
  private void special(byte octet) {
    if (returned) {
      returned = false;
      if (octet == '\n') {
        endLine();
        return;
      }
      text(CRLF, 0, 1);
    }
    if (octet == '\r') {
      returned = true;
    } else if (isText(octet)) {
      text(new byte[] {octet}, 0, 1);
    } else {
      space = true;
    }
  }

  /** Octets that begin and end with text. */
  private void text(byte[] octets, int offset, int count) {
    for (; emptyLines > 0; emptyLines--) { // they were not the last ones
      put(CRLF, 0, CRLF.length);
    }
    if (space) {
      space = false;
      put(SPACE, 0, SPACE.length);
    }
    lineHasText = true;
    put(octets, offset, count);
  }

  private void endLine() {
    space = false; // white space at a line's end
    if (lineHasText) {
      put(CRLF, 0, CRLF.length);
    } else {
      emptyLines++;
    }
    lineHasText = false;
  }

  /** Short pieces are gathered: each one that the digest takes has its own cost. */
  private void put(byte[] octets, int offset, int count) {
    if (count > out.length - held) {
      flush();
    }
    if (count > LONG) {
      flush();
      hash(octets, offset, count);
    } else {
      System.arraycopy(octets, offset, out, held, count);
      held += count;
    }
  }

  private void flush() {
    hash(out, 0, held);
    held = 0;
  }

  private void hash(byte[] octets, int offset, int count) {
    int from = offset;
    int end = offset + count;
    while (!limits.isEmpty() && limits.first() <= length + (end - from)) {
      int to = from + (int) (limits.first() - length);
      digest.update(octets, from, to - from);
      length += to - from;
      hashes.put(limits.pollFirst(), Sha256.soFar(digest));
      from = to;
    }
    digest.update(octets, from, end - from);
    length += end - from;
  }

  /**
   * Ends the body.
   *
   * @return the hash of all of it
   */
  public byte[] finish() {
    if (returned) {
      returned = false;
      text(CRLF, 0, 1);
    }
    if (lineHasText) {
      endLine();
    }
    flush();
    // §3.4.3: no body at all is one empty line; §3.4.4: it is nothing
    if (!relaxed && length == 0) {
      hash(CRLF, 0, CRLF.length);
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

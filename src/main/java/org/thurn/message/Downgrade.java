package org.thurn.message;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Makes a message fit for a next hop without 8BITMIME or BINARYMIME (RFC 6152 §3, RFC 3030 §3):
 * leaf parts are encoded anew, everything else stays as it is. Bare CR and LF in what is not
 * declared binary are not its matter but {@link LineEndings}'s.
 */
public sealed interface Downgrade {
  /** It can go as it is. */
  enum Unneeded implements Downgrade {
    INSTANCE
  }

  /** It can be converted. */
  record Possible(MimeTree tree, DataClass target) implements Downgrade {
    /** Writes the converted message, streamed; {@code message} is the one that was parsed. */
    public void writeTo(OctetSource message, OutputStream out) throws IOException {
      new DowngradeWriter(message, out, target).write(tree.root());
    }
  }

  /** It cannot: bounce with 5.6.3 (or 5.6.1), never convert. */
  record Impossible(Obstacle obstacle) implements Downgrade {}

  /** Why a message cannot be converted. */
  enum Obstacle {
    /** Within multipart/signed: RFC 1847 §2.1 forbids any change. */
    SIGNED,
    /** Within multipart/encrypted: RFC 1847 §2.2. */
    ENCRYPTED,
    /** The header has octets above 127: needs SMTPUTF8, not 8BITMIME. */
    EIGHT_BIT_HEADER,
    /** The structure is broken or beyond its limits: what is opaque cannot be re-encoded safely. */
    OPAQUE
  }

  /** What it takes to bring the message to {@code target} (SEVEN_BIT or EIGHT_BIT). */
  static Downgrade plan(MimeTree tree, DataClass target) {
    DowngradePlanner planner = new DowngradePlanner(target);
    return planner.plan(tree);
  }
}

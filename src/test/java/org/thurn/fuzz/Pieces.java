package org.thurn.fuzz;

import java.io.ByteArrayInputStream;

/** A stream that gives at most so many octets at a time, as a network may. */
public final class Pieces extends ByteArrayInputStream {
  private final int piece;

  public Pieces(byte[] octets, int piece) {
    super(octets);
    this.piece = piece;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    return super.read(into, offset, Math.min(length, piece));
  }
}

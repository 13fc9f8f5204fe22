package org.thurn.queue;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The ledger's counts of one shard: how many recipients were ever accepted, how many reached each
 * terminal state, and how many ledger rows of each were purged since. One row, changed in the
 * commits that it counts.
 */
final class Counts {
  private static final byte FORMAT = 1;

  private long accepted;
  private final long[] terminal = new long[Terminal.values().length];
  private final long[] purged = new long[Terminal.values().length];

  static Counts decode(byte[] row) {
    Counts counts = new Counts();
    ByteBuffer in = ByteBuffer.wrap(row);
    RowFormatException.check(in.get() == FORMAT, "counts");
    counts.accepted = in.getLong();
    for (int i = 0; i < counts.terminal.length; i++) {
      counts.terminal[i] = in.getLong();
      counts.purged[i] = in.getLong();
    }
    return counts;
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(9 + 16 * terminal.length).put(FORMAT).putLong(accepted);
    for (int i = 0; i < terminal.length; i++) {
      out.putLong(terminal[i]).putLong(purged[i]);
    }
    return out.array();
  }

  void accept(int recipients) {
    accepted += recipients;
  }

  void settle(Terminal state) {
    terminal[state.number()]++;
  }

  void purge(Terminal state) {
    purged[state.number()]++;
  }

  void add(Counts other) {
    accepted += other.accepted;
    for (int i = 0; i < terminal.length; i++) {
      terminal[i] += other.terminal[i];
      purged[i] += other.purged[i];
    }
  }

  long accepted() {
    return accepted;
  }

  long of(Terminal state) {
    return terminal[state.number()];
  }

  /** How many ledger rows of a state there must be. */
  long kept(Terminal state) {
    return terminal[state.number()] - purged[state.number()];
  }

  long settled() {
    return Arrays.stream(terminal).sum();
  }

  boolean isZero() {
    return accepted == 0 && settled() == 0 && Arrays.stream(purged).sum() == 0;
  }
}

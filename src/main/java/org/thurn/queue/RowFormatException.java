package org.thurn.queue;

/** A row of the queue that this program cannot read: a newer format, or damage. */
final class RowFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RowFormatException(String row) {
    super("a queue row cannot be read: " + row);
  }

  static void check(boolean good, String row) {
    if (!good) {
      throw new RowFormatException(row);
    }
  }
}

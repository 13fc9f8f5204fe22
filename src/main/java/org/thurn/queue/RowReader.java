package org.thurn.queue;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.thurn.name.Host;
import org.thurn.name.LocalPart;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;

/** Reads what {@link RowWriter} wrote; throws RowFormatException on anything else. */
final class RowReader {
  private final ByteBuffer in;
  private final String row;

  /**
   * Opens a row.
   *
   * @param row what it is, for the exception
   * @param format the only format that can be read; each row begins with it
   */
  RowReader(byte[] octets, String row, int format) {
    in = ByteBuffer.wrap(octets);
    this.row = row;
    RowFormatException.check(small() == format, row);
  }

  int number() {
    return read(ByteBuffer::getInt);
  }

  long longNumber() {
    return read(ByteBuffer::getLong);
  }

  int small() {
    return read(ByteBuffer::get);
  }

  boolean flag() {
    return small() != 0;
  }

  String text() {
    int length = number();
    RowFormatException.check(length >= 0 && length <= in.remaining(), row);
    String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
    in.position(in.position() + length);
    return text;
  }

  Instant instant() {
    long seconds = longNumber();
    int nanos = number();
    return valid(() -> Instant.ofEpochSecond(seconds, nanos));
  }

  Mailbox mailbox() {
    return new Mailbox(of(LocalPart::new), host());
  }

  /** A text that is more than text. */
  <T> T of(Function<String, T> type) {
    String text = text();
    return valid(() -> type.apply(text));
  }

  Host host() {
    try {
      return Host.parse(text());
    } catch (NameSyntaxException e) {
      throw new RowFormatException(row + ": " + e.getMessage());
    }
  }

  <T> Optional<T> optional(Function<RowReader, T> read) {
    return flag() ? Optional.of(read.apply(this)) : Optional.empty();
  }

  <E extends Enum<E>> E constant(Class<E> type) {
    return of(text -> Enum.valueOf(type, text));
  }

  private <T> T valid(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new RowFormatException(row + ": " + e.getMessage());
    }
  }

  RowFormatException unknown(int tag) {
    return new RowFormatException(row + " with tag " + tag);
  }

  private <T> T read(Function<ByteBuffer, T> get) {
    try {
      return get.apply(in);
    } catch (BufferUnderflowException e) {
      throw new RowFormatException(row + ", cut off");
    }
  }
}

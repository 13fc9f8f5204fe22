package org.thurn.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.thurn.name.Mailbox;

/** Writes the values that rows are made of; {@link RowReader} is its mirror. */
final class RowWriter {
  private ByteBuffer out = ByteBuffer.allocate(256);

  RowWriter number(int value) {
    room(4).putInt(value);
    return this;
  }

  RowWriter number(long value) {
    room(8).putLong(value);
    return this;
  }

  RowWriter small(int value) {
    room(1).put((byte) value);
    return this;
  }

  RowWriter flag(boolean value) {
    return small(value ? 1 : 0);
  }

  RowWriter text(String value) {
    byte[] octets = value.getBytes(StandardCharsets.UTF_8);
    number(octets.length);
    room(octets.length).put(octets);
    return this;
  }

  RowWriter instant(Instant value) {
    return number(value.getEpochSecond()).number(value.getNano());
  }

  /** By its name: constants may be added and moved. */
  RowWriter constant(Enum<?> value) {
    return text(value.name());
  }

  RowWriter mailbox(Mailbox value) {
    return text(value.local().value()).text(value.host().ascii());
  }

  <T> RowWriter optional(Optional<T> value, BiConsumer<RowWriter, T> write) {
    flag(value.isPresent());
    value.ifPresent(v -> write.accept(this, v));
    return this;
  }

  byte[] row() {
    return Arrays.copyOf(out.array(), out.position());
  }

  private ByteBuffer room(int more) {
    if (out.remaining() < more) {
      out.flip();
      out = ByteBuffer.allocate(2 * (out.limit() + more)).put(out);
    }
    return out;
  }
}

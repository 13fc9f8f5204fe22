package org.thurn.access.imap;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Writes responses, through a small buffer: the syntax of {@code string} and of numbers. */
final class ResponseWriter {
  private static final int BUFFER = 16 << 10;

  private final Supplier<OutputStream> out;
  private final byte[] buffer = new byte[BUFFER];
  private int used;

  /**
   * Writes to what {@code out} gives at the time: TLS changes it.
   *
   * @param out such as {@code connection::out}
   */
  ResponseWriter(Supplier<OutputStream> out) {
    this.out = out;
  }

  /** Text of the protocol: ASCII. */
  ResponseWriter text(String ascii) throws IOException {
    int length = ascii.length();
    if (length > BUFFER - used) {
      return octets(ascii.getBytes(StandardCharsets.US_ASCII));
    }
    for (int i = 0; i < length; i++) {
      buffer[used++] = (byte) ascii.charAt(i);
    }
    return this;
  }

  ResponseWriter octet(int octet) throws IOException {
    if (used == BUFFER) {
      drain();
    }
    buffer[used++] = (byte) octet;
    return this;
  }

  ResponseWriter number(long number) throws IOException {
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    if (digits > BUFFER - used) {
      drain();
    }
    used += digits;
    long rest = number;
    for (int at = used - 1; at >= used - digits; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return this;
  }

  ResponseWriter octets(byte[] octets) throws IOException {
    if (octets.length > BUFFER - used) {
      drain();
    }
    if (octets.length > BUFFER) {
      out.get().write(octets);
    } else {
      System.arraycopy(octets, 0, buffer, used, octets.length);
      used += octets.length;
    }
    return this;
  }

  /** {@code string}: quoted where RFC 9051 §4.3 allows it in every version, else a literal. */
  ResponseWriter string(String text) throws IOException {
    return octets(WireString.string(text));
  }

  /** {@code literal} of exactly {@code length} octets. */
  ResponseWriter literal(InputStream in, long length) throws IOException {
    octet('{').number(length).text("}\r\n");
    drain();
    long left = length;
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(BUFFER, left));
      if (count < 0) {
        throw new EOFException("a message is shorter than its size");
      }
      out.get().write(buffer, 0, count);
      left -= count;
    }
    return this;
  }

  ResponseWriter crlf() throws IOException {
    return octet('\r').octet('\n');
  }

  /** A whole untagged response. */
  void untagged(String text) throws IOException {
    text("* ").octets(text.getBytes(StandardCharsets.UTF_8)).crlf();
  }

  /** {@code resp-text} after a status word: the code in brackets, and the words. */
  void status(String tag, Completion completion) throws IOException {
    text(tag).octet(' ').text(completion.status().name()).octet(' ');
    if (!completion.code().isEmpty()) {
      octet('[').text(completion.code()).text("] ");
    }
    text(completion.text()).crlf();
  }

  /** {@code continue-req}. */
  void continuation(String text) throws IOException {
    text("+ ").text(text).crlf();
    flush();
  }

  void flush() throws IOException {
    drain();
    out.get().flush();
  }

  private void drain() throws IOException {
    if (used > 0) {
      out.get().write(buffer, 0, used);
      used = 0;
    }
  }
}

package org.thurn.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keys and values of rows; each value begins with the format's number. */
public final class RowOctets {
  private static final int FORMAT = 1;

  /** Of a list; what a damaged row says is not believed. */
  private static final int MAX_ITEMS = 10_000;

  private RowOctets() {}

  /** How something is written. */
  @FunctionalInterface
  public interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  /** How one value is read. */
  @FunctionalInterface
  public interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  /** A key. */
  public static byte[] key(Writing writing) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(octets)) {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
    return octets.toByteArray();
  }

  /** A value. */
  public static byte[] value(Writing writing) {
    return key(
        out -> {
          out.writeByte(FORMAT);
          writing.to(out);
        });
  }

  /**
   * Reads a value to its end.
   *
   * @throws UncheckedIOException if it is damaged
   */
  public static <T> T read(byte[] octets, Reading<T> reading) {
    return begin(
        octets,
        in -> {
          T value = reading.from(in);
          if (in.read() >= 0) {
            throw new IOException("a row has octets behind its end");
          }
          return value;
        });
  }

  /** As {@link #read}, of what a value begins with. */
  public static <T> T begin(byte[] octets, Reading<T> reading) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IOException("a row of format " + format);
      }
      return reading.from(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a list. */
  public static void texts(List<String> texts, DataOutputStream out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  /** Reads a list. */
  public static List<String> texts(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MAX_ITEMS) {
      throw new IOException("a list of " + count);
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(in.readUTF());
    }
    return texts;
  }

  /** The first octets of the SHA-256 digest. */
  public static byte[] digest(byte[] octets, int length) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(octets), length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The first key behind all that begin so. */
  public static byte[] after(byte[] prefix) {
    int length = prefix.length;
    while (prefix[length - 1] == (byte) 0xff) {
      length--; // never all of it: a key begins with a letter
    }
    byte[] next = Arrays.copyOf(prefix, length);
    next[length - 1]++;
    return next;
  }
}

package org.thurn.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A header section, byte-exact: the fields in their order and the empty line that ends it, as they
 * were received. Immutable; a change yields another section whose other octets are the same.
 */
public final class Headers implements Iterable<HeaderField> {
  private final List<HeaderField> fields;
  private final byte[] separator;
  private final Set<Defect> defects;

  Headers(List<HeaderField> fields, byte[] separator, Set<Defect> defects) {
    this.fields = List.copyOf(fields);
    this.separator = separator.clone();
    this.defects = Set.copyOf(defects);
  }

  /** A section of these fields and no empty line. */
  public static Headers of(List<HeaderField> fields) {
    return new Headers(fields, new byte[0], Set.of());
  }

  /** Parses from the first octet to the empty line, a limit or the end of the array. */
  public static Headers parse(byte[] message, MessageLimits limits) {
    HeaderScanner scanner = new HeaderScanner(limits);
    scanner.scan(message, message.length);
    return scanner.headers(message, message.length);
  }

  /**
   * Parses the header section at the start of a stream. It reads ahead: what follows the section is
   * to be opened anew, at {@link #length}.
   */
  public static Headers read(InputStream in, MessageLimits limits) throws IOException {
    HeaderScanner scanner = new HeaderScanner(limits);
    byte[] octets = in.readNBytes(8192);
    int more = octets.length;
    while (!scanner.scan(octets, octets.length) && more > 0) {
      byte[] next = in.readNBytes(octets.length);
      more = next.length;
      byte[] joined = Arrays.copyOf(octets, octets.length + more);
      System.arraycopy(next, 0, joined, octets.length, more);
      octets = joined;
    }
    return scanner.headers(octets, octets.length);
  }

  public List<HeaderField> fields() {
    return fields;
  }

  @Override
  public Iterator<HeaderField> iterator() {
    return fields.iterator();
  }

  /** The topmost field of the name. */
  public Optional<HeaderField> first(String name) {
    for (HeaderField field : fields) {
      if (field.hasName(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /** The lowest field of the name. */
  public Optional<HeaderField> last(String name) {
    for (HeaderField field : fields.reversed()) {
      if (field.hasName(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }

  /** All fields of the name, from the top. */
  public List<HeaderField> all(String name) {
    return fields.stream().filter(field -> field.hasName(name)).toList();
  }

  /** How many fields have the name: of Received, the hops so far (RFC 5321 §6.3). */
  public int count(String name) {
    int count = 0;
    for (HeaderField field : fields) {
      count += field.hasName(name) ? 1 : 0;
    }
    return count;
  }

  /** With these fields before all others, the first of them topmost. */
  public Headers prepend(HeaderField... added) {
    List<HeaderField> all = new ArrayList<>(List.of(added));
    all.addAll(fields);
    return new Headers(all, separator, defects);
  }

  /** With these fields after all others. */
  public Headers append(HeaderField... added) {
    return new Headers(
        Stream.concat(fields.stream(), Stream.of(added)).toList(), separator, defects);
  }

  /** With these fields in place of its own. */
  Headers with(List<HeaderField> other) {
    return new Headers(other, separator, defects);
  }

  /** Without the fields of the name. */
  public Headers without(String name) {
    return without(field -> field.hasName(name));
  }

  /** Without the fields that the test accepts. */
  public Headers without(Predicate<HeaderField> test) {
    return new Headers(fields.stream().filter(test.negate()).toList(), separator, defects);
  }

  /** Whether the section ends by an empty line; it need not, if there is no body. */
  public boolean hasSeparator() {
    return separator.length > 0;
  }

  /** What was wrong when it was parsed. */
  public Set<Defect> defects() {
    return defects;
  }

  /** Its size in octets, the empty line included: where the body begins. */
  public int length() {
    int length = separator.length;
    for (HeaderField field : fields) {
      length += field.length();
    }
    return length;
  }

  /** The octets, the empty line included if there is one. */
  public byte[] toByteArray() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length());
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
    return out.toByteArray();
  }

  /** Writes the octets, the empty line included if there is one. */
  public void writeTo(OutputStream out) throws IOException {
    for (HeaderField field : fields) {
      field.writeTo(out);
    }
    out.write(separator);
  }
}

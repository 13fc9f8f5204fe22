package org.thurn.message;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A node of the MIME structure (RFC 2045 §2.4 calls it an entity). */
public sealed interface MimePart {
  /** Where it lies and what its header says. */
  Entity entity();

  /** What is below it: a multipart's parts, a message's one root, nothing for a leaf. */
  List<MimePart> children();

  /** An entity that has no parts, or whose parts are opaque to us. */
  record Leaf(Entity entity) implements MimePart {
    @Override
    public List<MimePart> children() {
      return List.of();
    }
  }

  /**
   * A multipart of RFC 2046 §5.1. It may have no part at all: a broken one is still a multipart.
   *
   * @param preamble before the first delimiter
   * @param epilogue after the closing delimiter's line
   */
  record Multipart(Entity entity, List<MimePart> parts, Extent preamble, Extent epilogue)
      implements MimePart {
    public Multipart {
      parts = List.copyOf(parts);
    }

    @Override
    public List<MimePart> children() {
      return parts;
    }
  }

  /** A message/rfc822 or message/global and the message in it: its body is that message. */
  record Embedded(Entity entity, MimePart message) implements MimePart {
    @Override
    public List<MimePart> children() {
      return List.of(message);
    }
  }

  /** The header section. */
  default Headers headers() {
    return entity().headers();
  }

  /** The content type, defaulted as RFC 2045 §5.2 and RFC 2046 §5.1.5 say. */
  default ContentType contentType() {
    return entity().contentType();
  }

  /** The name that the disposition gives it, or else its type's {@code name}. */
  default Optional<String> fileName() {
    return entity()
        .disposition()
        .flatMap(ContentDisposition::fileName)
        .or(() -> contentType().parameters().get("name"));
  }

  /** The first leaf that is wanted, of this part and those below it, in their order. */
  default Optional<MimePart> first(Predicate<MimePart> wanted) {
    Deque<MimePart> parts = new ArrayDeque<>();
    parts.push(this);
    while (!parts.isEmpty()) {
      MimePart part = parts.pop();
      if (part instanceof Leaf && wanted.test(part)) {
        return Optional.of(part);
      }
      part.children().reversed().forEach(parts::push);
    }
    return Optional.empty();
  }

  /** The body as it is stored. */
  default InputStream raw(OctetSource message) throws IOException {
    return message.open(entity().body());
  }

  /** The body with its transfer encoding undone; garbage decodes to something, never throws. */
  default InputStream decoded(OctetSource message) throws IOException {
    return entity().transferEncoding().decode(raw(message));
  }

  /** The decoded body as text by its charset, at most {@code maxOctets} of it. */
  default String text(OctetSource message, int maxOctets) throws IOException {
    try (InputStream in = decoded(message)) {
      byte[] octets = in.readNBytes(maxOctets);
      boolean cut = octets.length == maxOctets && in.read() >= 0;
      return contentType().decode(cut ? Charsets.wholeUtf8(octets) : octets);
    }
  }
}

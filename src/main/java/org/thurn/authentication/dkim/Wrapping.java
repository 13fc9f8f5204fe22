package org.thurn.authentication.dkim;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thurn.message.ContentType;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;

/**
 * A multipart body by its delimiter lines (RFC 2046 §5.1.1), so that parts of it can be taken away
 * octet for octet.
 */
final class Wrapping {
  /** Lists append one part; whoever has more hides no footer. */
  private static final int MAX_DELIMITERS = 100;

  private final byte[] body;

  /** Where each delimiter line begins and ends, the closing one last. */
  private final List<int[]> delimiters;

  private Wrapping(byte[] body, List<int[]> delimiters) {
    this.body = body;
    this.delimiters = delimiters;
  }

  /** Empty unless it is a multipart/mixed with a closing delimiter. */
  static Optional<Wrapping> of(Headers headers, byte[] body) {
    ContentType type =
        headers
            .first("Content-Type")
            .map(field -> ContentType.parse(field.unfolded()))
            .orElse(ContentType.TEXT_PLAIN);
    if (!type.is("multipart", "mixed") || type.boundary().isEmpty()) {
      return Optional.empty();
    }
    byte[] dashes = ("--" + type.boundary().get()).getBytes(StandardCharsets.ISO_8859_1);
    List<int[]> delimiters = new ArrayList<>();
    boolean closed = false;
    for (int at = 0; at < body.length && !closed && delimiters.size() < MAX_DELIMITERS; ) {
      int end = lineEnd(body, at);
      int after = at + dashes.length;
      if (after <= end && Arrays.equals(body, at, after, dashes, 0, dashes.length)) {
        String rest = new String(body, after, end - after, StandardCharsets.ISO_8859_1).strip();
        if (rest.isEmpty() || rest.equals("--")) {
          delimiters.add(new int[] {at, end});
          closed = rest.equals("--");
        }
      }
      at = end;
    }
    return closed && delimiters.size() > 2
        ? Optional.of(new Wrapping(body, delimiters))
        : Optional.empty();
  }

  private static int lineEnd(byte[] octets, int at) {
    int end = at;
    while (end < octets.length && octets[end] != '\n') {
      end++;
    }
    return Math.min(end + 1, octets.length);
  }

  /** The body without its last part. */
  byte[] withoutLastPart() {
    int from = delimiters.get(delimiters.size() - 2)[0];
    int to = delimiters.getLast()[0];
    byte[] shorter = Arrays.copyOf(body, body.length - (to - from));
    System.arraycopy(body, to, shorter, from, body.length - to);
    return shorter;
  }

  private byte[] firstPart() {
    return Arrays.copyOfRange(body, delimiters.get(0)[1], delimiters.get(1)[0]);
  }

  /** The body of the first part. */
  byte[] firstBody() {
    byte[] part = firstPart();
    Headers headers = Headers.parse(part, MessageLimits.DEFAULT);
    return Arrays.copyOfRange(part, Math.min(headers.length(), part.length), part.length);
  }

  /** The message's header with the content fields that the first part has. */
  Headers firstHeaders(Headers outer) {
    List<HeaderField> fields = new ArrayList<>();
    outer.without(Wrapping::isContent).forEach(fields::add);
    for (HeaderField field : Headers.parse(firstPart(), MessageLimits.DEFAULT)) {
      if (isContent(field)) {
        fields.add(field);
      }
    }
    return Headers.of(fields);
  }

  private static boolean isContent(HeaderField field) {
    return field.name().regionMatches(true, 0, "Content-", 0, "Content-".length());
  }
}

package org.thurn.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a message once, as a stream, and keeps its headers and the places of its parts only.
 *
 * <p>Every entity is read up to the next delimiter line of any multipart around it; the multipart
 * that owns the delimiter goes on from there. So an inner multipart that lacks its closing
 * delimiter ends where an outer one goes on (RFC 2046 §5.1.2).
 */
public final class MimeParser {
  private static final int NONE = -1;

  private final LineScanner in;
  private final MessageLimits limits;
  private final Set<Defect> defects = EnumSet.noneOf(Defect.class);

  /** {@code "--" boundary} of the multiparts around the cursor, the outermost first. */
  private final List<byte[]> delimiters = new ArrayList<>();

  private int parts;

  /** Which multipart owns the delimiter line at the cursor, and whether it closes it. */
  private int owner = NONE;

  private boolean closing;

  /** Where the body that was read last ends, and how many lines stand before that place. */
  private long end;

  private long endLines;

  private MimeParser(InputStream in, MessageLimits limits) {
    this.in = new LineScanner(in);
    this.limits = limits;
  }

  /** Parses to the end of the stream; only the stream itself makes it fail. */
  public static MimeTree parse(InputStream in, MessageLimits limits) throws IOException {
    return new MimeParser(in, limits).tree();
  }

  /** Parses a message in memory. */
  public static MimeTree parse(byte[] message, MessageLimits limits) {
    try {
      return parse(new ByteArrayInputStream(message), limits);
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
  }

  private MimeTree tree() throws IOException {
    LineScanner.Seen whole = new LineScanner.Seen();
    in.observe(whole);
    MimePart root = entity(ContentType.TEXT_PLAIN, 1);
    Traits traits = whole.traits();
    addIf(traits.bareCr(), Defect.BARE_CR);
    addIf(traits.bareLf(), Defect.BARE_LF);
    addIf(traits.nul(), Defect.NUL);
    addIf(traits.longestLine() > limits.lineOctets(), Defect.LINE_TOO_LONG);
    return new MimeTree(root, in.offset(), in.lines(), traits, defects);
  }

  private void addIf(boolean wrong, Defect defect) {
    if (wrong) {
      defects.add(defect);
    }
  }

  /** Reads header and body, up to a delimiter of somebody or the end. */
  private MimePart entity(ContentType ifMissing, int depth) throws IOException {
    parts++;
    long offset = in.offset();
    Headers headers = headers();
    defects.addAll(headers.defects());
    ContentType type =
        headers
            .first("Content-Type")
            .map(field -> ContentType.parse(field.unfolded()))
            .orElse(ifMissing);
    Start start = new Start(headers, offset, in.offset(), in.lines(), type);
    LineScanner.Seen body = new LineScanner.Seen();
    LineScanner.Seen outer = in.observe(body);
    MimePart part = body(start, body, depth);
    in.observe(outer);
    outer.add(body);
    return part;
  }

  /** What is known of an entity when its body begins. */
  private record Start(
      Headers headers, long header, long body, long lines, ContentType contentType) {}

  private MimePart body(Start start, LineScanner.Seen seen, int depth) throws IOException {
    if (start.contentType.isMultipart()) {
      Optional<byte[]> delimiter = delimiter(start);
      if (delimiter.isPresent() && mayDescend(depth)) {
        return multipart(start, seen, delimiter.get(), depth);
      }
    } else if (start.contentType.isMessage() && !isEncoded(start) && mayDescend(depth)) {
      MimePart message = entity(ContentType.TEXT_PLAIN, depth + 1);
      return new MimePart.Embedded(finish(start, seen), message);
    }
    skipToDelimiter();
    endAtCursor(start.body);
    return new MimePart.Leaf(finish(start, seen));
  }

  private boolean mayDescend(int depth) {
    addIf(depth >= limits.depth(), Defect.TOO_DEEP);
    addIf(parts >= limits.parts(), Defect.TOO_MANY_PARTS);
    return depth < limits.depth() && parts < limits.parts();
  }

  /**
   * An encoded message has no offsets in the stream, so it is a leaf. RFC 2046 §5.2.1 forbids it of
   * message/rfc822; RFC 6532 §3.7 allows it of message/global.
   */
  private boolean isEncoded(Start start) {
    boolean encoded = !TransferEncoding.of(start.headers).isIdentity();
    addIf(encoded && start.contentType.is("message", "rfc822"), Defect.ENCODED_COMPOSITE);
    return encoded;
  }

  private Optional<byte[]> delimiter(Start start) {
    // RFC 2045 §6.4 forbids it; those who write it have not encoded the multipart in fact
    addIf(!TransferEncoding.of(start.headers).isIdentity(), Defect.ENCODED_COMPOSITE);
    Optional<String> boundary = start.contentType.boundary().filter(text -> !text.isEmpty());
    addIf(boundary.isEmpty(), Defect.NO_BOUNDARY);
    return boundary.map(text -> ("--" + text).getBytes(StandardCharsets.UTF_8));
  }

  private MimePart multipart(Start start, LineScanner.Seen seen, byte[] delimiter, int depth)
      throws IOException {
    int level = delimiters.size();
    delimiters.add(delimiter);
    skipToDelimiter();
    Extent preamble = endAtCursor(start.body);
    boolean digest = start.contentType.subtype().equals("digest");
    ContentType ifMissing = digest ? ContentType.MESSAGE_RFC822 : ContentType.TEXT_PLAIN;
    List<MimePart> children = new ArrayList<>();
    while (owner == level && !closing && parts < limits.parts()) {
      in.skipLine();
      children.add(entity(ifMissing, depth + 1));
    }
    delimiters.removeLast();
    if (owner == level && closing) {
      in.skipLine();
    } else {
      addIf(owner == level, Defect.TOO_MANY_PARTS);
      addIf(owner != level, Defect.UNCLOSED_MULTIPART);
    }
    long epilogue = in.offset();
    if (owner == level) {
      long taken = end;
      long takenLines = endLines;
      skipToDelimiter();
      endAtCursor(start.body);
      if (end < taken) { // the line end before the delimiter is the last part's header's
        end = taken;
        endLines = takenLines;
      }
    }
    Extent rest = new Extent(Math.min(epilogue, end), Math.max(0, end - epilogue));
    return new MimePart.Multipart(finish(start, seen), children, preamble, rest);
  }

  private Entity finish(Start start, LineScanner.Seen seen) {
    return new Entity(
        start.headers,
        new Extent(start.header, start.body - start.header),
        new Extent(start.body, end - start.body),
        endLines - start.lines,
        seen.traits(),
        start.contentType);
  }

  /**
   * Ends a body that began at {@code begin} at the cursor: the line end before a delimiter belongs
   * to the delimiter (RFC 2046 §5.1.1), unless it is already the header's.
   */
  private Extent endAtCursor(long begin) {
    boolean given = owner != NONE && in.offset() > begin;
    end = in.offset() - (given ? in.lineEnd() : 0);
    endLines = in.lines() - (given && in.lineEnd() > 0 ? 1 : 0);
    return new Extent(begin, end - begin);
  }

  private Headers headers() throws IOException {
    HeaderScanner scanner = new HeaderScanner(limits);
    byte[] octets = new byte[1024];
    int length = 0;
    while (!in.atEnd() && !atDelimiter()) {
      byte[] line = in.line(limits.headerOctets() - length);
      if (line == null) {
        scanner.tooLarge(length);
        break;
      }
      if (length + line.length > octets.length) {
        octets = Arrays.copyOf(octets, 2 * (length + line.length));
      }
      System.arraycopy(line, 0, octets, length, line.length);
      scanner.line(octets, length, length + line.length);
      if (scanner.end() == length) { // ended before this line
        break;
      }
      length += line.length;
      in.skipLine();
      if (scanner.end() == length) {
        break;
      }
    }
    return scanner.headers(octets, length);
  }

  private void skipToDelimiter() throws IOException {
    while (!in.atEnd()) {
      if (atDelimiter()) {
        return;
      }
      in.skipLine();
    }
    owner = NONE;
  }

  /**
   * Whether the line at the cursor is a delimiter, and whose: of the longest boundary that it
   * begins with, since one boundary may begin with another. After the boundary only padding may
   * follow (RFC 2046 §5.1.1); text after the padding is ignored.
   */
  private boolean atDelimiter() throws IOException {
    owner = NONE;
    if (delimiters.isEmpty() || in.peek(0) != '-' || in.peek(1) != '-') {
      return false;
    }
    int longest = 0;
    for (int level = delimiters.size() - 1; level >= 0; level--) {
      byte[] delimiter = delimiters.get(level);
      int length = delimiter.length;
      if (length > longest && in.startsWith(delimiter)) {
        boolean closes =
            in.peek(length) == '-' && in.peek(length + 1) == '-' && isPadding(length + 2);
        if (closes || isPadding(length)) {
          longest = length;
          owner = level;
          closing = closes;
        }
      }
    }
    return owner != NONE;
  }

  private boolean isPadding(int at) throws IOException {
    int c = in.peek(at);
    return c < 0 || c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}

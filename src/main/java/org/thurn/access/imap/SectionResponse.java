package org.thurn.access.imap;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurn.access.imap.MessageSummary.Part;
import org.thurn.access.imap.grammar.FetchItem;
import org.thurn.access.imap.grammar.FetchItem.Name;
import org.thurn.access.imap.grammar.FetchItem.Octets;
import org.thurn.access.imap.grammar.FetchItem.Partial;
import org.thurn.access.imap.grammar.FetchItem.Section;
import org.thurn.access.imap.grammar.FetchItem.Text;
import org.thurn.message.Extent;
import org.thurn.message.HeaderField;
import org.thurn.message.TransferEncoding;

/** BODY[…], BINARY[…], BINARY.SIZE[…] and RFC822…: octets of a message, streamed. */
final class SectionResponse {
  private static final byte[] CRLF = {'\r', '\n'};

  private final ResponseWriter out;
  private boolean unknownEncoding;

  SectionResponse(ResponseWriter out) {
    this.out = out;
  }

  /** Whether a BINARY met an encoding that we cannot undo. */
  boolean unknownEncoding() {
    return unknownEncoding;
  }

  void octets(Octets item, StoredMessage message) throws IOException {
    name(item);
    out.octet(' ');
    Section section = item.section();
    Part root = message.summary().root();
    Optional<Extent> extent = BodySection.extent(root, message.row().size(), section);
    if (extent.isEmpty()) {
      out.text("NIL");
    } else if (item.name() == Name.BINARY && !section.part().isEmpty()) {
      binary(item, message, root);
    } else if (isFields(section.text())) {
      byte[] fields = fields(section, message, extent.get());
      Extent part = cut(new Extent(0, fields.length), item.partial());
      out.literal(
          new ByteArrayInputStream(fields, (int) part.offset(), (int) part.length()),
          part.length());
    } else {
      Extent part = cut(extent.get(), item.partial());
      try (InputStream in = message.octets().open(part)) {
        out.literal(in, part.length());
      }
    }
  }

  private static boolean isFields(Text text) {
    return text == Text.HEADER_FIELDS || text == Text.HEADER_FIELDS_NOT;
  }

  /** {@code <offset.length>} of what there is; nothing if it begins past the end. */
  private static Extent cut(Extent extent, Optional<Partial> partial) {
    if (partial.isEmpty()) {
      return extent;
    }
    long offset = Math.min(partial.get().offset(), extent.length());
    long length = Math.min(partial.get().length(), extent.length() - offset);
    return new Extent(extent.offset() + offset, length);
  }

  /** The fields as they stand, and the empty line. */
  private static byte[] fields(Section section, StoredMessage message, Extent header)
      throws IOException {
    boolean wanted = section.text() == Text.HEADER_FIELDS;
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    for (HeaderField field : message.headers(header)) {
      if (section.fields().stream().anyMatch(field::hasName) == wanted) {
        field.writeTo(fields);
      }
    }
    fields.writeBytes(CRLF);
    return fields.toByteArray();
  }

  private void name(Octets item) throws IOException {
    Section section = item.section();
    if (item.name() == Name.RFC822) {
      out.text(
          switch (section.text()) {
            case HEADER -> "RFC822.HEADER";
            case TEXT -> "RFC822.TEXT";
            case WHOLE, HEADER_FIELDS, HEADER_FIELDS_NOT, MIME -> "RFC822";
          });
      return;
    }
    out.text(item.name().name()).octet('[').text(numbers(section.part()));
    if (section.text() != Text.WHOLE) {
      out.text(section.part().isEmpty() ? "" : ".");
      out.text(section.text().name().replace('_', '.'));
    }
    if (isFields(section.text())) {
      fieldNames(section.fields());
    }
    out.octet(']');
    if (item.partial().isPresent()) {
      out.octet('<').number(item.partial().get().offset()).octet('>');
    }
  }

  private void fieldNames(List<String> fields) throws IOException {
    String separator = " (";
    for (String field : fields) {
      out.text(separator);
      boolean plain = field.matches("[A-Za-z0-9-]+");
      if (plain) {
        out.text(field);
      } else {
        out.string(field);
      }
      separator = " ";
    }
    out.text(fields.isEmpty() ? " ()" : ")");
  }

  private static String numbers(List<Integer> part) {
    return part.stream().map(String::valueOf).collect(Collectors.joining("."));
  }

  // ---- BINARY (RFC 9051 §6.4.5.2, RFC 3516)

  /** What decoding a part gives: counted first, since a literal begins with its size. */
  private record Decoded(long size, boolean nul) {}

  private void binary(Octets item, StoredMessage message, Part root) throws IOException {
    Part part = BodySection.part(root, item.section().part()).orElseThrow();
    if (part.encoding() == TransferEncoding.UNKNOWN) {
      unknownEncoding = true;
      out.text("NIL");
      return;
    }
    Decoded decoded = count(message, part);
    Extent cut = cut(new Extent(0, decoded.size()), item.partial());
    if (decoded.nul()) {
      out.octet('~'); // literal8: only that may hold NUL
    }
    try (InputStream in = decode(message, part)) {
      in.skipNBytes(cut.offset());
      out.literal(in, cut.length());
    }
  }

  void binarySize(FetchItem.BinarySize item, StoredMessage message) throws IOException {
    out.text("BINARY.SIZE[").text(numbers(item.part())).text("] ");
    Optional<Part> part = BodySection.part(message.summary().root(), item.part());
    if (item.part().isEmpty()) {
      out.number(message.row().size());
    } else if (part.isEmpty()) {
      out.number(0);
    } else if (part.get().encoding() == TransferEncoding.UNKNOWN) {
      unknownEncoding = true;
      out.number(part.get().body().length());
    } else {
      out.number(count(message, part.get()).size());
    }
  }

  private static InputStream decode(StoredMessage message, Part part) throws IOException {
    return part.encoding().decode(message.octets().open(part.body()));
  }

  private static Decoded count(StoredMessage message, Part part) throws IOException {
    byte[] buffer = new byte[8192];
    long size = 0;
    boolean nul = false;
    try (InputStream in = decode(message, part)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        size += count;
        for (int i = 0; i < count && !nul; i++) {
          nul = buffer[i] == 0;
        }
      }
    }
    return new Decoded(size, nul);
  }
}

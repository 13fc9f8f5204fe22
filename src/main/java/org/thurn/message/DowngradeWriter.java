package org.thurn.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Writes a message with the leaves encoded that are too wide for the target. */
final class DowngradeWriter {
  private static final String FIELD = "Content-Transfer-Encoding";
  private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);

  private final OctetSource message;
  private final OutputStream out;
  private final DataClass target;

  DowngradeWriter(OctetSource message, OutputStream out, DataClass target) {
    this.message = message;
    this.out = out;
    this.target = target;
  }

  void write(MimePart part) throws IOException {
    switch (part) {
      case MimePart.Leaf leaf -> leaf(leaf);
      case MimePart.Embedded embedded -> {
        composite(embedded);
        write(embedded.message());
      }
      case MimePart.Multipart multipart -> multipart(multipart);
    }
  }

  private void multipart(MimePart.Multipart multipart) throws IOException {
    String subtype = multipart.contentType().subtype();
    boolean sealed = subtype.equals("signed") || subtype.equals("encrypted");
    if (sealed) {
      multipart.headers().writeTo(out); // its parts need no conversion, or there were no plan
    } else {
      composite(multipart);
    }
    Extent body = multipart.entity().body();
    long at = body.offset();
    for (MimePart child : multipart.parts()) {
      Entity entity = child.entity();
      copy(at, entity.header().offset(), true);
      if (sealed) {
        copy(entity.header().offset(), entity.body().end(), false);
      } else {
        write(child);
      }
      at = entity.body().end();
    }
    copy(at, body.end(), true);
  }

  /** A composite's own encoding must not claim more than is left in it (RFC 2045 §6.4). */
  private void composite(MimePart part) throws IOException {
    TransferEncoding claimed = part.entity().transferEncoding();
    boolean wider =
        claimed == TransferEncoding.BINARY
            || (claimed == TransferEncoding.EIGHT_BIT && target == DataClass.SEVEN_BIT);
    String left = target == DataClass.SEVEN_BIT ? "7bit" : "8bit";
    (wider ? replaced(part.headers(), left) : part.headers()).writeTo(out);
  }

  private void leaf(MimePart.Leaf leaf) throws IOException {
    if (!DowngradePlanner.converts(leaf, target)) {
      leaf.headers().writeTo(out);
      copy(leaf.entity().body().offset(), leaf.entity().body().end(), false);
      return;
    }
    boolean text = leaf.contentType().type().equals("text") && !leaf.entity().traits().nul();
    TransferEncoding encoding = text ? TransferEncoding.QUOTED_PRINTABLE : TransferEncoding.BASE64;
    Headers headers = replaced(leaf.headers(), encoding.token());
    headers.writeTo(out);
    if (!headers.hasSeparator()) {
      out.write(CRLF);
    }
    boolean binary = leaf.entity().transferEncoding() == TransferEncoding.BINARY;
    try (InputStream decoded = leaf.decoded(message);
        OutputStream encoder = text ? new QuotedPrintableEncoder(out) : base64()) {
      InputStream lines = text && !binary ? LineEndings.normalizeInner(decoded) : decoded;
      lines.transferTo(encoder);
    }
  }

  private OutputStream base64() {
    return Base64.getMimeEncoder(76, CRLF).wrap(new Unclosed(out));
  }

  /** The header with another encoding, in its old place; a message that is not MIME becomes it. */
  private static Headers replaced(Headers headers, String encoding) {
    List<HeaderField> fields = new ArrayList<>();
    HeaderField field = HeaderField.of(FIELD, encoding);
    boolean placed = false;
    for (HeaderField old : headers) {
      if (!old.hasName(FIELD)) {
        fields.add(old);
      } else if (!placed) {
        fields.add(field);
        placed = true;
      }
    }
    boolean isMessage = headers.first("From").isPresent() || headers.first("Date").isPresent();
    if (isMessage && headers.first("MIME-Version").isEmpty()) {
      fields.add(HeaderField.of("MIME-Version", "1.0"));
    }
    if (isMessage && headers.first("Content-Type").isEmpty()) {
      // RFC 1428 §3: nobody knows the charset of the octets that came without a label
      fields.add(HeaderField.of("Content-Type", "text/plain; charset=unknown-8bit"));
    }
    if (!placed) {
      fields.add(field);
    }
    return headers.with(fields);
  }

  private void copy(long from, long to, boolean idle) throws IOException {
    try (InputStream in = message.open(from, to - from)) {
      if (!idle) {
        in.transferTo(out);
        return;
      }
      // preamble and epilogue say nothing (RFC 2046 §5.1.1), yet must not break the transport
      int least = target == DataClass.SEVEN_BIT ? 1 : Byte.MIN_VALUE;
      byte[] buffer = new byte[8192];
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        for (int i = 0; i < got; i++) {
          boolean fits = buffer[i] >= least && buffer[i] != 0;
          buffer[i] = fits ? buffer[i] : (byte) '?';
        }
        out.write(buffer, 0, got);
      }
    }
  }

  /** The encoder above is closed to end its encoding; the message goes on. */
  private static final class Unclosed extends OutputStream {
    private final OutputStream out;

    Unclosed(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      out.write(octets, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}

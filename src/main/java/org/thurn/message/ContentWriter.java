package org.thurn.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/** Writes content as MIME entities: the fields that describe it, an empty line, the body. */
final class ContentWriter {
  private static final byte[] CRLF = ascii("\r\n");

  private final OutputStream out;
  private final Supplier<String> unique;

  ContentWriter(OutputStream out, Supplier<String> unique) {
    this.out = out;
    this.unique = unique;
  }

  void write(Content content) throws IOException {
    switch (content) {
      case Content.Text text -> text(text);
      case Content.Attachment attachment -> attachment(attachment);
      case Content.Multi(String subtype, List<Content> parts) -> {
        List<Entry> entries = new ArrayList<>();
        for (Content part : parts) {
          entries.add(() -> write(part));
        }
        multipart(subtype, Parameters.of(), entries);
      }
      case Content.Report report -> report(report);
      case Content.ReportFile(String type, Content.Text human, Content.Attachment machine) ->
          multipart(
              "report",
              Parameters.of("report-type", type),
              List.of(() -> text(human), () -> attachment(machine)));
    }
  }

  /** One part of a multipart, written when its turn comes. */
  @FunctionalInterface
  private interface Entry {
    void write() throws IOException;
  }

  private void multipart(String subtype, Parameters parameters, List<Entry> entries)
      throws IOException {
    // RFC 2045 §6.7 (5): "=_" never occurs in quoted-printable, nor in base64
    String boundary = "=_" + unique.get();
    List<Parameters.Parameter> all = new ArrayList<>(parameters.written());
    all.add(new Parameters.Parameter("boundary", boundary));
    type(new ContentType("multipart", subtype, new Parameters(all)));
    out.write(CRLF);
    for (Entry entry : entries) {
      out.write(ascii("--" + boundary + "\r\n"));
      entry.write();
      out.write(CRLF);
    }
    out.write(ascii("--" + boundary + "--\r\n"));
  }

  private void text(Content.Text text) throws IOException {
    byte[] raw = text.text().getBytes(StandardCharsets.UTF_8);
    byte[] octets = LineEndings.normalize(new ByteArrayInputStream(raw)).readAllBytes();
    Traits traits = LineEndings.examine(new ByteArrayInputStream(octets));
    String charset = traits.eightBit() ? "utf-8" : "us-ascii";
    type(new ContentType("text", text.subtype(), Parameters.of("charset", charset)));
    encoded(octets, encodingOf(octets, traits));
  }

  private static TransferEncoding encodingOf(byte[] octets, Traits traits) {
    if (traits.dataClass() == DataClass.SEVEN_BIT) {
      return TransferEncoding.SEVEN_BIT;
    }
    int wide = 0;
    for (byte b : octets) {
      wide += b < 0 || b == '=' ? 1 : 0;
    }
    boolean shorter = 2L * wide < octets.length / 3; // two octets more each, against a third more
    return shorter ? TransferEncoding.QUOTED_PRINTABLE : TransferEncoding.BASE64;
  }

  private void attachment(Content.Attachment attachment) throws IOException {
    type(attachment.type());
    String name = attachment.fileName();
    Parameters parameters = name.isEmpty() ? Parameters.of() : Parameters.of("filename", name);
    field("Content-Disposition", "attachment" + ParameterText.of(parameters));
    if (attachment.type().isMessage()) {
      message(attachment.octets());
    } else {
      encoded(attachment.octets(), TransferEncoding.BASE64);
    }
  }

  private void report(Content.Report report) throws IOException {
    List<Entry> entries = new ArrayList<>();
    entries.add(() -> text(report.human()));
    entries.add(() -> status(report));
    switch (report.original()) {
      case Content.Returned.None none -> {}
      case Content.Returned.HeadersOnly(Headers headers) -> entries.add(() -> returned(headers));
      case Content.Returned.Whole whole -> entries.add(() -> returned(whole.octets()));
    }
    multipart("report", Parameters.of("report-type", report.type()), entries);
  }

  /** The machine's part; RFC 6533 §3 names the forms that hold UTF-8. */
  private void status(Content.Report report) throws IOException {
    boolean utf8 =
        report.blocks().stream().flatMap(List::stream).anyMatch(ContentWriter::isEightBit);
    type(ContentType.of("message", (utf8 ? "global-" : "") + report.type()));
    if (utf8) {
      field("Content-Transfer-Encoding", "8bit");
    }
    if (report.blocks().isEmpty()) {
      out.write(CRLF);
    }
    for (List<HeaderField> block : report.blocks()) {
      out.write(CRLF);
      for (HeaderField field : block) {
        field.writeTo(out);
      }
    }
  }

  private static boolean isEightBit(HeaderField field) {
    for (byte b : field.toByteArray()) {
      if (b < 0) {
        return true;
      }
    }
    return false;
  }

  /** RFC 6522 §4; octets that are not UTF-8 may travel encoded, since the type is text. */
  private void returned(Headers headers) throws IOException {
    byte[] raw = headers.toByteArray();
    byte[] octets = LineEndings.normalize(new ByteArrayInputStream(raw)).readAllBytes();
    Traits traits = LineEndings.examine(new ByteArrayInputStream(octets));
    if (traits.eightBit() && Charsets.isUtf8(octets)) {
      type(ContentType.of("message", "global-headers"));
      encoded(octets, TransferEncoding.EIGHT_BIT);
    } else {
      type(ContentType.of("text", "rfc822-headers"));
      boolean plain = traits.dataClass() == DataClass.SEVEN_BIT;
      encoded(octets, plain ? TransferEncoding.SEVEN_BIT : TransferEncoding.QUOTED_PRINTABLE);
    }
  }

  private void returned(byte[] message) throws IOException {
    byte[] header = Headers.parse(message, MessageLimits.DEFAULT).toByteArray();
    boolean utf8 =
        LineEndings.examine(new ByteArrayInputStream(header)).eightBit() && Charsets.isUtf8(header);
    type(ContentType.of("message", utf8 ? "global" : "rfc822"));
    message(message);
  }

  /** A message within ours is never encoded (RFC 2046 §5.2.1). */
  private void message(byte[] message) throws IOException {
    byte[] octets = LineEndings.normalize(new ByteArrayInputStream(message)).readAllBytes();
    boolean wide = LineEndings.examine(new ByteArrayInputStream(octets)).eightBit();
    encoded(octets, wide ? TransferEncoding.EIGHT_BIT : TransferEncoding.SEVEN_BIT);
  }

  private void type(ContentType type) throws IOException {
    field("Content-Type", type + ParameterText.of(type.parameters()));
  }

  private void encoded(byte[] octets, TransferEncoding encoding) throws IOException {
    if (encoding != TransferEncoding.SEVEN_BIT) {
      field("Content-Transfer-Encoding", encoding.token());
    }
    out.write(CRLF);
    switch (encoding) {
      case SEVEN_BIT, EIGHT_BIT, BINARY, UNKNOWN -> out.write(octets);
      case QUOTED_PRINTABLE -> {
        try (OutputStream encoder = new QuotedPrintableEncoder(out)) {
          encoder.write(octets);
        }
      }
      case BASE64 -> {
        out.write(Base64.getMimeEncoder(76, CRLF).encode(octets));
        out.write(CRLF);
      }
    }
  }

  private void field(String name, String value) throws IOException {
    HeaderField.of(name, value).writeTo(out);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

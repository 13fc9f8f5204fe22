package org.thurn.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;

/** A header section, and what stands in its fields: dates, identifiers, types, encoded words. */
public final class FuzzedHeaders {
  private static final MessageLimits SMALL = new MessageLimits(300, 8, 78, 4, 6);

  private FuzzedHeaders() {}

  public static FuzzTarget all() {
    return Choice.of(
        FuzzedHeaders::section,
        octets -> encodedWords(text(octets)),
        octets -> date(text(octets)),
        octets -> identifiers(text(octets)),
        octets -> contentType(text(octets)),
        octets -> field(text(octets)));
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.UTF_8);
  }

  /** A section is the octets that it was found in, however it was read. */
  private static void section(byte[] octets) throws IOException {
    for (MessageLimits limits : List.of(MessageLimits.DEFAULT, SMALL)) {
      Headers headers = Headers.parse(octets, limits);
      int length = headers.length();
      Promise.sameOctets(Arrays.copyOf(octets, length), headers.toByteArray(), "the section");
      Headers read = Headers.read(new ByteArrayInputStream(octets), limits);
      Promise.same(headers.fields(), read.fields(), "the fields of a stream");
      Promise.same(headers.defects(), read.defects(), "the defects of a stream");
      for (HeaderField field : headers) {
        boolean one = field.decoded().chars().noneMatch(c -> c == '\r' || c == '\n');
        Promise.holds(one, () -> "a line end in the value of " + field);
        boolean named = field.isWellFormed() && headers.first(field.name()).isPresent();
        Promise.holds(named || !field.isWellFormed(), () -> "not found: " + field);
      }
    }
  }

  /** What we encode is decoded to the same text, on one line of ASCII. */
  private static void encodedWords(String text) {
    String decoded = EncodedWords.decode(text);
    String written = EncodedWords.unstructured(decoded);
    boolean ascii = written.chars().allMatch(c -> c >= ' ' && c <= '~');
    Promise.holds(ascii, () -> "not a line of ASCII: " + written);
    String again = EncodedWords.decode(written);
    Promise.same(again, EncodedWords.decode(EncodedWords.unstructured(again)), "the text");
    if (decoded.chars().noneMatch(c -> c <= ' ' || c >= 0x7f)) {
      Promise.same(decoded, again, "plain text");
    }
  }

  private static void date(String text) {
    DateTime.parse(text)
        .ifPresent(
            date -> {
              String written = DateTime.format(date);
              Promise.same(Optional.of(date), DateTime.parse(written), "the date " + written);
            });
  }

  private static void identifiers(String text) {
    for (MessageId id : MessageId.parseAll(text)) {
      Promise.same(List.of(id), MessageId.parseAll(id.toString()), "an identifier");
    }
  }

  /** The parameters that we write are read as they were. */
  private static void contentType(String text) {
    ContentType type = ContentType.parse(text);
    ContentDisposition disposition = ContentDisposition.parse(text);
    Promise.same(disposition.fileName(), disposition.parameters().get("FileName"), "the name");
    Promise.holds(ContentType.tokens(text).stream().noneMatch(String::isEmpty), () -> "no token");
    for (String name : List.of("charset", "boundary", "filename", "x")) {
      Optional<String> value = type.parameters().get(name);
      if (value.isPresent() && isText(value.get())) {
        String written = "a/b" + ParameterText.of(Parameters.of(name, value.get()));
        Promise.same(value, ContentType.parse(written).parameters().get(name), written);
      }
    }
    Promise.holds(type.decode(new byte[] {65, -28}).length() > 0, () -> "no text");
  }

  /** Encoded words in a value are decoded when it is read; half a character is no text. */
  private static boolean isText(String value) {
    return !value.contains("=?") && StandardCharsets.UTF_8.newEncoder().canEncode(value);
  }

  /** A field of ours is one field, however long its value is. */
  private static void field(String text) {
    String value = text.replaceAll("\\p{Cntrl}", " ");
    HeaderField field = HeaderField.of("X-Field", value);
    Headers read = Headers.parse(field.toByteArray(), MessageLimits.DEFAULT);
    Promise.same(List.of(field), read.fields(), "the field");
    Promise.holds(read.defects().stream().noneMatch(d -> d == Defect.NO_COLON), () -> "torn");
    Promise.same(field, HeaderField.raw(field.toByteArray()), "the raw field");
  }
}

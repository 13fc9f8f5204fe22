package org.thurn.message;

import java.util.List;
import java.util.Optional;

/**
 * Header and body of a part, with their place in the message.
 *
 * @param headers the header section
 * @param header where it lies, its empty line included (what IMAP calls HEADER or MIME)
 * @param body where the body lies, without the line end that belongs to the next delimiter (RFC
 *     2046 §5.1.1)
 * @param lines line feeds in the body: BODYSTRUCTURE's size in lines
 * @param traits of the body
 * @param contentType as the header says, or the default of its place
 */
public record Entity(
    Headers headers,
    Extent header,
    Extent body,
    long lines,
    Traits traits,
    ContentType contentType) {

  /** How the body is encoded; RFC 2045 §6.1 says 7bit if nothing is said. */
  public TransferEncoding transferEncoding() {
    return headers
        .first("Content-Transfer-Encoding")
        .map(field -> TransferEncoding.parse(field.unfolded()))
        .orElse(TransferEncoding.SEVEN_BIT);
  }

  /** RFC 2183. */
  public Optional<ContentDisposition> disposition() {
    return headers
        .first("Content-Disposition")
        .map(field -> ContentDisposition.parse(field.unfolded()));
  }

  /** RFC 2045 §7, as written, with its angle brackets. */
  public Optional<String> contentId() {
    return text("Content-ID");
  }

  /** RFC 2045 §8, as written. */
  public Optional<String> description() {
    return text("Content-Description");
  }

  /** RFC 1864, as written. */
  public Optional<String> md5() {
    return text("Content-MD5");
  }

  /** RFC 3282: the language tags. */
  public List<String> languages() {
    return text("Content-Language").map(ContentType::tokens).orElse(List.of());
  }

  /** RFC 2557, as written. */
  public Optional<String> location() {
    return text("Content-Location");
  }

  /** The file name that a person sees: of the disposition, else the content type's name. */
  public Optional<String> fileName() {
    return disposition()
        .flatMap(ContentDisposition::fileName)
        .or(() -> contentType.parameters().get("name"));
  }

  private Optional<String> text(String name) {
    return headers.first(name).map(HeaderField::unfolded);
  }
}

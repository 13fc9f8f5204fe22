package org.thurn.access.imap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurn.message.ContentDisposition;
import org.thurn.message.ContentType;
import org.thurn.message.Entity;
import org.thurn.message.Envelope;
import org.thurn.message.HeaderField;
import org.thurn.message.MimePart;
import org.thurn.message.Parameters;

/** {@code body} of RFC 9051 §9: the answer to BODY and, with the extensions, to BODYSTRUCTURE. */
final class BodyStructure {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final boolean extended;

  private BodyStructure(boolean extended) {
    this.extended = extended;
  }

  static byte[] of(MimePart root, boolean extended) {
    BodyStructure structure = new BodyStructure(extended);
    structure.part(root);
    return structure.out.toByteArray();
  }

  private void part(MimePart part) {
    ascii("(");
    switch (part) {
      case MimePart.Leaf leaf -> leaf(leaf.entity());
      case MimePart.Multipart multipart -> multipart(multipart);
      case MimePart.Embedded embedded -> embedded(embedded);
    }
    ascii(")");
  }

  /** {@code body-type-mpart}; the grammar wants one part at least. */
  private void multipart(MimePart.Multipart multipart) {
    if (multipart.parts().isEmpty()) {
      ascii("(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 0 0)");
    }
    multipart.parts().forEach(this::part);
    ContentType type = multipart.contentType();
    ascii(" ");
    string(type.subtype().toUpperCase(Locale.ROOT));
    if (extended) {
      ascii(" ");
      parameters(type.parameters());
      dispositionOn(multipart.entity());
    }
  }

  /** {@code body-type-basic}, {@code body-type-text}. */
  private void leaf(Entity entity) {
    ContentType type = entity.contentType();
    // what was too deep to be parsed has the type of a container without what must be in it
    boolean opaque = type.isMultipart() || type.isMessage();
    fields(opaque ? ContentType.of("application", "octet-stream") : type, entity);
    if (type.type().equals("text")) {
      ascii(" " + entity.lines());
    }
    extensions(entity);
  }

  /** {@code body-type-msg}. */
  private void embedded(MimePart.Embedded embedded) {
    Entity entity = embedded.entity();
    fields(entity.contentType(), entity);
    ascii(" ");
    out.writeBytes(EnvelopeText.of(new Envelope(embedded.message().headers())));
    ascii(" ");
    part(embedded.message());
    ascii(" " + entity.lines());
    extensions(entity);
  }

  /** The type, then {@code body-fields}. */
  private void fields(ContentType type, Entity entity) {
    string(type.type().toUpperCase(Locale.ROOT));
    ascii(" ");
    string(type.subtype().toUpperCase(Locale.ROOT));
    ascii(" ");
    parameters(type.parameters());
    ascii(" ");
    nstring(entity.contentId());
    ascii(" ");
    nstring(entity.description());
    ascii(" ");
    string(encoding(entity).toUpperCase(Locale.ROOT));
    ascii(" " + entity.body().length());
  }

  /** As the header says, since the client decodes; 7BIT if it says nothing. */
  private static String encoding(Entity entity) {
    String known = entity.transferEncoding().token();
    return known.isEmpty()
        ? entity
            .headers()
            .first("Content-Transfer-Encoding")
            .map(HeaderField::unfolded)
            .filter(text -> !text.isEmpty())
            .orElse("7BIT")
        : known;
  }

  /** {@code body-ext-1part}. */
  private void extensions(Entity entity) {
    if (extended) {
      ascii(" ");
      nstring(entity.md5());
      dispositionOn(entity);
    }
  }

  /** {@code body-fld-dsp}, {@code body-fld-lang}, {@code body-fld-loc}. */
  private void dispositionOn(Entity entity) {
    ascii(" ");
    Optional<ContentDisposition> disposition =
        entity.disposition().filter(found -> !found.type().isEmpty());
    if (disposition.isPresent()) {
      ascii("(");
      string(disposition.get().type().toUpperCase(Locale.ROOT));
      ascii(" ");
      parameters(disposition.get().parameters());
      ascii(") ");
    } else {
      ascii("NIL ");
    }
    List<String> languages = entity.languages();
    if (languages.isEmpty()) {
      ascii("NIL");
    } else {
      ascii("(");
      for (int i = 0; i < languages.size(); i++) {
        ascii(i == 0 ? "" : " ");
        string(languages.get(i));
      }
      ascii(")");
    }
    ascii(" ");
    nstring(entity.location());
  }

  /** {@code body-fld-param}: as written, since RFC 2231 is the client's to undo. */
  private void parameters(Parameters parameters) {
    if (parameters.written().isEmpty()) {
      ascii("NIL");
      return;
    }
    String separator = "(";
    for (Parameters.Parameter parameter : parameters.written()) {
      ascii(separator);
      string(parameter.name().toUpperCase(Locale.ROOT));
      ascii(" ");
      string(parameter.value());
      separator = " ";
    }
    ascii(")");
  }

  private void string(String text) {
    out.writeBytes(WireString.string(text));
  }

  private void nstring(Optional<String> text) {
    out.writeBytes(WireString.nstring(text));
  }

  private void ascii(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}

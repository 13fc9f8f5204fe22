package org.thurn.message;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a MIME tree in the form of the expected trees of {@code mime/testmsgs}. */
final class TreeText {
  private final OctetSource message;
  private final StringBuilder out = new StringBuilder();

  private TreeText(byte[] message) {
    this.message = OctetSource.of(message);
  }

  static String of(MimeTree tree, byte[] message) throws IOException {
    TreeText text = new TreeText(message);
    text.message(tree.root());
    return text.out.toString();
  }

  private void message(MimePart part) throws IOException {
    line("<message>");
    part(part);
    line("</message>");
  }

  private void part(MimePart part) throws IOException {
    line("<header>");
    for (HeaderField field : part.headers()) {
      if (field.isWellFormed()) {
        line("<field>");
        String text = latin1(field.toByteArray());
        out.append(
            escape(text.endsWith("\r\n") ? text.substring(0, text.length() - 2) : text.strip()));
        line("</field>");
      }
    }
    line("</header>");
    switch (part) {
      case MimePart.Leaf(Entity entity) -> element("body", entity.body(), true);
      case MimePart.Embedded(Entity entity, MimePart inner) -> message(inner);
      case MimePart.Multipart(Entity entity, List<MimePart> parts, Extent before, Extent after) -> {
        line("<multipart>");
        element("preamble", before, false);
        for (MimePart child : parts) {
          line("<body-part>");
          part(child);
          line("</body-part>");
        }
        element("epilogue", after, false);
        line("</multipart>");
      }
    }
  }

  private void element(String name, Extent extent, boolean always) throws IOException {
    // an empty line before the delimiter is a preamble too, though it has no octet of its own
    String next = latin1(message.open(extent.offset(), 2).readAllBytes());
    if (always || extent.length() > 0 || next.startsWith("\r\n")) {
      line("<" + name + ">");
      out.append(escape(latin1(message.open(extent).readAllBytes())));
      line("</" + name + ">");
    }
  }

  private void line(String text) {
    out.append(text).append("\r\n");
  }

  private static String latin1(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

package org.thurn.lab.page;

import java.util.Set;

/** Writes {@link Html} as markup, and escapes every text and every attribute. */
final class HtmlWriter {
  private static final Set<String> VOID = Set.of("meta", "link", "input", "br", "hr");

  private HtmlWriter() {}

  static void write(Html html, StringBuilder out) {
    switch (html) {
      case Html.Text(String text) -> escape(text, out);
      case Html.Pieces pieces -> pieces.pieces().forEach(piece -> write(piece, out));
      case Html.Element element -> element(element, out);
    }
  }

  private static void element(Html.Element element, StringBuilder out) {
    out.append('<').append(element.name());
    element
        .attributes()
        .forEach(
            (name, value) -> {
              out.append(' ').append(name).append("=\"");
              escape(value, out);
              out.append('"');
            });
    out.append('>');
    if (!VOID.contains(element.name())) {
      element.children().forEach(child -> write(child, out));
      out.append("</").append(element.name()).append('>');
    }
  }

  /** Control characters are no part of HTML; they show as U+FFFD. */
  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '\n', '\t' -> out.append(c);
        default -> out.append(Character.isISOControl(c) ? '\ufffd' : c);
      }
    }
  }
}

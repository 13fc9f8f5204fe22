package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.List;

/** What is said in an SMTP dialogue, as the page writes it. */
final class SmtpText {
  /** Between the lines of a reply in an event's text. */
  private static final String BETWEEN_LINES = " / ";

  private SmtpText() {}

  /** The reply as {@code thurn trace} writes it; the text may bring its code along. */
  static String reply(int code, String text) {
    return text.startsWith(Integer.toString(code)) ? text : code + " " + text;
  }

  /**
   * A reply, its lines set apart. What stood between them in the event stays in the text of the
   * page, unseen, so that both can be compared.
   */
  static Html replied(int code, String text) {
    String whole = reply(code, text);
    String digits = Integer.toString(code);
    List<String> lines = List.of(whole.substring(digits.length()).split(BETWEEN_LINES, -1));
    Html number = Html.element("b", digits).classed("code code-" + code / 100);
    Html first = Html.foreign(lines.getFirst()).classed("said");
    List<Html> more = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      more.add(Html.element("span", BETWEEN_LINES).classed("unseen"));
      more.add(Html.foreign(line).classed("said"));
    }
    return more.isEmpty()
        ? Html.pieces(number, first)
        : Html.pieces(number, first, Html.element("span").classed("more").add(more));
  }

  /** A command, its verb set off. */
  static Html commanded(String command) {
    int end = command.indexOf(' ');
    String verb = end < 0 ? command : command.substring(0, end);
    return Html.pieces(
        Html.element("b", verb).classed("verb"),
        Html.foreign(command.substring(verb.length())).classed("said"));
  }
}

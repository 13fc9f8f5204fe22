package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.List;
import org.thurn.lab.attack.Fate;

/** What became of a message on the wire: in a word, in a colour, and what the word means. */
final class FateView {
  private FateView() {}

  /** One word for a small place. */
  static String word(Fate fate) {
    return switch (fate) {
      case SAFE -> "safe";
      case READABLE -> "read";
      case DEFERRED -> "waits";
      case BOUNCED -> "back";
    };
  }

  /** The class that gives it its colour. */
  static String tone(Fate fate) {
    return switch (fate) {
      case SAFE -> "good";
      case DEFERRED, BOUNCED -> "doubtful";
      case READABLE -> "bad";
    };
  }

  /** In words, in its colour. */
  static Html badge(Fate fate) {
    return Html.element("span", fate.words()).classed("badge " + tone(fate));
  }

  /** What each word and colour means. */
  static Html legend() {
    List<Html> items = new ArrayList<>();
    for (Fate fate : Fate.values()) {
      items.add(
          Html.element("dt", Html.element("span", word(fate)).classed("badge " + tone(fate))));
      items.add(
          Html.element("dd", Html.element("b", name(fate)), Html.text(": " + meaning(fate) + ".")));
    }
    return Html.element("dl").classed("attack-key").with("aria-label", "Legend").add(items);
  }

  private static String name(Fate fate) {
    return switch (fate) {
      case SAFE -> "safe";
      case READABLE -> "delivered readable";
      case DEFERRED -> "deferred";
      case BOUNCED -> "bounced";
    };
  }

  private static String meaning(Fate fate) {
    return switch (fate) {
      case SAFE -> "the receiver has it, and the attacker saw nothing that he can read";
      case READABLE -> "the receiver has it, and the attacker read it on the way";
      case DEFERRED ->
          "nobody has it yet: it waits at the sender, who tries again for days and then returns it"
              + " to its author with the reason: a defence that holds costs time, and no letter";
      case BOUNCED ->
          "it goes back to its author at once. No cell is expected to: who attacks must not be"
              + " able to make mail come back in the first minute";
    };
  }
}

package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurn.lab.attack.Attack;
import org.thurn.lab.attack.Attacks;
import org.thurn.lab.attack.Cell;
import org.thurn.lab.attack.Fate;
import org.thurn.lab.attack.Played;
import org.thurn.lab.attack.ReceiverDefence;
import org.thurn.lab.attack.SenderDefence;

/** Draws the matrix of attacks, and one cell of it after it was played. */
final class AttackView {
  private static final String TITLE = "Who reads along?";
  private static final String LEAD =
      "Somebody sits on the wire between a sending and a receiving domain. Each cell sends one real"
          + " message past him, with the defences of its row and of its column, and shows whether he"
          + " could read it. A click plays a cell.";

  private final Attacks attacks;

  AttackView(Attacks attacks) {
    this.attacks = attacks;
  }

  /** Where a cell's page is. */
  static String address(Cell cell) {
    return Html.address("/attack", "cell", cell.name());
  }

  /** For the first page. */
  Html section() {
    return Html.element(
            "section",
            Html.element("h2", TITLE),
            Html.element("p", LEAD).classed("lead"),
            Html.element(
                "p", Html.link("/attacks", "The matrix of attacks on TLS").classed("button")))
        .with("id", "attacks-teaser");
  }

  /** The whole matrix. */
  Html page() {
    return Html.pieces(
        Html.element("h1", TITLE), Html.element("p", LEAD).classed("lead"), key(), matrix());
  }

  /** The part that changes while it is played. */
  Html matrix() {
    List<Html> parts = new ArrayList<>();
    parts.add(controls());
    Arrays.stream(Attack.values()).map(this::table).forEach(parts::add);
    return Html.element("div")
        .with("id", "attacks")
        .with("data-live", "/attacks/matrix")
        .with("data-seen", Long.toString(attacks.version()))
        .with("data-done", Boolean.toString(!attacks.busy()))
        .add(parts);
  }

  private Html controls() {
    List<Html> parts = new ArrayList<>();
    parts.add(
        attacks.busy()
            ? Html.element("span", "Playing: ")
            : form("all", "Play all " + Cell.all().size(), "play-all"));
    List<Played> played = Cell.all().stream().flatMap(c -> attacks.last(c).stream()).toList();
    long surprises = played.stream().filter(one -> !one.asExpected()).count();
    parts.add(
        Html.element(
                "span",
                "%d of %d played, %d not as expected"
                    .formatted(played.size(), Cell.all().size(), surprises))
            .classed("count"));
    attacks
        .problem()
        .ifPresent(
            problem ->
                parts.add(
                    Html.element("p", Html.text("It came to no end: "), Html.foreign(problem))
                        .classed("problem")
                        .with("role", "alert")));
    return Html.element("div").with("id", "attack-controls").with("role", "status").add(parts);
  }

  private static Html key() {
    List<Html> items = new ArrayList<>();
    for (Fate fate : Fate.values()) {
      items.add(
          Html.element("dt", Html.element("span", shortly(fate)).classed("badge " + tone(fate))));
      items.add(Html.element("dd", meaning(fate)));
    }
    return Html.element("dl").classed("attack-key").add(items);
  }

  private static String meaning(Fate fate) {
    return switch (fate) {
      case SAFE -> "delivered, and the attacker saw nothing that he can read";
      case READABLE -> "delivered, and the attacker read it";
      case DEFERRED ->
          "not sent: it waits, and goes back to the sender if that lasts as long as the queue";
      case BOUNCED -> "goes back to the sender at once";
    };
  }

  private Html table(Attack attack) {
    List<Html> head = new ArrayList<>();
    head.add(Html.element("th", "sender \\ receiver").with("scope", "col"));
    for (ReceiverDefence receiver : ReceiverDefence.values()) {
      head.add(
          Html.element("th", receiver.title())
              .with("scope", "col")
              .with("title", receiver.words()));
    }
    List<Html> rows = new ArrayList<>();
    for (SenderDefence sender : SenderDefence.values()) {
      List<Html> row = new ArrayList<>();
      row.add(
          Html.element("th", sender.title()).with("scope", "row").with("title", sender.words()));
      for (ReceiverDefence receiver : ReceiverDefence.values()) {
        row.add(Html.element("td", cell(new Cell(sender, receiver, attack))));
      }
      rows.add(Html.element("tr").add(row));
    }
    Html table =
        Html.element(
                "table",
                Html.element("caption", "The attacker " + attack.title()).classed("unseen"),
                Html.element("thead", Html.element("tr").add(head)),
                Html.element("tbody").add(rows))
            .classed("attack-table");
    return Html.element(
            "section",
            Html.element("h2", "He " + attack.title()),
            Html.element("p", attack.words()),
            Html.element("div", table).classed("wide"),
            form(attack.word(), "Play these", "play-some"))
        .classed("attack")
        .with("id", "attack-" + attack.word());
  }

  /** A link to what came of it, or a button that plays it. */
  private Html cell(Cell cell) {
    Optional<Played> played = attacks.last(cell);
    if (played.isEmpty()) {
      return form(cell.name(), "play", "play-one");
    }
    Fate fate = played.get().fate();
    String words = shortly(fate) + (played.get().asExpected() ? "" : " !");
    return Html.link(address(cell), words)
        .with("aria-label", fate.words() + ": " + title(cell))
        .classed("badge " + tone(fate));
  }

  private static String title(Cell cell) {
    return "sender %s, receiver %s, attacker %s"
        .formatted(cell.sender().title(), cell.receiver().title(), cell.attack().title());
  }

  private static Html form(String what, String words, String kind) {
    Html.Element button = Html.element("button", words).with("type", "submit");
    Optional<Cell> cell = Cell.named(what);
    return Html.element(
            "form",
            Html.element("input").with("type", "hidden").with("name", "cell").with("value", what),
            cell.isPresent() ? button.with("aria-label", words + ": " + title(cell.get())) : button)
        .with("method", "post")
        .with("action", "/attacks")
        .classed(kind);
  }

  private static String shortly(Fate fate) {
    return switch (fate) {
      case SAFE -> "safe";
      case READABLE -> "read";
      case DEFERRED -> "waits";
      case BOUNCED -> "back";
    };
  }

  /** The class that gives a fate its colour. */
  private static String tone(Fate fate) {
    return switch (fate) {
      case SAFE -> "good";
      case DEFERRED, BOUNCED -> "doubtful";
      case READABLE -> "bad";
    };
  }

  /**
   * One cell, after it was played or before.
   *
   * @param problem why it could not be played, or empty
   */
  Html page(Cell cell, String problem) {
    List<Html> parts = new ArrayList<>();
    parts.add(Html.element("h1", "He " + cell.attack().title()));
    parts.add(Html.element("p", cell.attack().words()).classed("lead"));
    parts.add(
        facts(
            List.of(
                new Fact("sender", cell.sender().title() + ": " + cell.sender().words()),
                new Fact(
                    "receiver",
                    "%s: %s"
                        .formatted(cell.receiver().domain().ascii(), cell.receiver().words())))));
    if (!problem.isEmpty()) {
      parts.add(
          Html.element("p", Html.text("It came to no end: "), Html.foreign(problem))
              .classed("problem")
              .with("role", "alert"));
    }
    attacks.last(cell).ifPresent(played -> parts.add(outcome(played)));
    parts.add(
        Html.element(
                "div",
                form(
                    cell.name(),
                    attacks.last(cell).isPresent() ? "Play again" : "Play",
                    "play-again"),
                Html.link("/attacks#attack-" + cell.attack().word(), "The matrix"))
            .classed("scenario-foot"));
    attacks.last(cell).ifPresent(played -> parts.add(steps(played)));
    return Html.element("section").classed("attack-page").add(parts);
  }

  private record Fact(String name, String value) {}

  private static Html facts(List<Fact> facts) {
    List<Html> items = new ArrayList<>();
    for (Fact fact : facts) {
      items.add(Html.element("dt", fact.name()));
      items.add(Html.element("dd", Html.foreign(fact.value())));
    }
    return Html.element("dl").classed("attack-facts").add(items);
  }

  private static Html outcome(Played played) {
    Cell cell = played.cell();
    List<Html> parts = new ArrayList<>();
    parts.add(
        Html.element(
                "p",
                Html.element("span", played.fate().words()).classed("badge " + tone(played.fate())),
                Html.text(
                    played.asExpected()
                        ? " as expected"
                        : " – not what was expected: " + cell.expected().words()))
            .classed("verdict-line"));
    parts.add(Html.element("p", Html.foreign(sentence(played.reason()))).classed("because"));
    parts.add(facts(seen(played)));
    parts.add(
        played.read().isEmpty()
            ? Html.element("p", "The attacker could read nothing of the letter.")
            : Html.pieces(
                Html.element("h2", "What the attacker read"),
                Html.element("pre", Html.foreign(played.read().replace("\r\n", "\n")))
                    .classed("attack-read")));
    return Html.element("div")
        .classed("verdict " + tone(played.fate()))
        .with("role", "status")
        .with("id", "verdict")
        .add(parts);
  }

  /** What can be read of the message in the sender's journey, and at the receiver. */
  private static List<Fact> seen(Played played) {
    List<Fact> facts = new ArrayList<>();
    played
        .policy()
        .ifPresent(
            policy -> {
              facts.add(new Fact("demanded", policy.demand()));
              facts.add(new Fact("because", policy.reason()));
            });
    played
        .tls()
        .ifPresent(
            tls ->
                facts.add(
                    new Fact(
                        "TLS", tls.version() + ", " + tls.group() + ", " + tls.verification())));
    facts.add(new Fact("at the receiver", played.copies() == 1 ? "once" : played.copies() + ""));
    facts.add(new Fact("it took", "%.0f ms".formatted(played.took().toNanos() / 1e6)));
    return facts;
  }

  private static String sentence(String words) {
    return words.isEmpty()
        ? ""
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
  }

  private static Html steps(Played played) {
    List<Html> rows = new ArrayList<>();
    played
        .trace()
        .sender()
        .forEach(
            entry ->
                rows.add(
                    Html.element(
                            "li",
                            Html.element("span", EventView.of(entry.event())).classed("words"))
                        .classed("finding")));
    return Html.element(
        "section",
        Html.element("h2", "The sender's journey"),
        Html.element("ul").classed("findings").with("id", "attack-steps").add(rows));
  }
}

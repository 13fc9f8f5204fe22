package org.thurn.lab.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurn.journey.Entry;
import org.thurn.lab.attack.Attacks;
import org.thurn.lab.attack.Cell;
import org.thurn.lab.attack.Played;
import org.thurn.lab.attack.Trace;

/** Draws one cell of the matrix of attacks: who saw what of the message, and why. */
final class AttackView {
  private final Attacks attacks;

  AttackView(Attacks attacks) {
    this.attacks = attacks;
  }

  /** Where a cell's page is. */
  static String address(Cell cell) {
    return Html.address("/attack", "cell", cell.name());
  }

  /** In one line. */
  static String title(Cell cell) {
    return "sender %s, receiver %s, attacker %s"
        .formatted(cell.sender().title(), cell.receiver().title(), cell.attack().title());
  }

  /** A button that plays a cell, or several. */
  static Html form(String what, String words, String kind) {
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

  /**
   * One cell, after it was played or before.
   *
   * @param problem why it could not be played, or empty
   */
  Html page(Cell cell, String problem) {
    List<Html> parts = new ArrayList<>();
    parts.add(Html.element("h1", "The attacker " + cell.attack().title()));
    parts.add(Html.element("p", cell.attack().words()).classed("lead"));
    parts.add(WireView.drawn(cell, attacks.last(cell)));
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
    attacks.last(cell).ifPresent(played -> parts.add(trace(played)));
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
    List<Html> parts = new ArrayList<>(verdict(played));
    parts.add(facts(seen(played)));
    if (played.read().isEmpty()) {
      parts.add(Html.element("p", "The attacker could read nothing of the letter."));
    } else {
      parts.add(Html.element("h2", "What the attacker read"));
      parts.add(
          Html.element("pre", Html.foreign(played.read().replace("\r\n", "\n")))
              .classed("attack-read"));
    }
    return Html.element("div")
        .classed("verdict " + FateView.tone(played.fate()))
        .with("role", "status")
        .with("id", "verdict")
        .add(parts);
  }

  /** What became of it, and why. */
  static List<Html> verdict(Played played) {
    Html line =
        Html.element(
                "p",
                FateView.badge(played.fate()),
                Html.text(
                    played.asExpected()
                        ? " as expected"
                        : " – not what was expected: " + played.cell().expected().words()))
            .classed("verdict-line");
    Html because = Html.element("p", Html.foreign(sentence(played.reason()))).classed("because");
    return List.of(line, because);
  }

  /** What the sender demanded, and on whose word; nothing if it did not get that far. */
  static Html demanded(Played played) {
    return facts(demands(played));
  }

  private static List<Fact> demands(Played played) {
    List<Fact> facts = new ArrayList<>();
    played
        .policy()
        .ifPresent(
            policy -> {
              facts.add(new Fact("demanded", policy.demand()));
              if (!played.reason().contains(policy.reason())) {
                facts.add(new Fact("because", policy.reason()));
              }
            });
    return facts;
  }

  /** What can be read of the message in the sender's journey, and at the receiver. */
  private static List<Fact> seen(Played played) {
    List<Fact> facts = new ArrayList<>(demands(played));
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
        : words.substring(0, 1).toUpperCase(Locale.ROOT)
            + words.substring(1)
            + (words.endsWith(".") ? "" : ".");
  }

  /** The message's trace, as each of the three has it. */
  private static Html trace(Played played) {
    Trace trace = played.trace();
    Instant start = trace.sender().isEmpty() ? played.at() : trace.sender().getFirst().time();
    return Html.pieces(
        section("What the sender noted", steps(WireView.SENDER, trace.sender(), start), "sender"),
        section("What the attacker recorded", RecordingView.of(played), "attacker"),
        section(
            "What the receiver noted",
            trace.receiver().isEmpty()
                ? Html.element("p", "Nothing: nobody came.")
                : steps(WireView.receiver(played.cell()), trace.receiver(), start),
            "receiver"));
  }

  private static Html section(String heading, Html content, String whose) {
    return Html.element("section", Html.element("h2", heading), content)
        .with("id", "trace-" + whose);
  }

  private static Html steps(Place place, List<Entry> entries, Instant start) {
    List<Seen> seen = entries.stream().map(entry -> new Seen(place, entry)).toList();
    StepView view = new StepView(start);
    return Html.element("ol")
        .classed("steps")
        .add(Steps.of(new Story("", seen)).stream().map(view::of).toList());
  }
}

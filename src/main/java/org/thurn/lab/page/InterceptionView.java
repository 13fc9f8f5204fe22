package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.lab.attack.Attacks;
import org.thurn.lab.attack.Cell;
import org.thurn.lab.attack.Interception;
import org.thurn.lab.attack.Interceptions;
import org.thurn.lab.attack.Played;

/** Draws scenarios on the wire: a card each, and a page with every pair of defences. */
final class InterceptionView {
  private static final String LEAD =
      "Each of these sends real messages past somebody on the wire, one for each pair of defences,"
          + " and shows whether he could read them.";

  private final Attacks attacks;

  InterceptionView(Attacks attacks) {
    this.attacks = attacks;
  }

  /** All of them, with their last outcomes, under a heading of this level. */
  Html section(String heading) {
    List<Html> cards = Interceptions.all().stream().map(this::card).toList();
    return Html.element(
            "section",
            Html.element(heading, AttackMatrixView.TITLE),
            Html.element("p", LEAD).classed("lead"),
            Html.element("ul").classed("scenarios").add(cards),
            Html.element(
                    "p",
                    Html.link("/attacks", "Every attack on every pair: the matrix")
                        .classed("button"))
                .classed("after-cards"))
        .with("id", "interceptions");
  }

  private Html card(Interception interception) {
    List<Html> pairs = new ArrayList<>();
    for (Cell cell : interception.cells()) {
      pairs.add(Html.element("li", Html.text(pair(cell) + " "), badge(cell)));
    }
    return Html.element(
            "li",
            Html.element(
                "h3",
                Html.link(ScenarioPages.address(interception.name()), interception.title())
                    .classed("scenario-title")),
            Html.element("p", interception.promise()),
            Html.element("p", "sender → receiver").classed("facts"),
            Html.element("ul").classed("pairs").add(pairs),
            Html.element("div", button(interception)).classed("scenario-foot"))
        .classed("scenario")
        .with("id", "scenario-" + interception.name());
  }

  private static String pair(Cell cell) {
    return cell.sender().title() + " → " + cell.receiver().title();
  }

  /** Nothing before it was played. */
  private Html badge(Cell cell) {
    return attacks
        .last(cell)
        .map(
            played ->
                (Html)
                    Html.element("span", FateView.word(played.fate()))
                        .classed("badge small " + FateView.tone(played.fate())))
        .orElseGet(Html::nothing);
  }

  private Html button(Interception interception) {
    boolean again = interception.cells().stream().allMatch(c -> attacks.last(c).isPresent());
    return ScenarioPages.button(
        interception.name(), interception.title(), again ? "Play again" : "Play");
  }

  /**
   * One scenario, after it was played or before.
   *
   * @param problem why it could not be played, or empty
   */
  Html page(Interception interception, String problem) {
    List<Html> parts = new ArrayList<>();
    parts.add(Html.element("h1", interception.title()));
    parts.add(Html.element("p", interception.promise()).classed("lead"));
    parts.add(
        Html.element("p", Html.text("What the attacker does: " + interception.attack().words())));
    if (!problem.isEmpty()) {
      parts.add(
          Html.element("p", Html.text("It came to no end: "), Html.foreign(problem))
              .classed("problem")
              .with("role", "alert"));
    }
    parts.add(
        Html.element(
                "div",
                button(interception),
                Html.link(
                    "/attacks#attack-" + interception.attack().word(),
                    "This attack on every pair of defences"),
                Html.link("/scenarios", "All scenarios"))
            .classed("scenario-foot"));
    List<Html> acts = interception.cells().stream().map(this::act).toList();
    parts.add(
        Html.element("div").classed("acts").with("role", "status").with("id", "acts").add(acts));
    return Html.element("section").classed("attack-page").add(parts);
  }

  private Html act(Cell cell) {
    Optional<Played> played = attacks.last(cell);
    List<Html> parts = new ArrayList<>();
    parts.add(WireView.drawn(cell, played));
    parts.add(
        Html.element(
                "p",
                "Sender: " + cell.sender().words() + ". Receiver: " + cell.receiver().words() + ".")
            .classed("facts"));
    if (played.isPresent()) {
      parts.addAll(AttackView.verdict(played.get()));
      parts.add(AttackView.demanded(played.get()));
      parts.add(
          Html.element(
              "p",
              Html.link(AttackView.address(cell), "Its trace, and what the attacker recorded")));
    } else {
      parts.add(Html.element("p", "Not played yet.").classed("empty"));
    }
    return Html.element("article")
        .classed("verdict " + played.map(one -> FateView.tone(one.fate())).orElse(""))
        .with("id", "act-" + cell.name().replace('/', '-'))
        .add(parts);
  }
}

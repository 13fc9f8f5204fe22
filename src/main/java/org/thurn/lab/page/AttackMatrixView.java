package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thurn.lab.attack.Attack;
import org.thurn.lab.attack.Attacks;
import org.thurn.lab.attack.Cell;
import org.thurn.lab.attack.Fate;
import org.thurn.lab.attack.Interceptions;
import org.thurn.lab.attack.Played;
import org.thurn.lab.attack.ReceiverDefence;
import org.thurn.lab.attack.SenderDefence;

/** Draws the matrix of attacks. */
final class AttackMatrixView {
  static final String TITLE = "Who reads along?";
  private static final String LEAD =
      "Somebody sits on the wire between a sending and a receiving domain. Each cell sends one real"
          + " message past him, with the defences of its row and of its column, and shows whether he"
          + " could read it. A click plays a cell.";

  private final Attacks attacks;

  AttackMatrixView(Attacks attacks) {
    this.attacks = attacks;
  }

  /** The whole matrix. */
  Html page() {
    return Html.pieces(
        Html.element("h1", TITLE),
        Html.element("p", LEAD).classed("lead"),
        FateView.legend(),
        defences(),
        matrix());
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
            : AttackView.form("all", "Play all " + Cell.all().size(), "play-all"));
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
            Html.element("h2", "The attacker " + attack.title()),
            Html.element("p", attack.words()),
            Html.element("div", table).classed("wide"),
            Html.element("div", AttackView.form(attack.word(), "Play these", "play-some"))
                .classed("scenario-foot play-foot")
                .add(scenario(attack)))
        .classed("attack")
        .with("id", "attack-" + attack.word());
  }

  /** A link to the scenario of this attack, if there is one. */
  private static List<Html> scenario(Attack attack) {
    return Interceptions.all().stream()
        .filter(one -> one.attack() == attack)
        .map(one -> (Html) Html.link(ScenarioPages.address(one.name()), "As a scenario, drawn"))
        .toList();
  }

  /** A link to what came of it, or a button that plays it. */
  private Html cell(Cell cell) {
    Optional<Played> played = attacks.last(cell);
    if (played.isEmpty()) {
      return AttackView.form(cell.name(), "play", "play-one");
    }
    Fate fate = played.get().fate();
    String words = FateView.word(fate) + (played.get().asExpected() ? "" : " !");
    return Html.link(AttackView.address(cell), words)
        .with("aria-label", fate.words() + ": " + AttackView.title(cell))
        .classed("badge " + FateView.tone(fate));
  }

  /** What rows and columns mean. */
  private static Html defences() {
    List<Html> senders = new ArrayList<>();
    for (SenderDefence sender : SenderDefence.values()) {
      senders.add(Html.element("dt", sender.title()));
      senders.add(Html.element("dd", sender.words()));
    }
    List<Html> receivers = new ArrayList<>();
    for (ReceiverDefence receiver : ReceiverDefence.values()) {
      receivers.add(Html.element("dt", receiver.title()));
      receivers.add(Html.element("dd", receiver.words()));
    }
    return Html.element(
            "details",
            Html.element("summary", "Who defends himself how"),
            Html.element("h3", "Senders: the rows"),
            Html.element("dl").classed("attack-facts").add(senders),
            Html.element("h3", "Receivers: the columns"),
            Html.element("dl").classed("attack-facts").add(receivers))
        .classed("attack-defences");
  }
}

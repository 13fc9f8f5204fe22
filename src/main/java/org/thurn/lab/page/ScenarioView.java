package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.lab.scenario.Director;
import org.thurn.lab.scenario.Outcome;
import org.thurn.lab.scenario.Scenario;
import org.thurn.lab.scenario.Verdict;
import org.thurn.name.Domain;

/** Draws scenarios: before, with what will happen, and after, with the way and the verdict. */
final class ScenarioView {
  private final List<Place> places;
  private final Director director;

  ScenarioView(List<Place> places, Director director) {
    this.places = places;
    this.director = director;
  }

  /** With their last outcomes. */
  Html cards(List<Scenario> scenarios) {
    return Html.element("ul").classed("scenarios").add(scenarios.stream().map(this::card).toList());
  }

  private Html card(Scenario scenario) {
    List<Html> pieces = new ArrayList<>();
    pieces.add(
        Html.element(
            "h3",
            Html.link(ScenarioPages.address(scenario.about().name()), scenario.about().title())
                .classed("scenario-title")));
    pieces.add(Html.element("p", scenario.about().promise()));
    pieces.add(Html.element("p", way(scenario)).classed("hops"));
    Optional<Outcome> last = director.last(scenario);
    List<Html> foot = new ArrayList<>();
    foot.add(button(scenario, last.isPresent() ? "Play again" : "Play"));
    last.ifPresent(
        outcome -> {
          foot.add(badge(outcome.verdict()));
          foot.add(
              Html.element("time", Moment.of(outcome.at()))
                  .with("datetime", outcome.at().toString()));
          foot.add(journey(outcome, "journey"));
        });
    pieces.add(Html.element("div").classed("scenario-foot").add(foot));
    return Html.element("li")
        .classed("scenario")
        .with("id", "scenario-" + scenario.about().name())
        .add(pieces);
  }

  private Html way(Scenario scenario) {
    List<Html> hops = new ArrayList<>();
    for (Domain domain : scenario.way()) {
      if (!hops.isEmpty()) {
        hops.add(Html.element("span", " → ").classed("arrow"));
      }
      hops.add(place(domain).chip());
    }
    return Html.pieces(hops);
  }

  private Place place(Domain domain) {
    return places.stream()
        .filter(place -> place.domain().equals(domain))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(domain + " is not on the map"));
  }

  private static Html button(Scenario scenario, String words) {
    return ScenarioPages.button(scenario.about().name(), scenario.about().title(), words);
  }

  private static Html badge(Verdict verdict) {
    return Html.element("span", verdict.words()).classed("badge " + tone(verdict));
  }

  /** The class that gives the verdict its colour. */
  static String tone(Verdict verdict) {
    return switch (verdict) {
      case DELIVERED -> "good";
      case WARNED, JUNK, DEFERRED -> "doubtful";
      case REFUSED -> "bad";
    };
  }

  private static Html.Element journey(Outcome outcome, String words) {
    return Html.link(Html.address("/journey", "message", outcome.messageId()), words);
  }

  /**
   * One scenario, after it was played or before.
   *
   * @param problem why it could not be played, or empty
   */
  Html page(Scenario scenario, String problem) {
    Optional<Outcome> last = director.last(scenario);
    List<Html> about = new ArrayList<>();
    about.add(Html.element("h1", scenario.about().title()));
    about.add(Html.element("p", scenario.about().promise()).classed("lead"));
    about.add(Html.element("p", way(scenario)).classed("hops"));
    if (!problem.isEmpty()) {
      about.add(
          Html.element("p", Html.text("It came to no end: "), Html.foreign(problem))
              .classed("problem")
              .with("role", "alert"));
    }
    last.ifPresent(outcome -> about.add(verdict(outcome)));
    List<Html> foot = new ArrayList<>();
    foot.add(button(scenario, last.isPresent() ? "Play again" : "Play"));
    last.ifPresent(outcome -> foot.add(journey(outcome, "See its whole journey")));
    foot.add(Html.link("/scenarios", "All scenarios"));
    about.add(Html.element("div").classed("scenario-foot").add(foot));
    MapView map = new MapView(places);
    List<Place> way = scenario.way().stream().map(this::place).toList();
    Html drawn = map.scene(way, last.map(Outcome::verdict));
    Html head =
        Html.element("section", Html.element("div").classed("about").add(about), drawn)
            .classed("journey-head scene");
    return last.isPresent() ? Html.pieces(head, findings(scenario, last.get())) : head;
  }

  private Html verdict(Outcome outcome) {
    Scenario scenario = outcome.scenario();
    List<Html> pieces = new ArrayList<>();
    pieces.add(
        Html.element(
                "p",
                place(scenario.judge()).chip(),
                Html.text(" "),
                badge(outcome.verdict()),
                Html.text(
                    outcome.asPromised()
                        ? " as promised"
                        : " – not what was promised: " + scenario.about().expected().words()))
            .classed("verdict-line"));
    pieces.add(
        Html.element("p", Html.foreign(String.join(" ", Plainly.why(outcome)))).classed("because"));
    outcome
        .reply()
        .ifPresent(
            reply ->
                pieces.add(
                    Html.element("p", SmtpText.replied(reply.code(), reply.text()))
                        .classed("answered")));
    return Html.element("div")
        .classed("verdict " + tone(outcome.verdict()))
        .with("role", "status")
        .with("id", "verdict")
        .add(pieces);
  }

  private Html findings(Scenario scenario, Outcome outcome) {
    List<Html> rows = new ArrayList<>();
    for (Event finding : outcome.findings()) {
      rows.add(
          Html.element("li", Html.element("span", EventView.of(finding)).classed("words"))
              .classed("finding"));
    }
    return Html.element(
        "section",
        Html.element("h2", Html.text("What " + scenario.judge() + " found")),
        Html.element("ul").classed("findings").with("id", "findings").add(rows));
  }
}

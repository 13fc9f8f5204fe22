package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Event;

/** The page of one message's journey. Its second part is fetched anew while the message travels. */
final class JourneyView {
  /** Much more than a message needs; an address as a key can bring as many. */
  private static final int MOST_EVENTS = 2_000;

  private final List<Place> places;

  JourneyView(List<Place> places) {
    this.places = places;
  }

  /** The whole page's content. */
  Html page(Story story) {
    return Html.pieces(live(story));
  }

  String title(Story story) {
    return story
        .accepted()
        .map(Event.Accepted::subject)
        .filter(s -> !s.isBlank())
        .orElse(story.accepted().isEmpty() && isRefused(story) ? "Refused" : "A journey");
  }

  private static boolean isRefused(Story story) {
    return story.fates().stream().anyMatch(fate -> fate.state() == Fate.State.REFUSED);
  }

  /** What changes while the message travels. */
  Html.Element live(Story story) {
    Html.Element live =
        Html.element("div")
            .with("id", "journey")
            .with("data-live", Html.address("/journey/entries", "message", story.message()))
            .with("data-seen", Integer.toString(story.seen().size()))
            .with("data-done", Boolean.toString(story.isDone()));
    return story.isEmpty() ? live.add(nothing(story)) : live.add(head(story), steps(story));
  }

  private static Html nothing(Story story) {
    return Html.element(
            "section",
            Html.element("h1", "No journey yet"),
            Html.element(
                "p",
                Html.text("No domain has heard of "),
                Html.foreign(story.message()).classed("value"),
                Html.text(". This page looks again by itself.")))
        .with("id", "nothing");
  }

  private Html head(Story story) {
    List<Html> about = new ArrayList<>();
    about.add(Html.element("h1", Html.foreign(title(story))));
    Optional<Event.Accepted> accepted = story.accepted();
    accepted.ifPresent(a -> about.add(envelope(a)));
    about.add(
        Html.element(
                "p",
                Html.foreign(story.message()).classed("value"),
                Html.text(" · " + Moment.day(story.start()) + " · "),
                Html.link(Html.address("/api/journey", "message", story.message()), "as JSON"))
            .classed("facts"));
    about.add(fates(story));
    return Html.element(
            "section",
            Html.element("div").classed("about").add(about),
            new MapView(places).way(story))
        .classed("journey-head")
        .with("id", "head");
  }

  private static Html envelope(Event.Accepted accepted) {
    List<Html> pieces = new ArrayList<>();
    pieces.add(Html.foreign(EventView.path(accepted.sender())).classed("person"));
    pieces.add(Html.element("span", " → ").classed("arrow"));
    accepted
        .recipients()
        .forEach(
            recipient -> {
              pieces.add(Html.foreign(recipient.toString()).classed("person"));
              pieces.add(Html.text(" "));
            });
    return Html.element("p").classed("envelope").add(pieces);
  }

  private static Html fates(Story story) {
    List<Html> rows = new ArrayList<>();
    for (Fate fate : story.fates()) {
      List<Html> row = new ArrayList<>();
      row.add(fate.badge());
      row.add(Html.foreign(fate.recipient()).classed("person"));
      row.add(Html.foreign(fate.words()).classed("reason"));
      if (fate.state() == Fate.State.STORED) {
        row.add(Html.link(Html.address("/mailbox", "account", fate.recipient()), "open mailbox"));
      }
      rows.add(Html.element("li").add(row));
    }
    return Html.element("ul")
        .classed("fates")
        .with("id", "fates")
        .with("role", "status")
        .with("aria-label", "Where each copy is")
        .add(rows);
  }

  private static Html steps(Story story) {
    List<Seen> seen = story.seen();
    Story shown = new Story(story.message(), seen.subList(0, Math.min(seen.size(), MOST_EVENTS)));
    StepView view = new StepView(story.start());
    List<Html> steps = new ArrayList<>();
    Steps.of(shown).forEach(step -> steps.add(view.of(step)));
    return Html.element("ol").classed("steps").with("id", "steps").add(steps);
  }
}

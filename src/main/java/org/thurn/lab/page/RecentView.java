package org.thurn.lab.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Event;

/** The list of the last messages, which follows them by itself. */
final class RecentView {
  private static final int SHOWN = 30;

  private final RecentMessages messages;

  RecentView(RecentMessages messages) {
    this.messages = messages;
  }

  /** A number that changes when the list does. */
  long version() {
    return messages.newest(0).version();
  }

  Html.Element list() {
    RecentMessages.Recent recent = messages.newest(SHOWN);
    Html.Element section =
        Html.element("section", Html.element("h2", "On the way and arrived"))
            .with("id", "recent")
            .with("data-live", "/recent")
            .with("data-seen", Long.toString(recent.version()));
    List<Html> rows = new ArrayList<>();
    for (Story story : recent.stories()) {
      story.accepted().ifPresent(accepted -> rows.add(row(story, accepted)));
    }
    return rows.isEmpty()
        ? section.add(Html.element("p", "No message yet. Write the first one.").classed("empty"))
        : section.add(Html.element("ul").classed("messages").with("id", "messages").add(rows));
  }

  private static Html row(Story story, Event.Accepted accepted) {
    String subject = accepted.subject().isBlank() ? "(no subject)" : accepted.subject();
    Html.Element link =
        Html.element(
                "a",
                Html.foreign(subject).classed("subject"),
                Html.element(
                        "span",
                        Html.foreign(EventView.path(accepted.sender())),
                        Html.text(" → "),
                        Html.foreign(recipients(accepted)))
                    .classed("people"))
            .with("href", Html.address("/journey", "message", story.message()));
    return Html.element(
        "li",
        link,
        Html.element("span", state(story)).classed("state"),
        Html.element("time", Moment.of(story.start())).with("datetime", story.start().toString()));
  }

  private static String recipients(Event.Accepted accepted) {
    String first = accepted.recipients().stream().findFirst().map(Object::toString).orElse("");
    int more = accepted.recipients().size() - 1;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  /** One badge if all copies fared alike, else one for each way they fared. */
  private static Html state(Story story) {
    List<Html> badges = new ArrayList<>();
    for (Fate.State state : Fate.State.values()) {
      List<Fate> alike = story.fates().stream().filter(fate -> fate.state() == state).toList();
      Optional<Fate> one = alike.stream().findFirst();
      one.ifPresent(
          fate -> {
            Html.Element badge = fate.badge();
            badges.add(alike.size() == 1 ? badge : badge.add(" × " + alike.size()));
          });
    }
    return Html.pieces(badges);
  }
}

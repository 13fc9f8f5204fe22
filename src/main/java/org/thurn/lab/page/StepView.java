package org.thurn.lab.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.EventType;

/** Draws one step of a journey: a headline, then its events, one a line. */
final class StepView {
  private static final int MOST_NAMED = 4;

  private final Instant start;

  /**
   * @param start the moment that is shown as 0
   */
  StepView(Instant start) {
    this.start = start;
  }

  Html of(Step step) {
    Seen first = step.seen().getFirst();
    String id = first.place().shortName() + "-" + first.entry().id();
    return Html.element("li", headline(step), events(step))
        .classed("step")
        .with("id", "step-" + id);
  }

  private Html headline(Step step) {
    Html.Element what =
        switch (step) {
          case Step.Work work ->
              Html.element("h3", work.place().chip(), Html.text(" " + title(work)));
          case Step.Conversation talk -> talk(talk);
        };
    Instant end = step.seen().getLast().time();
    String took = Moment.took(java.time.Duration.between(step.start(), end));
    Html.Element when =
        Html.element("p", Moment.since(start, step.start()) + " s · " + took).classed("when");
    return Html.element("header", what, when);
  }

  private static Html.Element talk(Step.Conversation talk) {
    Html client =
        talk.clientPlace()
            .map(place -> (Html) place.chip())
            .orElseGet(() -> Html.element("span", client(talk)).classed("site outside"));
    Html server =
        talk.serverPlace()
            .map(place -> (Html) place.chip())
            .orElseGet(() -> Html.element("span", server(talk)).classed("site outside"));
    return Html.element("h3", client, Html.text(" speaks " + protocol(talk) + " with "), server);
  }

  private static String protocol(Step.Conversation talk) {
    return talk.first(Event.ConnectionAccepted.class)
        .map(Event.ConnectionAccepted::protocol)
        .filter(protocol -> !protocol.equals("smtp"))
        .orElse("SMTP");
  }

  private static String client(Step.Conversation talk) {
    return talk.first(Event.ConnectionAccepted.class)
        .map(accepted -> "a client at " + accepted.remoteAddress())
        .orElse("a client");
  }

  private static String server(Step.Conversation talk) {
    return talk.first(Event.ConnectionOpened.class)
        .map(Event.ConnectionOpened::host)
        .or(() -> talk.first(Event.ConnectionFailed.class).map(Event.ConnectionFailed::host))
        .orElse("another server");
  }

  /** What this work comes to: its most telling event decides. */
  private static String title(Step.Work work) {
    if (work.first(Event.Stored.class).isPresent()) {
      return "puts it into the mailbox";
    } else if (work.first(Event.Accepted.class).isPresent()) {
      return "takes the message and promises to carry it";
    } else if (work.first(Event.Refused.class).isPresent()) {
      return "refuses";
    } else if (work.first(Event.NotificationQueued.class).isPresent()) {
      return "tells the sender";
    } else if (work.first(Event.Relayed.class).isPresent()) {
      return "crosses it off: the next server has it";
    } else if (work.first(Event.Deferred.class).isPresent()) {
      return "will try again";
    }
    String destinations = destinations(work);
    return destinations.isEmpty() ? "notes" : "looks up where mail goes for " + destinations;
  }

  private static String destinations(Step.Work work) {
    List<String> destinations = new ArrayList<>();
    for (Seen seen : work.seen()) {
      if (seen.event() instanceof Event.AttemptStarted(int _, var destination)) {
        destinations.add(destination);
      }
    }
    int more = destinations.size() - MOST_NAMED;
    return String.join(", ", destinations.subList(0, Math.min(MOST_NAMED, destinations.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private Html events(Step step) {
    List<Html> lines = new ArrayList<>();
    switch (step) {
      case Step.Work work -> work.seen().forEach(one -> lines.add(alone(one, "work")));
      case Step.Conversation talk -> talk.lines().forEach(line -> lines.add(line(talk, line)));
    }
    return Html.element("ol").classed("events").add(lines);
  }

  /** Said by the client or by the server, or noted by one of them beside. */
  private Html line(Step.Conversation talk, Step.Line line) {
    Seen one = line.any();
    return switch (one.event()) {
      case Event.CommandSent _ -> said(line, "from-client", "C:", "→", talk.clientPlace());
      case Event.CommandReceived _ -> said(line, "from-client", "C:", "→", talk.clientPlace());
      case Event.ReplySent _ -> said(line, "from-server", "S:", "←", talk.serverPlace());
      case Event.ReplyReceived _ -> said(line, "from-server", "S:", "←", talk.serverPlace());
      case Event _ -> alone(one, talk.server().contains(one) ? "beside server" : "beside client");
    };
  }

  private Html said(
      Step.Line line, String direction, String who, String arrow, Optional<Place> speaker) {
    return Html.element(
            "li",
            time(line.time()),
            Html.element("span", who).classed("who"),
            Html.element("span", arrow).classed("arrow").with("aria-hidden", "true"),
            Html.element("span", EventView.of(line.any().event())).classed("words"),
            ids(line))
        .classed("said-line " + direction + " " + speaker.map(Place::colour).orElse("outside"));
  }

  private Html alone(Seen one, String where) {
    Entry entry = one.entry();
    EventType type = EventType.of(one.event().getClass());
    List<Html> words = new ArrayList<>(List.of(EventView.of(one.event())));
    if (one.event() instanceof Event.NotificationQueued queued) {
      String address = Html.address("/journey", "message", queued.notification().text());
      words.add(Html.link(address, " its journey"));
    }
    entry
        .recipient()
        .filter(_ -> !isNamed(one.event()))
        .ifPresent(whom -> words.add(Html.foreign("for " + whom).classed("recipient")));
    return Html.element(
            "li",
            time(one.time()),
            Html.element("span", mark(one.event()))
                .classed("who")
                .with("title", type.name())
                .with("aria-hidden", "true"),
            Html.element("span", Html.pieces(words)).classed("words"),
            ids(new Step.Line(Optional.of(one), Optional.empty())))
        .classed(where + " " + one.place().colour());
  }

  /** Whether the event's own words name the recipient. */
  private static boolean isNamed(Event event) {
    return event instanceof Event.Stored || event instanceof Event.RecipientResolved;
  }

  /** A sign for the kind of event. */
  private static String mark(Event event) {
    return switch (event) {
      case Event.DnsAnswered _ -> "?";
      case Event.IprevChecked _ -> "?";
      case Event.HeloChecked _ -> "?";
      case Event.SpfChecked spf -> verdict(spf.result());
      case Event.DkimChecked dkim -> verdict(dkim.result());
      case Event.ArcChecked arc -> verdict(arc.result());
      case Event.DmarcChecked dmarc -> verdict(dmarc.result());
      case Event.AuthenticationJudged judged -> verdict(judged.action());
      case Event.TlsEstablished _ -> "◆";
      case Event.Accepted _ -> "✓";
      case Event.Stored _ -> "✓";
      case Event.Relayed _ -> "✓";
      case Event.Bounced _ -> "✗";
      case Event.Expired _ -> "✗";
      case Event.Refused _ -> "✗";
      case Event.Fault _ -> "!";
      case Event.TlsFailed _ -> "!";
      case Event.Deferred _ -> "…";
      case Event _ -> "·";
    };
  }

  private static String verdict(String result) {
    return switch (result) {
      case "pass", "accept" -> "✓";
      case "fail", "softfail", "permerror", "reject" -> "✗";
      case "temperror", "mark", "junk", "defer" -> "!";
      case String _ -> "·";
    };
  }

  private Html time(Instant instant) {
    return Html.element("time", Moment.since(start, instant)).with("datetime", instant.toString());
  }

  /** Each side's own id of it, as {@code thurn trace --json} has it. */
  private static Html ids(Step.Line line) {
    List<Html> ids = new ArrayList<>();
    line.client().ifPresent(one -> ids.add(id(one)));
    line.server().ifPresent(one -> ids.add(id(one)));
    return Html.element("span").classed("ids").add(ids);
  }

  private static Html id(Seen one) {
    EventType type = EventType.of(one.event().getClass());
    return Html.element("code", one.entry().id().text())
        .classed("id " + one.place().colour())
        .with("data-event", one.entry().id().text())
        .with("data-site", one.place().domain().ascii())
        .with("title", one.place().domain() + ": " + type.name());
  }
}

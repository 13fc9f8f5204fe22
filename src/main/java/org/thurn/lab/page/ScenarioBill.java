package org.thurn.lab.page;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.lab.scenario.Director;
import org.thurn.lab.scenario.Outcome;
import org.thurn.lab.scenario.Scenario;
import org.thurn.lab.scenario.Scenarios;
import tools.jackson.databind.node.ObjectNode;

/** Scenarios between the domains of the map. */
final class ScenarioBill implements Playbill {
  private final Kind kind;
  private final Director director;
  private final ScenarioView view;

  /** What belongs together. */
  enum Kind {
    /** Forgers and forwarders. */
    AUTHORS(
        "scenarios",
        "Who really sent it?",
        "Each of these sends one real message, from the address of the domain that sends it, and"
            + " shows what the receiver's server finds and decides."),
    /** Somebody between two domains. */
    WIRE(
        "waylaid",
        "Who sits between them?",
        "The attacker is on the wire between two of the domains on the map, in front of their real"
            + " servers and queues.");

    private final String id;
    private final String title;
    private final String lead;

    Kind(String id, String title, String lead) {
      this.id = id;
      this.title = title;
      this.lead = lead;
    }

    private List<Scenario> scenarios() {
      return switch (this) {
        case AUTHORS -> Scenarios.ofAuthors();
        case WIRE -> Scenarios.onTheWire();
      };
    }
  }

  ScenarioBill(Kind kind, List<Place> places, Director director) {
    this.kind = kind;
    this.director = director;
    view = new ScenarioView(places, director);
  }

  private static Scenario named(String name) {
    return Scenarios.named(name).orElseThrow();
  }

  @Override
  public List<String> names() {
    return kind.scenarios().stream().map(scenario -> scenario.about().name()).toList();
  }

  @Override
  public Html section(String heading) {
    return Html.element(
            "section",
            Html.element(heading, kind.title),
            Html.element("p", kind.lead).classed("lead"),
            view.cards(kind.scenarios()))
        .classed("scenarios-of-a-kind")
        .with("id", kind.id);
  }

  @Override
  public String title(String name) {
    return named(name).about().title();
  }

  @Override
  public Html page(String name, String problem) {
    return view.page(named(name), problem);
  }

  @Override
  public void play(String name) throws IOException {
    director.play(named(name));
  }

  @Override
  public void describe(String name, ObjectNode object) {
    Scenario.About about = named(name).about();
    object
        .put("name", about.name())
        .put("title", about.title())
        .put("promise", about.promise())
        .put("expected", about.expected().word());
    director.last(named(name)).ifPresent(outcome -> tell(object, outcome));
  }

  private static void tell(ObjectNode object, Outcome outcome) {
    object
        .put("verdict", outcome.verdict().word())
        .put("as-promised", outcome.asPromised())
        .put("reason", outcome.reason())
        .put("at", outcome.at().toString())
        .put("message-id", outcome.messageId())
        .put("journey", Html.address("/journey", "message", outcome.messageId()));
    Optional<Event.Refused> reply = outcome.reply();
    reply.ifPresent(refused -> object.put("reply", SmtpText.reply(refused.code(), refused.text())));
  }
}

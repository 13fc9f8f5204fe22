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

/** The scenarios of sender authentication. */
final class ScenarioBill implements Playbill {
  private final Director director;
  private final ScenarioView view;

  ScenarioBill(List<Place> places, Director director) {
    this.director = director;
    view = new ScenarioView(places, director);
  }

  private static Scenario named(String name) {
    return Scenarios.named(name).orElseThrow();
  }

  @Override
  public List<String> names() {
    return Scenarios.all().stream().map(scenario -> scenario.about().name()).toList();
  }

  @Override
  public Html section(String heading) {
    return view.section(heading);
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

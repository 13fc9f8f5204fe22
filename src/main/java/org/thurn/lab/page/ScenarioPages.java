package org.thurn.lab.page;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.lab.scenario.Director;
import org.thurn.lab.scenario.Outcome;
import org.thurn.lab.scenario.Scenario;
import org.thurn.lab.scenario.Scenarios;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The scenarios' addresses. A form posts a scenario's name to {@code /scenarios}; programs post to
 * {@code /api/scenarios?name=NAME} and get JSON, and so they do for a look at all.
 */
final class ScenarioPages {
  private static final int MAX_FORM = 1_000;
  private static final JsonMapper JSON = new JsonMapper();

  private final Director director;
  private final ScenarioView view;

  ScenarioPages(List<Place> places, Director director) {
    this.director = director;
    view = new ScenarioView(places, director);
  }

  ScenarioView view() {
    return view;
  }

  void routes(HttpRouting.Builder routing) {
    routing
        .get("/scenarios", (_, response) -> list(response))
        .post("/scenarios", this::play)
        .get("/scenario", this::scenario)
        .get("/api/scenarios", (_, response) -> all(response))
        .post("/api/scenarios", this::playForPrograms);
  }

  private void list(ServerResponse response) {
    LabPage.html(response, Layout.page("Scenarios", "/scenarios", false, view.list()));
  }

  private void scenario(ServerRequest request, ServerResponse response) {
    Optional<Scenario> scenario = Scenarios.named(LabPage.query(request, "name"));
    if (scenario.isPresent()) {
      show(response, scenario.get(), "");
    } else {
      LabPage.missing(response, "There is no such scenario.");
    }
  }

  private void show(ServerResponse response, Scenario scenario, String problem) {
    String title = scenario.about().title();
    LabPage.html(response, Layout.page(title, "/scenarios", false, view.page(scenario, problem)));
  }

  /** Answers when it is over; what is shown has an address of its own. */
  private void play(ServerRequest request, ServerResponse response) throws IOException {
    Optional<Scenario> scenario;
    try (InputStream in = request.content().inputStream()) {
      scenario = Scenarios.named(Form.parse(in.readNBytes(MAX_FORM)).get("name"));
    } catch (IllegalArgumentException _) {
      scenario = Optional.empty();
    }
    if (scenario.isEmpty()) {
      LabPage.missing(response, "There is no such scenario.");
      return;
    }
    try {
      director.play(scenario.get());
    } catch (IOException e) {
      response.status(Status.INTERNAL_SERVER_ERROR_500);
      show(response, scenario.get(), String.valueOf(e.getMessage()));
      return;
    }
    response
        .status(Status.SEE_OTHER_303)
        .header(HeaderNames.LOCATION, ScenarioView.address(scenario.get()))
        .send();
  }

  private void all(ServerResponse response) {
    ArrayNode array = JSON.createArrayNode();
    for (Scenario scenario : Scenarios.all()) {
      ObjectNode object = array.addObject();
      describe(object, scenario);
      director.last(scenario).ifPresent(outcome -> tell(object, outcome));
    }
    json(response, array.toPrettyString());
  }

  private void playForPrograms(ServerRequest request, ServerResponse response) {
    Optional<Scenario> scenario = Scenarios.named(LabPage.query(request, "name"));
    ObjectNode object = JSON.createObjectNode();
    if (scenario.isEmpty()) {
      response.status(Status.NOT_FOUND_404);
      json(response, object.put("problem", "there is no such scenario").toPrettyString());
      return;
    }
    describe(object, scenario.get());
    try {
      tell(object, director.play(scenario.get()));
    } catch (IOException e) {
      response.status(Status.INTERNAL_SERVER_ERROR_500);
      object.put("problem", String.valueOf(e.getMessage()));
    }
    json(response, object.toPrettyString());
  }

  private static void describe(ObjectNode object, Scenario scenario) {
    Scenario.About about = scenario.about();
    object
        .put("name", about.name())
        .put("title", about.title())
        .put("promise", about.promise())
        .put("expected", about.expected().word());
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

  static void json(ServerResponse response, String text) {
    response
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .send((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}

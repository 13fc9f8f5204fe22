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

  private final List<Playbill> bills;

  ScenarioPages(List<Playbill> bills) {
    this.bills = List.copyOf(bills);
  }

  void routes(HttpRouting.Builder routing) {
    routing
        .get("/scenarios", (_, response) -> list(response))
        .post("/scenarios", this::play)
        .get("/scenario", this::scenario)
        .get("/api/scenarios", (_, response) -> all(response))
        .post("/api/scenarios", this::playForPrograms);
  }

  /** For the first page. */
  Html sections() {
    return Html.pieces(bills.stream().map(bill -> bill.section("h2")).toList());
  }

  private Optional<Playbill> with(String name) {
    return bills.stream().filter(bill -> bill.names().contains(name)).findFirst();
  }

  private void list(ServerResponse response) {
    Html all = Html.pieces(bills.stream().map(bill -> bill.section("h1")).toList());
    LabPage.html(response, Layout.page("Scenarios", "/scenarios", false, all));
  }

  private void scenario(ServerRequest request, ServerResponse response) {
    String name = LabPage.query(request, "name");
    Optional<Playbill> bill = with(name);
    if (bill.isPresent()) {
      show(response, bill.get(), name, "");
    } else {
      LabPage.missing(response, "There is no such scenario.");
    }
  }

  private static void show(ServerResponse response, Playbill bill, String name, String problem) {
    LabPage.html(
        response, Layout.page(bill.title(name), "/scenarios", false, bill.page(name, problem)));
  }

  /** Where a scenario's page is. */
  static String address(String name) {
    return Html.address("/scenario", "name", name);
  }

  /** A button that plays one. */
  static Html button(String name, String title, String words) {
    return Html.element(
            "form",
            Html.element("input").with("type", "hidden").with("name", "name").with("value", name),
            Html.element("button", words)
                .with("type", "submit")
                .with("aria-label", words + ": " + title))
        .with("method", "post")
        .with("action", "/scenarios");
  }

  /** Answers when it is over; what is shown has an address of its own. */
  private void play(ServerRequest request, ServerResponse response) throws IOException {
    String name;
    try (InputStream in = request.content().inputStream()) {
      name = Form.parse(in.readNBytes(MAX_FORM)).get("name");
    } catch (IllegalArgumentException _) {
      name = "";
    }
    Optional<Playbill> bill = with(name);
    if (bill.isEmpty()) {
      LabPage.missing(response, "There is no such scenario.");
      return;
    }
    try {
      bill.get().play(name);
    } catch (IOException e) {
      response.status(Status.INTERNAL_SERVER_ERROR_500);
      show(response, bill.get(), name, String.valueOf(e.getMessage()));
      return;
    }
    response.status(Status.SEE_OTHER_303).header(HeaderNames.LOCATION, address(name)).send();
  }

  private void all(ServerResponse response) {
    ArrayNode array = JSON.createArrayNode();
    bills.forEach(bill -> bill.names().forEach(name -> bill.describe(name, array.addObject())));
    json(response, array.toPrettyString());
  }

  private void playForPrograms(ServerRequest request, ServerResponse response) {
    String name = LabPage.query(request, "name");
    Optional<Playbill> bill = with(name);
    ObjectNode object = JSON.createObjectNode();
    if (bill.isEmpty()) {
      response.status(Status.NOT_FOUND_404);
      json(response, object.put("problem", "there is no such scenario").toPrettyString());
      return;
    }
    try {
      bill.get().play(name);
      bill.get().describe(name, object);
    } catch (IOException e) {
      response.status(Status.INTERNAL_SERVER_ERROR_500);
      object.put("name", name).put("problem", String.valueOf(e.getMessage()));
    }
    json(response, object.toPrettyString());
  }

  static void json(ServerResponse response, String text) {
    response
        .header(HeaderNames.CONTENT_TYPE, "application/json")
        .send((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}

package org.thurn.lab.page;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thurn.lab.attack.Attack;
import org.thurn.lab.attack.Attacks;
import org.thurn.lab.attack.Cell;
import org.thurn.lab.attack.Played;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The addresses of the matrix of attacks. A form posts a cell's name to {@code /attacks}, or an
 * attack's, or {@code all}; programs post to {@code /api/attacks?cell=NAME} and get JSON.
 */
final class AttackPages {
  private static final int MAX_FORM = 1_000;
  private static final JsonMapper JSON = new JsonMapper();

  private final Attacks attacks;
  private final AttackView view;
  private final AttackMatrixView matrix;

  AttackPages(Attacks attacks) {
    this.attacks = attacks;
    view = new AttackView(attacks);
    matrix = new AttackMatrixView(attacks);
  }

  void routes(HttpRouting.Builder routing) {
    routing
        .get("/attacks", (_, response) -> matrix(response))
        .get("/attacks/matrix", this::newest)
        .post("/attacks", this::play)
        .get("/attack", this::one)
        .get("/api/attacks", (_, response) -> all(response))
        .get("/api/attack", this::trace)
        .post("/api/attacks", this::playForPrograms);
  }

  private void matrix(ServerResponse response) {
    LabPage.html(response, Layout.page("Attacks", "/attacks", attacks.busy(), matrix.page()));
  }

  private void newest(ServerRequest request, ServerResponse response) {
    if (LabPage.query(request, "seen").equals(Long.toString(attacks.version()))) {
      response.status(Status.NO_CONTENT_204).send();
    } else {
      LabPage.html(response, matrix.matrix().render());
    }
  }

  private void one(ServerRequest request, ServerResponse response) {
    Optional<Cell> cell = Cell.named(LabPage.query(request, "cell"));
    if (cell.isPresent()) {
      show(response, cell.get(), "");
    } else {
      LabPage.missing(response, "There is no such attack.");
    }
  }

  private void show(ServerResponse response, Cell cell, String problem) {
    String title = "The attacker " + cell.attack().title();
    LabPage.html(response, Layout.page(title, "/attacks", false, view.page(cell, problem)));
  }

  private void play(ServerRequest request, ServerResponse response) throws IOException {
    String name;
    try (InputStream in = request.content().inputStream()) {
      name = Form.parse(in.readNBytes(MAX_FORM)).get("cell");
    } catch (IllegalArgumentException _) {
      name = "";
    }
    Optional<Cell> cell = Cell.named(name);
    List<Cell> many = many(name);
    if (cell.isPresent()) {
      playOne(response, cell.get());
    } else if (many.isEmpty()) {
      LabPage.missing(response, "There is no such attack.");
    } else {
      attacks.begin(many);
      seeOther(response, name.equals("all") ? "/attacks" : "/attacks#attack-" + name);
    }
  }

  private static List<Cell> many(String name) {
    return name.equals("all")
        ? Cell.all()
        : Arrays.stream(Attack.values())
            .filter(attack -> attack.word().equals(name))
            .flatMap(attack -> Cell.of(attack).stream())
            .toList();
  }

  private void playOne(ServerResponse response, Cell cell) {
    try {
      attacks.play(cell);
    } catch (IOException e) {
      response.status(Status.INTERNAL_SERVER_ERROR_500);
      show(response, cell, String.valueOf(e.getMessage()));
      return;
    }
    seeOther(response, AttackView.address(cell));
  }

  private static void seeOther(ServerResponse response, String address) {
    response.status(Status.SEE_OTHER_303).header(HeaderNames.LOCATION, address).send();
  }

  private void all(ServerResponse response) {
    ArrayNode array = JSON.createArrayNode();
    for (Cell cell : Cell.all()) {
      AttackJson.describe(array.addObject(), cell, attacks.last(cell));
    }
    ScenarioPages.json(response, array.toPrettyString());
  }

  private void playForPrograms(ServerRequest request, ServerResponse response) {
    Optional<Cell> cell = Cell.named(LabPage.query(request, "cell"));
    ObjectNode object = JSON.createObjectNode();
    if (cell.isEmpty()) {
      response.status(Status.NOT_FOUND_404);
      ScenarioPages.json(
          response, object.put("problem", "there is no such attack").toPrettyString());
      return;
    }
    try {
      AttackJson.describe(object, cell.get(), Optional.of(attacks.play(cell.get())));
    } catch (IOException e) {
      response.status(Status.INTERNAL_SERVER_ERROR_500);
      object.put("cell", cell.get().name()).put("problem", String.valueOf(e.getMessage()));
    }
    ScenarioPages.json(response, object.toPrettyString());
  }

  /** What each of the three saw when it was played last. */
  private void trace(ServerRequest request, ServerResponse response) {
    Optional<Played> played = Cell.named(LabPage.query(request, "cell")).flatMap(attacks::last);
    if (played.isEmpty()) {
      response.status(Status.NOT_FOUND_404);
    }
    ScenarioPages.json(
        response, played.map(one -> AttackJson.trace(one.trace()).toPrettyString()).orElse("{}"));
  }
}

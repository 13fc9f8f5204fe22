package org.thurn.lab.page;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thurn.journal.render.JsonEntry;
import org.thurn.journey.Entry;
import org.thurn.lab.attack.Cell;
import org.thurn.lab.attack.Played;
import org.thurn.lab.attack.Recording;
import org.thurn.lab.attack.Trace;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells of the matrix, for programs. */
final class AttackJson {
  private static final JsonMapper JSON = new JsonMapper();

  private AttackJson() {}

  /** What it is, and what came of it if it was played. */
  static void describe(ObjectNode object, Cell cell, Optional<Played> played) {
    object
        .put("cell", cell.name())
        .put("sender", cell.sender().word())
        .put("receiver", cell.receiver().word())
        .put("attack", cell.attack().word())
        .put("expected", cell.expected().word());
    played.ifPresent(one -> tell(object, one));
  }

  private static void tell(ObjectNode object, Played played) {
    object
        .put("fate", played.fate().word())
        .put("as-expected", played.asExpected())
        .put("reason", played.reason())
        .put("demanded", played.policy().map(policy -> policy.demand()).orElse(""))
        .put("read", played.read())
        .put("at", played.at().toString())
        .put("milliseconds", played.took().toMillis())
        .put("trace", Html.address("/api/attack", "cell", played.cell().name()));
  }

  /** What each of the three saw: both journeys as {@code thurn trace --json} has them. */
  static ObjectNode trace(Trace trace) {
    ObjectNode object = JSON.createObjectNode();
    entries(object.putArray("sender"), trace.sender());
    ArrayNode recorded = object.putArray("attacker");
    trace.attacker().forEach(item -> item(recorded.addObject(), item));
    entries(object.putArray("receiver"), trace.receiver());
    return object;
  }

  private static void entries(ArrayNode array, List<Entry> entries) {
    entries.forEach(entry -> array.add(JSON.readTree(JsonEntry.line(entry))));
  }

  private static void item(ObjectNode object, Recording.Item item) {
    object.put("connection", item.connection());
    switch (item) {
      case Recording.Did(int _, var words) -> object.put("did", words);
      case Recording.Said said -> {
        object.put("said", said.speaker().name().toLowerCase(Locale.ROOT));
        if (said.readable()) {
          object.put("text", said.octets());
        } else {
          byte[] octets = said.octets().getBytes(StandardCharsets.ISO_8859_1);
          object.put("hex", HexFormat.of().formatHex(octets));
        }
      }
    }
  }
}

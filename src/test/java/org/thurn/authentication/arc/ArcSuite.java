package org.thurn.authentication.arc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thurn.testing.SharedData;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The public suite for ARC, as its YAML has it. */
final class ArcSuite {
  private ArcSuite() {}

  /** One test. */
  record Case(String name, Map<?, ?> fields) {
    String text(String field) {
      return String.valueOf(fields.get(field));
    }

    /** In CRLF, as messages are. */
    byte[] message() {
      return text("message").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }
  }

  /** Tests with a DNS and, for sealing, a key in common. */
  record Scenario(Map<?, ?> fields, List<Case> cases, Keys keys) {
    String text(String field) {
      return String.valueOf(fields.get(field));
    }
  }

  static List<Scenario> scenarios(String file) throws IOException {
    String text = Files.readString(SharedData.require("arc/" + file));
    List<Scenario> scenarios = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
      Map<?, ?> fields = (Map<?, ?>) document;
      List<Case> cases = new ArrayList<>();
      ((Map<?, ?>) fields.get("tests"))
          .forEach((name, test) -> cases.add(new Case(String.valueOf(name), (Map<?, ?>) test)));
      Map<String, String> texts = new TreeMap<>();
      ((Map<?, ?>) fields.get("txt-records"))
          .forEach((name, record) -> texts.put(String.valueOf(name), String.valueOf(record)));
      scenarios.add(new Scenario(fields, cases, Keys.of(texts)));
    }
    return scenarios;
  }
}

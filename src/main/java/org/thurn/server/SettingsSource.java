package org.thurn.server;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The text that settings come from.
 *
 * @param name how messages call it
 * @param folder what relative paths are seen from
 * @param lines where its keys stand
 */
record SettingsSource(String name, Path folder, TomlLines lines) {
  String at(String key) {
    return name + ", line " + lines.of(key) + ": ";
  }

  JsonNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }
}

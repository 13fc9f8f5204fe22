package org.thurn.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** One table of the settings, read key by key; {@link #end} names a key that nobody asked for. */
final class TomlTable {
  /** Turns a value into what it means; the message of the failure says what would be right. */
  interface Reading<T> {
    T read(String text) throws Exception;
  }

  private final JsonNode node;
  private final String path;
  private final SettingsSource source;
  private final Set<String> asked = new HashSet<>();

  TomlTable(JsonNode node, String path, SettingsSource source) {
    this.node = node;
    this.path = path;
    this.source = source;
  }

  /** The table {@code [name]}; an empty one where the file has none. */
  TomlTable table(String name) throws SettingsException {
    JsonNode child = ask(name);
    if (child == null) {
      return new TomlTable(source.empty(), path + name + ".", source);
    }
    if (!child.isObject()) {
      throw wrong(name, "a table, [" + path + name + "]");
    }
    return new TomlTable(child, path + name + ".", source);
  }

  boolean has(String name) {
    return node.get(name) != null;
  }

  /** The tables {@code [[name]]}. */
  List<TomlTable> tables(String name) throws SettingsException {
    JsonNode child = ask(name);
    List<TomlTable> tables = new ArrayList<>();
    if (child != null && !child.isArray()) {
      throw wrong(name, "an array of tables, [[" + path + name + "]]");
    }
    for (int i = 0; child != null && i < child.size(); i++) {
      if (!child.get(i).isObject()) {
        throw wrong(name, "an array of tables, [[" + path + name + "]]");
      }
      tables.add(new TomlTable(child.get(i), path + name + "." + i + ".", source));
    }
    return tables;
  }

  <T> Optional<T> read(String name, String wanted, Reading<T> reading) throws SettingsException {
    JsonNode child = ask(name);
    if (child == null) {
      return Optional.empty();
    }
    if (child.isContainer()) {
      throw wrong(name, wanted);
    }
    return Optional.of(convert(name, wanted, reading, child.asString()));
  }

  <T> T require(String name, String wanted, Reading<T> reading) throws SettingsException {
    return read(name, wanted, reading).orElseThrow(() -> wrong(name, wanted));
  }

  <T> List<T> list(String name, String wanted, Reading<T> reading) throws SettingsException {
    JsonNode child = ask(name);
    List<T> values = new ArrayList<>();
    if (child == null) {
      return values;
    }
    for (JsonNode element : child.isArray() ? child : List.of(child)) {
      values.add(convert(name, wanted, reading, element.asString()));
    }
    return values;
  }

  long number(String name, long low, long high, long otherwise) throws SettingsException {
    String wanted = "a whole number from " + low + " to " + high;
    long value = read(name, wanted, Long::parseLong).orElse(otherwise);
    if (value < low || value > high) {
      throw wrong(name, wanted);
    }
    return value;
  }

  boolean flag(String name, boolean otherwise) throws SettingsException {
    JsonNode child = ask(name);
    if (child != null && !child.isBoolean()) {
      throw wrong(name, "true or false");
    }
    return child == null ? otherwise : child.booleanValue();
  }

  /** A path, relative ones seen from the file's folder. */
  Optional<Path> path(String name) throws SettingsException {
    return read(name, "a path", text -> source.folder().resolve(text).normalize());
  }

  /** Fails if the table has a key that means nothing. */
  void end() throws SettingsException {
    for (String name : node.propertyNames()) {
      if (!asked.contains(name)) {
        throw new SettingsException(
            source.at(path + name) + "unknown key \"" + path + name + "\"; known here: " + known());
      }
    }
  }

  private String known() {
    return String.join(", ", asked.stream().sorted().toList());
  }

  SettingsException wrong(String name, String wanted) {
    String state = has(name) ? "must be " : "is missing: it must be ";
    return new SettingsException(
        source.at(path + name) + "\"" + path + name + "\" " + state + wanted);
  }

  private <T> T convert(String name, String wanted, Reading<T> reading, String text)
      throws SettingsException {
    try {
      return reading.read(text);
    } catch (Exception e) {
      // whatever a reading throws means one thing here: the value is not what the key needs
      throw wrong(name, wanted + ", not \"" + text + "\"");
    }
  }

  private @org.jspecify.annotations.Nullable JsonNode ask(String name) {
    asked.add(name);
    return node.get(name);
  }
}

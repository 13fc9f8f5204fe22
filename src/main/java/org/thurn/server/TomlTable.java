package org.thurn.server;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    if (!child.isString()) {
      throw wrong(name, wanted + ", not " + child);
    }
    return Optional.of(convert(name, wanted, reading, child.stringValue()));
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
      if (!element.isString()) {
        throw wrong(name, wanted + ", not " + element);
      }
      values.add(convert(name, wanted, reading, element.stringValue()));
    }
    return values;
  }

  long number(String name, long low, long high, long otherwise) throws SettingsException {
    String wanted = "a whole number from " + low + " to " + high;
    JsonNode child = ask(name);
    if (child != null && !child.canConvertToLong()) {
      throw wrong(name, wanted + ", not " + child);
    }
    long value = child == null ? otherwise : child.longValue();
    if (value < low || value > high) {
      throw wrong(name, has(name) ? wanted + ", not " + value : wanted);
    }
    return value;
  }

  /** A span of time: {@code "90s"}, {@code "5m"}, {@code "4h"} or {@code "5d"}. */
  Duration duration(String name, Duration low, Duration high, Duration otherwise)
      throws SettingsException {
    String wanted = "a time such as \"90s\", \"5m\", \"4h\" or \"5d\"";
    Duration value = read(name, wanted, TomlTable::span).orElse(otherwise);
    if (value.compareTo(low) < 0 || value.compareTo(high) > 0) {
      throw wrong(name, "from " + low.toSeconds() + "s to " + high.toDays() + "d");
    }
    return value;
  }

  private static Duration span(String text) {
    long count = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 's' -> Duration.ofSeconds(count);
      case 'm' -> Duration.ofMinutes(count);
      case 'h' -> Duration.ofHours(count);
      case 'd' -> Duration.ofDays(count);
      default -> throw new IllegalArgumentException(text);
    };
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

  /** A file that is there and may be read; relative ones are seen from the settings' folder. */
  Optional<Path> file(String name) throws SettingsException {
    Optional<Path> file = path(name);
    if (file.isPresent() && !Files.isReadable(file.get())) {
      throw wrong(name, "a file that can be read, not \"" + file.get() + "\"");
    }
    return file;
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

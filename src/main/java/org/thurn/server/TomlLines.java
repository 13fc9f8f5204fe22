package org.thurn.server;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where each key of a TOML text stands, so that a mistake can be named with its line: the parser
 * does not tell. Keys are dotted paths, elements of an array of tables counted from 0: {@code
 * listener.1.port}.
 */
final class TomlLines {
  private static final Pattern TABLE = Pattern.compile("(\\[{1,2}+)([^\\]]++)\\].*");
  private static final Pattern KEY = Pattern.compile("([A-Za-z0-9_.\"-]++)\\s*+=.*");

  private final Map<String, Integer> lines = new HashMap<>();

  TomlLines(String text) {
    Map<String, Integer> counts = new HashMap<>();
    String table = "";
    int number = 0;
    for (String line : text.lines().map(String::strip).toList()) {
      number++;
      Matcher header = TABLE.matcher(line);
      Matcher key = KEY.matcher(line);
      if (header.matches()) {
        String name = header.group(2).strip();
        boolean array = header.group(1).length() == 2;
        table = array ? name + "." + (counts.merge(name, 1, Integer::sum) - 1) + "." : name + ".";
        lines.putIfAbsent(table.substring(0, table.length() - 1), number);
      } else if (key.matches()) {
        lines.putIfAbsent(table + key.group(1).replace("\"", ""), number);
      }
    }
  }

  /** The line of a key, or of the closest table above it, or 1. */
  int of(String path) {
    String at = path;
    while (!lines.containsKey(at) && at.contains(".")) {
      at = at.substring(0, at.lastIndexOf('.'));
    }
    return lines.getOrDefault(at, 1);
  }
}

package org.thurn.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes parameters: tokens, quoted strings, and RFC 2231 for what is long or not ASCII. */
final class ParameterText {
  private static final int MAX_VALUE = 60;

  private ParameterText() {}

  /** {@code ; name=value} of each, with a space before each name, where a line may be folded. */
  static String of(Parameters parameters) {
    StringBuilder text = new StringBuilder();
    for (Parameters.Parameter parameter : parameters.written()) {
      append(text, parameter.name(), parameter.value());
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String name, String value) {
    boolean ascii = value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    if (ascii && value.length() <= MAX_VALUE) {
      text.append("; ").append(name).append('=').append(quoted(value));
      return;
    }
    List<String> sections = sections(value);
    if (sections.size() == 1) {
      text.append("; ").append(name).append("*=utf-8''").append(sections.getFirst());
      return;
    }
    for (int i = 0; i < sections.size(); i++) {
      text.append("; ").append(name).append('*').append(i).append("*=");
      text.append(i == 0 ? "utf-8''" : "").append(sections.get(i));
    }
  }

  /** Percent-encoded pieces; RFC 2231 §4.1 lets them be cut between any two octets. */
  private static List<String> sections(String value) {
    List<String> sections = new ArrayList<>();
    StringBuilder section = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (section.length() > MAX_VALUE - 12) {
        sections.add(section.toString());
        section.setLength(0);
      }
      boolean literal = b > 0 && (Character.isLetterOrDigit(b) || "-._~!#$&+^`{}|".indexOf(b) >= 0);
      section.append(literal ? Character.toString(b) : "%" + Hex.of(b));
    }
    sections.add(section.toString());
    return sections;
  }

  private static String quoted(String value) {
    boolean token = !value.isEmpty();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      token &= Character.isLetterOrDigit(c) || "!#$&-^_`{|}~.+".indexOf(c) >= 0;
    }
    return token ? value : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

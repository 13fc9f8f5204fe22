package org.thurn.journal.render;

import java.util.Optional;
import org.thurn.journey.Entry;
import org.thurn.journey.EventType;

/**
 * An entry as a line of logfmt: {@code time= event= message= queue= type= session= recipient=} and
 * the type's fields. What is absent is {@code -}; a text that holds a space, a quote, an equals
 * sign or a control character, that is empty or that is itself a dash, is quoted, with {@code \\ \"
 * \n \r \t} and {@code \u001b} inside.
 */
public final class LogfmtEntry {
  private LogfmtEntry() {}

  /** The line without its end. */
  public static String line(Entry entry) {
    EventType type = EventType.of(entry.event().getClass());
    StringBuilder line = new StringBuilder(256);
    line.append("time=").append(FieldText.time(entry.time()));
    line.append(" event=").append(entry.id().text());
    field(line, "message", entry.messageId());
    field(line, "queue", entry.queue());
    line.append(" type=").append(type.name());
    field(line, "session", entry.session());
    field(line, "recipient", entry.recipient());
    for (EventType.Field field : type.fields()) {
      field(line, field.name(), field.of(entry.event()));
    }
    return line.toString();
  }

  private static void field(StringBuilder line, String name, Object value) {
    line.append(' ').append(name).append('=');
    String text = FieldText.of(value);
    if (value instanceof Optional<?> optional && optional.isEmpty()) {
      line.append('-');
    } else if (isPlain(text)) {
      line.append(text);
    } else {
      quoted(line, text);
    }
  }

  private static boolean isPlain(String text) {
    boolean plain = !text.isEmpty() && !text.equals("-");
    for (int i = 0; plain && i < text.length(); i++) {
      char c = text.charAt(i);
      plain = c > ' ' && c != '"' && c != '=' && c != '\\' && !Character.isISOControl(c);
    }
    return plain;
  }

  private static void quoted(StringBuilder line, String text) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> line.append("\\\"");
        case '\\' -> line.append("\\\\");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (Character.isISOControl(c)) {
            line.append(String.format("\\u%04x", (int) c));
          } else {
            line.append(c);
          }
        }
      }
    }
    line.append('"');
  }
}

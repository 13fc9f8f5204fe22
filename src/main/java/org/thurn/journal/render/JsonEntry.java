package org.thurn.journal.render;

import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Entry;
import org.thurn.journey.EventType;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An entry as a JSON object on one line: {@code time, id, message, queue, session, recipient, type}
 * and the type's fields. What is absent is null, numbers and durations (seconds) are numbers, lists
 * are arrays, everything else is text. No control character of Unicode stands in it as it is.
 */
public final class JsonEntry {
  private static final JsonFactory JSON =
      JsonFactory.builder().characterEscapes(new ControlEscapes()).build();

  private JsonEntry() {}

  /** For {@code trace --json} and the web. */
  public static String line(Entry entry) {
    return line(entry, "id");
  }

  /** For the mail log, where the event's id is called {@code event} as in logfmt. */
  public static String logLine(Entry entry) {
    return line(entry, "event");
  }

  private static String line(Entry entry, String idName) {
    EventType type = EventType.of(entry.event().getClass());
    StringWriter line = new StringWriter(256);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      json.writeStringProperty("time", FieldText.time(entry.time()));
      json.writeStringProperty(idName, entry.id().text());
      property(json, "message", entry.messageId());
      property(json, "queue", entry.queue());
      property(json, "session", entry.session());
      property(json, "recipient", entry.recipient());
      json.writeStringProperty("type", type.name());
      for (EventType.Field field : type.fields()) {
        property(json, field.name(), field.of(entry.event()));
      }
      json.writeEndObject();
    }
    return line.toString();
  }

  private static void property(JsonGenerator json, String name, Object value) {
    json.writeName(name);
    value(json, value);
  }

  private static void value(JsonGenerator json, Object value) {
    switch (value) {
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case Boolean flag -> json.writeBoolean(flag);
      case Duration duration -> json.writeNumber(FieldText.seconds(duration));
      case Optional<?> optional when optional.isEmpty() -> json.writeNull();
      case Optional<?> optional -> value(json, optional.get());
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(item -> value(json, item));
        json.writeEndArray();
      }
      case Object other -> json.writeString(FieldText.of(other));
    }
  }
}

package org.thurn.journal;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.journey.EventType;
import org.thurn.journey.QueueId;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;

/** An event of every type, with a value in every field. */
final class SampleEvents {
  private SampleEvents() {}

  static List<Event> all() {
    List<Event> all = new ArrayList<>();
    for (Class<?> type : Event.class.getPermittedSubclasses()) {
      List<Object> values = new ArrayList<>();
      for (RecordComponent component : type.getRecordComponents()) {
        values.add(value(component.getGenericType()));
      }
      all.add(EventType.of(type.asSubclass(Event.class)).make(values));
    }
    return all;
  }

  private static Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      Object argument = value(generic.getActualTypeArguments()[0]);
      return generic.getRawType() == List.class ? List.of(argument) : Optional.of(argument);
    }
    return switch (((Class<?>) type).getSimpleName()) {
      case "String" -> "some text";
      case "int" -> -250;
      case "long" -> 1L << 40;
      case "boolean" -> true;
      case "Duration" -> Duration.ofMillis(1_500);
      case "Instant" -> Instant.parse("2026-03-01T12:00:00.123456Z");
      case "Mailbox" -> Mailbox.of("bob@soft.example");
      case "ReversePath" -> ReversePath.of(Mailbox.of("\"a b\"@[192.0.2.1]"));
      case "QueueId" -> new QueueId("0123456789ABC");
      case "Domain" -> Domain.of("soft.example");
      default -> throw new IllegalArgumentException("give a sample of " + type);
    };
  }
}

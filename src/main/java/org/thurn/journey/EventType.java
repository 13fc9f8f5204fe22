package org.thurn.journey;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the renderings know of one type of event: its name and its fields, taken once from its
 * record. A new event is rendered everywhere without another line of code.
 *
 * @param name the record's name in kebab case
 * @param fields the record's components in their order
 */
public record EventType(String name, List<Field> fields) {
  private static final Pattern WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final ClassValue<EventType> TYPES =
      new ClassValue<>() {
        @Override
        protected EventType computeValue(Class<?> type) {
          return read(type);
        }
      };

  /** One component of the record. */
  public record Field(String name, Class<?> type, MethodHandle getter) {
    /** The component's value in {@code event}, which must be of this type. */
    public Object of(Event event) {
      try {
        return (Object) getter.invokeExact((Object) event);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        // a record's accessor declares no checked exception
        throw new IllegalStateException(name, e);
      }
    }
  }

  public static EventType of(Class<? extends Event> type) {
    return TYPES.get(type);
  }

  private static EventType read(Class<?> type) {
    String name = WORD.matcher(type.getSimpleName()).replaceAll("-").toLowerCase(Locale.ROOT);
    List<Field> fields = new ArrayList<>();
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        fields.add(field(component));
      }
    }
    return new EventType(name, List.copyOf(fields));
  }

  private static Field field(RecordComponent component) {
    try {
      MethodHandle getter = MethodHandles.lookup().unreflect(component.getAccessor());
      return new Field(
          component.getName(),
          component.getType(),
          getter.asType(
              getter.type().changeParameterType(0, Object.class).changeReturnType(Object.class)));
    } catch (IllegalAccessException e) {
      // the records of Event are public
      throw new IllegalStateException(component.toString(), e);
    }
  }
}

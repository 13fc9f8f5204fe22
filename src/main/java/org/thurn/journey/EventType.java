package org.thurn.journey;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
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
 * @param maker makes an event of an array of their values; not a method handle, since spinning one
 *     for each type would cost every start a tenth of a second
 */
public record EventType(String name, List<Field> fields, Constructor<?> maker) {
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

  /** Every type there is, in the order of the source. */
  public static List<EventType> all() {
    List<EventType> all = new ArrayList<>();
    for (Class<?> type : Event.class.getPermittedSubclasses()) {
      all.add(TYPES.get(type));
    }
    return List.copyOf(all);
  }

  /** An event of this type; the values must be of the fields' types and in their order. */
  public Event make(List<Object> values) {
    try {
      return (Event) maker.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      // a record's constructor here declares no checked exception
      throw new IllegalStateException(name, e);
    } catch (ReflectiveOperationException e) {
      // the records of Event are public
      throw new IllegalStateException(name, e);
    }
  }

  private static EventType read(Class<?> type) {
    String name = WORD.matcher(type.getSimpleName()).replaceAll("-").toLowerCase(Locale.ROOT);
    List<Field> fields = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      fields.add(field(component));
    }
    return new EventType(name, List.copyOf(fields), maker(type, fields));
  }

  private static Constructor<?> maker(Class<?> type, List<Field> fields) {
    try {
      return type.getConstructor(fields.stream().map(Field::type).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      // the records of Event are public
      throw new IllegalStateException(type.toString(), e);
    }
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

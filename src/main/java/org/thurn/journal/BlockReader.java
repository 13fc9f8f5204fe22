package org.thurn.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.EventId;
import org.thurn.journey.EventType;
import org.thurn.journey.QueueId;
import org.thurn.journey.SessionId;
import org.thurn.name.Domain;
import org.thurn.name.Host;
import org.thurn.name.LocalPart;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;
import org.thurn.name.ReversePath;

/** Reads the blocks of {@link BlockWriter}. Safe for many threads. */
final class BlockReader {
  /** Optional values and lists within one another: no event has more than two. */
  private static final int MAX_DEPTH = 4;

  private final Map<String, EventType> types = new HashMap<>();

  BlockReader() {
    EventType.all().forEach(type -> types.put(type.name(), type));
  }

  /** The entries of a block; an event of a type that this program lacks comes as a fault. */
  List<Entry> entries(byte[] block) throws DamagedBlockException {
    try {
      Cursor in = new Cursor(ByteBuffer.wrap(block), new ArrayList<>());
      if (in.octets.get() != BlockWriter.FORMAT) {
        throw new IllegalStateException("an unknown format");
      }
      List<Entry> entries = new ArrayList<>();
      for (int left = in.count(); left > 0; left--) {
        entries.add(entry(in));
      }
      return entries;
    } catch (RuntimeException | NameSyntaxException e) {
      // octets that were not written here can be wrong in any way: a number, a name, a type
      throw new DamagedBlockException("a journal block cannot be read: " + e, e);
    }
  }

  private Entry entry(Cursor in) throws NameSyntaxException {
    EventId id = new EventId(in.text());
    Instant time = in.instant();
    Optional<String> session = in.optional(String.class);
    Optional<String> queue = in.optional(String.class);
    Optional<String> messageId = in.optional(String.class);
    Optional<Mailbox> recipient = in.optional(Mailbox.class);
    return new Entry(
        id,
        time,
        session.map(SessionId::new),
        queue.map(QueueId::new),
        messageId,
        recipient,
        event(in));
  }

  private Event event(Cursor in) throws NameSyntaxException {
    String name = in.text();
    Map<String, Object> values = new HashMap<>();
    for (int left = in.count(); left > 0; left--) {
      values.put(in.text(), in.value());
    }
    @Nullable EventType type = types.get(name);
    if (type == null) {
      return new Event.Fault("journal", "an event of the unknown type " + name + ": " + values);
    }
    List<Object> arguments = new ArrayList<>();
    for (EventType.Field field : type.fields()) {
      arguments.add(argument(field, values.get(field.name())));
    }
    return type.make(arguments);
  }

  /** The value, or what a field says that the block does not have. */
  private static Object argument(EventType.Field field, @Nullable Object value) {
    Class<?> type = field.type();
    if (type == int.class) {
      return value instanceof Long number ? number.intValue() : 0;
    } else if (value != null) {
      return value;
    } else if (type == long.class) {
      return 0L;
    } else if (type == boolean.class) {
      return false;
    } else if (type == Optional.class) {
      return Optional.empty();
    } else if (type == List.class) {
      return List.of();
    } else if (type == String.class) {
      return "";
    }
    throw new IllegalStateException("a journal block lacks " + field.name());
  }

  /** A place in a block, and the texts met so far. */
  private record Cursor(ByteBuffer octets, List<String> texts) {
    Object value() throws NameSyntaxException {
      return value(0);
    }

    private Object value(int depth) throws NameSyntaxException {
      if (depth > MAX_DEPTH) {
        throw new IllegalStateException("a journal block with values in values");
      }
      byte tag = octets.get();
      for (Tag known : Tag.values()) {
        if (known.octet() == tag) {
          return value(known, depth);
        }
      }
      throw new IllegalStateException("a journal block has the unknown tag " + tag);
    }

    private Object value(Tag tag, int depth) throws NameSyntaxException {
      return switch (tag) {
        case TEXT -> text();
        case NUMBER -> signed();
        case TRUE -> true;
        case FALSE -> false;
        case INSTANT -> instant();
        case DURATION -> Duration.ofSeconds(signed(), number());
        case MAILBOX -> mailbox();
        case PATH -> ReversePath.of(mailbox());
        case NULL_PATH -> ReversePath.Null.INSTANCE;
        case DOMAIN -> new Domain(text());
        case QUEUE_ID -> new QueueId(text());
        case EMPTY -> Optional.empty();
        case PRESENT -> Optional.of(value(depth + 1));
        case LIST -> list(depth + 1);
      };
    }

    private List<Object> list(int depth) throws NameSyntaxException {
      List<Object> list = new ArrayList<>();
      for (int left = count(); left > 0; left--) {
        list.add(value(depth));
      }
      return List.copyOf(list);
    }

    <T> Optional<T> optional(Class<T> type) throws NameSyntaxException {
      return value() instanceof Optional<?> optional ? optional.map(type::cast) : Optional.empty();
    }

    private Mailbox mailbox() throws NameSyntaxException {
      return new Mailbox(new LocalPart(text()), Host.parse(text()));
    }

    String text() {
      int known = count();
      if (known > 0) {
        return texts.get(known - 1);
      }
      int length = count();
      if (length > octets.remaining()) {
        throw new BufferUnderflowException();
      }
      byte[] value = new byte[length];
      octets.get(value);
      String text = new String(value, StandardCharsets.UTF_8);
      texts.add(text);
      return text;
    }

    Instant instant() {
      return Instant.ofEpochSecond(signed(), number());
    }

    private long signed() {
      long value = number();
      return (value >>> 1) ^ -(value & 1);
    }

    int count() {
      return (int) Math.min(number(), Integer.MAX_VALUE);
    }

    private long number() {
      long value = 0;
      int shift = 0;
      byte octet;
      do {
        octet = octets.get();
        value |= (long) (octet & 0x7f) << shift;
        shift += 7;
      } while (octet < 0 && shift < 64);
      return value;
    }
  }
}

package org.thurn.journal;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.EventType;
import org.thurn.journey.QueueId;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;

/**
 * Writes entries into one block. Every text stands in it once; later it is a number. An event is
 * its type's name, then each field's name and tagged value, so that a type may gain, lose or
 * reorder fields and old blocks stay readable.
 */
final class BlockWriter {
  static final int FORMAT = 1;

  private static final int FIRST_BLOCK = 32 << 10;

  private byte[] block = new byte[FIRST_BLOCK];
  private int length;
  private final Map<String, Integer> texts = new HashMap<>();

  static byte[] block(List<Entry> entries) {
    BlockWriter writer = new BlockWriter();
    writer.octet(FORMAT);
    writer.number(entries.size());
    entries.forEach(writer::entry);
    return Arrays.copyOf(writer.block, writer.length);
  }

  private void entry(Entry entry) {
    text(entry.id().text());
    instant(entry.time());
    value(entry.session().map(session -> session.text()));
    value(entry.queue().map(QueueId::text));
    value(entry.messageId());
    value(entry.recipient());
    event(entry.event());
  }

  private void event(Event event) {
    EventType type = EventType.of(event.getClass());
    text(type.name());
    number(type.fields().size());
    for (EventType.Field field : type.fields()) {
      text(field.name());
      value(field.of(event));
    }
  }

  private void value(Object value) {
    switch (value) {
      case String text -> tag(Tag.TEXT).text(text);
      case Integer number -> tag(Tag.NUMBER).signed(number);
      case Long number -> tag(Tag.NUMBER).signed(number);
      case Boolean flag -> tag(flag ? Tag.TRUE : Tag.FALSE);
      case Instant instant -> tag(Tag.INSTANT).instant(instant);
      case Duration duration -> tag(Tag.DURATION).duration(duration);
      case Mailbox mailbox -> tag(Tag.MAILBOX).mailbox(mailbox);
      case ReversePath.Of(Mailbox mailbox) -> tag(Tag.PATH).mailbox(mailbox);
      case ReversePath.Null _ -> tag(Tag.NULL_PATH);
      case Domain domain -> tag(Tag.DOMAIN).text(domain.ascii());
      case QueueId id -> tag(Tag.QUEUE_ID).text(id.text());
      case Optional<?> optional when optional.isEmpty() -> tag(Tag.EMPTY);
      case Optional<?> optional -> tag(Tag.PRESENT).value(optional.get());
      case List<?> list -> tag(Tag.LIST).list(list);
      default -> throw new IllegalArgumentException("no event has a " + value.getClass());
    }
  }

  private void list(List<?> list) {
    number(list.size());
    list.forEach(this::value);
  }

  private BlockWriter tag(Tag tag) {
    octet(tag.octet());
    return this;
  }

  private void text(String text) {
    Integer known = texts.putIfAbsent(text, texts.size() + 1);
    if (known != null) {
      number(known);
    } else {
      byte[] octets = text.getBytes(StandardCharsets.UTF_8);
      number(0);
      number(octets.length);
      octets(octets);
    }
  }

  private void mailbox(Mailbox mailbox) {
    text(mailbox.local().value());
    text(mailbox.host().ascii());
  }

  private void instant(Instant instant) {
    signed(instant.getEpochSecond());
    number(instant.getNano());
  }

  private void duration(Duration duration) {
    signed(duration.getSeconds());
    number(duration.getNano());
  }

  /** Zigzag: small numbers of either sign are short. */
  private void signed(long value) {
    number((value << 1) ^ (value >> 63));
  }

  /** Seven bits an octet, the lowest first. */
  private void number(long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      octet((int) (left & 0x7f) | 0x80);
      left >>>= 7;
    }
    octet((int) left);
  }

  private void octet(int octet) {
    if (length == block.length) {
      block = Arrays.copyOf(block, 2 * length);
    }
    block[length++] = (byte) octet;
  }

  private void octets(byte[] octets) {
    if (octets.length > block.length - length) {
      block = Arrays.copyOf(block, Math.max(2 * length, length + octets.length));
    }
    System.arraycopy(octets, 0, block, length, octets.length);
    length += octets.length;
  }
}

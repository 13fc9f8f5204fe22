package org.thurn.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.EventId;
import org.thurn.journey.QueueId;
import org.thurn.journey.SessionId;
import org.thurn.name.Mailbox;

/**
 * The journal's keys. {@code e id}: the block whose first entry has the id. {@code q queue id} and
 * {@code s session 0 id} lead to blocks; {@code m message-id 0 queue} and {@code a address 0 queue}
 * lead to messages. The last 13 octets of an index key are what it leads to, and sort by time.
 */
final class Index {
  /** A Message-ID may have 998 octets; what begins alike is told apart by the entries. */
  private static final int LONGEST = 250;

  private static final int ID = 13;

  private Index() {}

  static byte[] block(EventId id) {
    return key('e', id.text());
  }

  static byte[] queue(QueueId id) {
    return key('q', id.text());
  }

  static byte[] session(SessionId id) {
    return key('s', id.text() + "\0");
  }

  static byte[] messageId(String field) {
    return key('m', cut(field) + "\0");
  }

  static byte[] address(String address) {
    return key('a', cut(address.toLowerCase(Locale.ROOT)) + "\0");
  }

  /** What an index key leads to. */
  static String target(byte[] key) {
    return new String(key, key.length - ID, ID, UTF_8);
  }

  /** Behind every key that begins so: no octet of UTF-8 is ff. */
  static byte[] end(byte[] prefix) {
    byte[] end = Arrays.copyOf(prefix, prefix.length + 1);
    end[prefix.length] = (byte) 0xff;
    return end;
  }

  /** The index keys of a block, each once. */
  static Set<byte[]> keys(EventId block, List<Entry> entries) {
    Set<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
    for (Entry entry : entries) {
      entry.session().ifPresent(session -> keys.add(lead(session(session), block.text())));
      entry.queue().ifPresent(queue -> about(keys, queue, block, entry));
    }
    return keys;
  }

  private static void about(Set<byte[]> keys, QueueId queue, EventId block, Entry entry) {
    keys.add(lead(queue(queue), block.text()));
    entry.messageId().ifPresent(field -> keys.add(lead(messageId(field), queue.text())));
    entry.recipient().ifPresent(address -> address(keys, address, queue));
    switch (entry.event()) {
      case Event.Accepted accepted -> {
        accepted.sender().mailbox().ifPresent(sender -> address(keys, sender, queue));
        accepted.recipients().forEach(recipient -> address(keys, recipient, queue));
        if (!accepted.messageIdField().isEmpty()) {
          keys.add(lead(messageId(accepted.messageIdField()), queue.text()));
        }
      }
      case Event.RecipientResolved resolved -> {
        address(keys, resolved.original(), queue);
        resolved.targets().forEach(target -> address(keys, target, queue));
      }
      case Event other -> {
        // names no address that a person would look for
      }
    }
  }

  private static void address(Set<byte[]> keys, Mailbox address, QueueId queue) {
    keys.add(lead(address(address.toString()), queue.text()));
  }

  private static byte[] lead(byte[] prefix, String target) {
    byte[] key = Arrays.copyOf(prefix, prefix.length + ID);
    System.arraycopy(target.getBytes(UTF_8), 0, key, prefix.length, ID);
    return key;
  }

  private static byte[] key(char kind, String text) {
    ByteArrayOutputStream key = new ByteArrayOutputStream();
    key.write(kind);
    key.writeBytes(text.getBytes(UTF_8));
    return key.toByteArray();
  }

  private static String cut(String text) {
    return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
  }
}

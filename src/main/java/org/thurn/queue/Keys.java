package org.thurn.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.thurn.journey.QueueId;

/**
 * The keys of a queue shard's rows; docs/queue.md has their table. A letter tells the kind, ids
 * follow in their 13 characters, numbers big-endian, so that a scan gives the order that is wanted.
 */
final class Keys {
  private static final int ID = 13;

  private Keys() {}

  /** {@code c}: the ledger's counts. */
  static byte[] counts() {
    return new byte[] {'c'};
  }

  /** {@code m id}: envelope and body. */
  static byte[] message(QueueId id) {
    return of('m', id, 0).array();
  }

  /** {@code r id index}: a recipient. */
  static byte[] recipient(QueueId id, int index) {
    return of('r', id, 4).putInt(index).array();
  }

  /** {@code d time id}: the schedule. */
  static byte[] due(Instant at, QueueId id) {
    return dueFrom(at, ID).put(text(id)).array();
  }

  /** Where the schedule's rows of {@code at} begin. */
  static byte[] dueFrom(Instant at) {
    return dueFrom(at, 0).array();
  }

  private static ByteBuffer dueFrom(Instant at, int more) {
    return ByteBuffer.allocate(9 + more).put((byte) 'd').putLong(Math.max(0, at.toEpochMilli()));
  }

  /** {@code l id index}: a terminal state. */
  static byte[] ledger(QueueId id, int index) {
    return of('l', id, 4).putInt(index).array();
  }

  /** Where the rows of a kind begin; the next letter's beginning is their end. */
  static byte[] kind(char letter) {
    return new byte[] {(byte) letter};
  }

  /** The first key after {@code key}. */
  static byte[] after(byte[] key) {
    byte[] next = new byte[key.length + 1];
    System.arraycopy(key, 0, next, 0, key.length);
    return next;
  }

  /** The id in a {@code m}, {@code r} or {@code l} key. */
  static QueueId id(byte[] key) {
    return new QueueId(new String(key, 1, ID, StandardCharsets.US_ASCII));
  }

  /** The index in a {@code r} or {@code l} key. */
  static int index(byte[] key) {
    return ByteBuffer.wrap(key).getInt(1 + ID);
  }

  /** The id in a {@code d} key. */
  static QueueId dueId(byte[] key) {
    return new QueueId(new String(key, 9, ID, StandardCharsets.US_ASCII));
  }

  private static ByteBuffer of(char letter, QueueId id, int more) {
    return ByteBuffer.allocate(1 + ID + more).put((byte) letter).put(text(id));
  }

  private static byte[] text(QueueId id) {
    return id.text().getBytes(StandardCharsets.US_ASCII);
  }
}

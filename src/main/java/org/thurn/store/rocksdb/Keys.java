package org.thurn.store.rocksdb;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.thurn.store.BodyId;
import org.thurn.store.OpId;
import org.thurn.store.Partition;
import org.thurn.store.Snapshot.Pair;

/** How keys are laid out on the disk. All integers are big-endian, so that they sort. */
final class Keys {
  /** The format of everything in the store. */
  static final byte FORMAT = 1;

  /** The row that holds {@link #FORMAT}. No partition's prefix begins with 0. */
  static final byte[] FORMAT_ROW = {0, 'f'};

  /** The row that holds the number of the last group of commits. */
  static final byte[] GROUP_ROW = {0, 'g'};

  /** Octets of a body's id. */
  static final int BODY = 16;

  /** Behind every key that begins with a body: no octet of UTF-8 is ff. */
  static final byte[] BEHIND_BODIES = new byte[BODY + 2];

  static {
    Arrays.fill(BEHIND_BODIES, (byte) 0xff);
  }

  private static final int SECONDS_OF_HOUR = 3600;

  private Keys() {}

  /** Length-prefixed, so that no partition's rows lie between those of another. */
  static byte[] prefix(Partition partition) {
    byte[] kind = utf8(partition.kind());
    byte[] id = utf8(partition.id());
    return ByteBuffer.allocate(3 + kind.length + id.length)
        .put((byte) kind.length)
        .put(kind)
        .putShort((short) id.length)
        .put(id)
        .array();
  }

  static byte[] partition(String kind, String id) {
    return join(utf8(kind), new byte[1], utf8(id));
  }

  /** Those of a kind after {@code after}, as {@code scan} finds their keys. */
  static List<String> partitions(
      String kind, String after, BiFunction<byte[], byte[], List<Pair>> scan) {
    byte[] all = partition(kind, "");
    byte[] from = after.isEmpty() ? all : join(partition(kind, after), new byte[1]);
    return scan.apply(from, after(all)).stream().map(pair -> text(pair.key(), all.length)).toList();
  }

  /** The partition that a whole key of {@link Family#ROWS} lies in; empty if it has no prefix. */
  static Optional<Partition> partitionOf(byte[] key) {
    ByteBuffer in = ByteBuffer.wrap(key);
    try {
      byte[] kind = new byte[in.get()];
      in.get(kind);
      byte[] id = new byte[in.getShort()];
      in.get(id);
      return Optional.of(new Partition(text(kind, 0), text(id, 0)));
    } catch (BufferUnderflowException | NegativeArraySizeException | IllegalArgumentException e) {
      return Optional.empty(); // not what prefix() makes
    }
  }

  /** The hour comes first, so that old operations go by one range deletion. */
  static byte[] operation(int hour, byte[] prefix, OpId op) {
    return join(hour(hour), prefix, utf8(op.text()));
  }

  static byte[] hour(int hour) {
    return ByteBuffer.allocate(4).putInt(hour).array();
  }

  static int hour(Instant time) {
    return (int) Math.max(0, time.getEpochSecond() / SECONDS_OF_HOUR);
  }

  static byte[] body(BodyId id) {
    return HexFormat.of().parseHex(id.text());
  }

  static byte[] octets(BodyId id) {
    return join(body(id), new byte[] {1});
  }

  static byte[] holder(BodyId id, String holder) {
    return join(body(id), utf8(holder));
  }

  /** Where a scan of bodies goes on after one's head: behind its octets. */
  static byte[] afterBody(byte[] key) {
    return join(Arrays.copyOf(key, BODY), new byte[] {2});
  }

  /** The body in a key of {@link Family#BODIES} or {@link Family#HOLDERS}. */
  static BodyId bodyOf(byte[] key) {
    return new BodyId(HexFormat.of().formatHex(key, 0, BODY));
  }

  /** Marks a body that lost a holder: the collector looks at these only. */
  static byte[] released(BodyId id) {
    return join(new byte[] {0, 'r'}, body(id));
  }

  static byte[] join(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteBuffer joined = ByteBuffer.allocate(length);
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }

  /** The first key after all that begin with {@code prefix}, which has an octet below 255. */
  static byte[] after(byte[] prefix) {
    byte[] end = prefix.clone();
    int at = end.length - 1;
    while (at > 0 && end[at] == (byte) 0xff) {
      end[at--] = 0;
    }
    end[at]++;
    return end;
  }

  static String text(byte[] key, int from) {
    return new String(key, from, key.length - from, StandardCharsets.UTF_8);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

package org.thurn.tls.mtasts;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thurn.name.Domain;
import org.thurn.store.Partition;
import org.thurn.store.RowOctets;

/**
 * The rows of the cache, all in one partition: {@code p} and a domain is its policy, {@code u}, a
 * day in four octets and a domain says when it was used last, {@code t} counts them. Each value
 * begins with the version of its form.
 */
final class PolicyRows {
  static final String KIND = "mta-sts";
  static final Partition PARTITION = new Partition(KIND, "policies");
  static final byte[] TOTAL = {'t'};

  static final int DAY_END = 5;

  private PolicyRows() {}

  /**
   * A policy and when it was used last.
   *
   * @param used the day since 1970
   */
  record Kept(CachedPolicy cached, int used) {}

  static byte[] policyKey(Domain domain) {
    return ("p" + domain.ascii()).getBytes(US_ASCII);
  }

  /** The domain of a policy's row. */
  static String domain(byte[] policyKey) {
    return new String(policyKey, 1, policyKey.length - 1, US_ASCII);
  }

  static byte[] usedKey(int day, Domain domain) {
    byte[] name = domain.ascii().getBytes(US_ASCII);
    return ByteBuffer.allocate(DAY_END + name.length).put((byte) 'u').putInt(day).put(name).array();
  }

  /**
   * The four octets behind the first one, which a row of use has in its key, a policy in itself.
   */
  static int usedDay(byte[] usedKey) {
    return ByteBuffer.wrap(usedKey).getInt(1);
  }

  static String usedDomain(byte[] usedKey) {
    return new String(Arrays.copyOfRange(usedKey, DAY_END, usedKey.length), US_ASCII);
  }

  /** Whether a policy's row, which may be damaged, says that it was used on a day. */
  static boolean isUsedOn(byte[] policyRow, int day) {
    return policyRow.length >= DAY_END && usedDay(policyRow) == day;
  }

  static byte[] used() {
    return RowOctets.value(_ -> {});
  }

  static byte[] write(Kept kept) {
    CachedPolicy cached = kept.cached();
    return RowOctets.value(
        out -> {
          out.writeInt(kept.used());
          out.writeUTF(cached.id());
          out.writeLong(cached.fetched().getEpochSecond());
          out.writeUTF(cached.policy().mode().word());
          out.writeLong(cached.policy().maxAge().toSeconds());
          out.writeInt(cached.policy().mx().size());
          for (MxPattern pattern : cached.policy().mx()) {
            out.writeUTF(pattern.toString());
          }
        });
  }

  static Kept kept(byte[] row) {
    return RowOctets.read(
        row,
        in -> {
          int used = in.readInt();
          StsRecord record = new StsRecord(in.readUTF());
          Instant fetched = Instant.ofEpochSecond(in.readLong());
          Mode mode = Mode.of(in.readUTF()).orElseThrow();
          Duration maxAge = Duration.ofSeconds(in.readLong());
          List<MxPattern> mx = new ArrayList<>();
          for (int left = in.readInt(); left > 0; left--) {
            mx.add(MxPattern.parse(in.readUTF()).orElseThrow());
          }
          return new Kept(
              new CachedPolicy(new StsPolicy(mode, mx, maxAge), record.id(), fetched), used);
        });
  }
}

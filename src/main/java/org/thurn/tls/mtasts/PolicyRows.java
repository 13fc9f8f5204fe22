package org.thurn.tls.mtasts;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thurn.name.Domain;
import org.thurn.store.Partition;

/**
 * The rows of the cache, all in one partition: {@code p} and a domain is its policy, {@code u}, a
 * day in four octets and a domain says when it was used last, {@code t} counts them. Each value
 * begins with the version of its form.
 */
final class PolicyRows {
  static final String KIND = "mta-sts";
  static final Partition PARTITION = new Partition(KIND, "policies");
  static final byte[] TOTAL = {'t'};

  private static final int VERSION = 1;
  static final int DAY_END = 5;

  private PolicyRows() {}

  /**
   * A policy and when it was used last.
   *
   * @param used the day since 1970
   */
  record Kept(CachedPolicy cached, int used) {}

  /**
   * What is kept in all.
   *
   * @param octets of the values of the policies
   */
  record Total(int policies, long octets) {
    static final Total NONE = new Total(0, 0);

    Total plus(int more, long moreOctets) {
      return new Total(policies + more, octets + moreOctets);
    }
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

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
    return value(_ -> {});
  }

  static byte[] write(Total total) {
    return value(
        out -> {
          out.writeInt(total.policies());
          out.writeLong(total.octets());
        });
  }

  static Total total(byte[] row) {
    return read(row, in -> new Total(in.readInt(), in.readLong()));
  }

  static byte[] write(Kept kept) {
    CachedPolicy cached = kept.cached();
    return value(
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
    return read(
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

  private static byte[] value(Writing writing) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(octets)) {
      out.writeByte(VERSION);
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array cannot fail", e);
    }
    return octets.toByteArray();
  }

  private static <T> T read(byte[] octets, Reading<T> reading) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IOException("a row of version " + version);
      }
      T value = reading.from(in);
      if (in.read() >= 0) {
        throw new IOException("a row has octets behind its end");
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

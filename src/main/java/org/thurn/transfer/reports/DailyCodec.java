package org.thurn.transfer.reports;

import java.io.IOException;
import org.thurn.store.RowOctets;

/**
 * The rows of what is counted for daily reports. {@code t} is a day's total, {@code d} a domain's
 * of a day, {@code p} a subject that it had, {@code r} a row and its count, {@code s} what was
 * sent. A day is four octets, a domain ends at a NUL or with the key.
 */
final class DailyCodec {
  /** Octets of a subject's digest. */
  static final int SUBJECT = 8;

  /** Octets of a row's digest. */
  static final int ROW = 16;

  private DailyCodec() {}

  /**
   * Of a day.
   *
   * @param octets of all its rows
   * @param lost messages of domains that there was no room for
   */
  record Total(int domains, long octets, long lost) {
    static final Total NONE = new Total(0, 0, 0);
  }

  /**
   * Of a domain's day.
   *
   * @param omitted messages that would have needed one more row
   */
  record Domain(int rows, long octets, long messages, long omitted) {
    static final Domain NONE = new Domain(0, 0, 0, 0);
  }

  static byte[] key(char kind, long day) {
    return RowOctets.key(
        out -> {
          out.writeByte(kind);
          out.writeInt(Math.toIntExact(day));
        });
  }

  static byte[] key(char kind, long day, String domain) {
    return RowOctets.key(
        out -> {
          out.write(key(kind, day));
          out.writeBytes(domain);
        });
  }

  /** Of a subject, or with a row of a row; with neither the beginning of them all. */
  static byte[] key(char kind, long day, String domain, byte[]... rest) {
    return RowOctets.key(
        out -> {
          out.write(key(kind, day, domain));
          out.writeByte(0);
          for (byte[] part : rest) {
            out.write(part);
          }
        });
  }

  static byte[] of(Total total) {
    return RowOctets.value(
        out -> {
          out.writeInt(total.domains());
          out.writeLong(total.octets());
          out.writeLong(total.lost());
        });
  }

  static Total total(byte[] row) {
    return RowOctets.read(row, in -> new Total(in.readInt(), in.readLong(), in.readLong()));
  }

  static byte[] of(Domain domain) {
    return RowOctets.value(
        out -> {
          out.writeInt(domain.rows());
          out.writeLong(domain.octets());
          out.writeLong(domain.messages());
          out.writeLong(domain.omitted());
        });
  }

  static Domain domain(byte[] row) {
    return RowOctets.read(
        row, in -> new Domain(in.readInt(), in.readLong(), in.readLong(), in.readLong()));
  }

  static byte[] record(byte[] row, long count) {
    return RowOctets.value(
        out -> {
          out.writeLong(count);
          out.write(row);
        });
  }

  static DailyCounts.Row record(byte[] value) {
    return RowOctets.read(
        value,
        in -> {
          long count = in.readLong();
          if (count < 0) {
            throw new IOException("a count below nought");
          }
          return new DailyCounts.Row(in.readAllBytes(), count);
        });
  }
}

package org.thurn.transfer.reports;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import org.thurn.authentication.dmarc.report.ReportRecord;
import org.thurn.authentication.dmarc.report.ReportSubject;
import org.thurn.authentication.dmarc.report.RowCodec;
import org.thurn.store.Partition;

/**
 * The rows of what was counted, all in one partition. {@code t} is a day's total, {@code d} a
 * domain's of a day, {@code p} a policy that it had, {@code r} a row and its count, {@code s} what
 * was sent. A day is four octets, a domain ends at a NUL or with the key.
 */
final class CountedCodec {
  static final String KIND = "dmarc-counted";
  static final Partition PARTITION = new Partition(KIND, "all");
  static final int POLICY = 8;
  static final int ROW = 16;

  private CountedCodec() {}

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
    return Octets.key(
        out -> {
          out.writeByte(kind);
          out.writeInt(Math.toIntExact(day));
        });
  }

  static byte[] key(char kind, long day, String domain) {
    return Octets.key(
        out -> {
          out.write(key(kind, day));
          out.writeBytes(domain);
        });
  }

  /** Of a policy, or with a row of a row; with neither the beginning of them all. */
  static byte[] key(char kind, long day, String domain, byte[]... rest) {
    return Octets.key(
        out -> {
          out.write(key(kind, day, domain));
          out.writeByte(0);
          for (byte[] part : rest) {
            out.write(part);
          }
        });
  }

  static byte[] of(Total total) {
    return Octets.value(
        out -> {
          out.writeInt(total.domains());
          out.writeLong(total.octets());
          out.writeLong(total.lost());
        });
  }

  static Total total(byte[] row) {
    return Octets.read(row, in -> new Total(in.readInt(), in.readLong(), in.readLong()));
  }

  static byte[] of(Domain domain) {
    return Octets.value(
        out -> {
          out.writeInt(domain.rows());
          out.writeLong(domain.octets());
          out.writeLong(domain.messages());
          out.writeLong(domain.omitted());
        });
  }

  static Domain domain(byte[] row) {
    return Octets.read(
        row, in -> new Domain(in.readInt(), in.readLong(), in.readLong(), in.readLong()));
  }

  static ReportSubject subject(byte[] row) {
    return Octets.read(row, in -> RowCodec.subject(in.readAllBytes()));
  }

  static byte[] subject(ReportSubject subject) {
    return Octets.value(out -> out.write(RowCodec.encode(subject)));
  }

  static byte[] of(ReportRecord record) {
    return record(RowCodec.encode(record.row()), record.count());
  }

  static byte[] record(byte[] row, long count) {
    return Octets.value(
        out -> {
          out.writeLong(count);
          out.write(row);
        });
  }

  static ReportRecord record(byte[] row) {
    return Octets.read(
        row,
        in -> {
          long count = in.readLong();
          if (count < 0) {
            throw new IOException("a count below nought");
          }
          return new ReportRecord(RowCodec.row(in.readAllBytes()), count);
        });
  }

  static byte[] of(SentReport sent) {
    return Octets.value(
        out -> {
          out.writeUTF(sent.domain());
          out.writeLong(sent.day().toEpochDay());
          out.writeLong(sent.at().getEpochSecond());
          out.writeInt(sent.reports());
          out.writeLong(sent.messages());
          Octets.texts(sent.to(), out);
          Octets.texts(sent.refused(), out);
        });
  }

  static SentReport sent(byte[] row) {
    return Octets.read(
        row,
        in ->
            new SentReport(
                in.readUTF(),
                LocalDate.ofEpochDay(in.readLong()),
                Instant.ofEpochSecond(in.readLong()),
                in.readInt(),
                in.readLong(),
                Octets.texts(in),
                Octets.texts(in)));
  }
}

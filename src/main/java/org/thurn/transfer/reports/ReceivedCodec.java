package org.thurn.transfer.reports;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.thurn.authentication.dmarc.Policy;
import org.thurn.store.Partition;
import org.thurn.store.RowOctets;

/**
 * The rows of what others reported, all in one partition. {@code h} names a report by the digest of
 * who reported what, {@code m} is the report, {@code r} one of its rows, {@code f} counts failure
 * reports, {@code t} is the total.
 */
final class ReceivedCodec {
  static final String KIND = "dmarc-received";
  static final Partition PARTITION = new Partition(KIND, "all");
  static final byte[] TOTAL = {'t'};
  static final int DIGEST = 16;

  private ReceivedCodec() {}

  static byte[] digest(String organization, String id, String domain) {
    String whole = organization + "\0" + id + "\0" + domain;
    return RowOctets.digest(whole.getBytes(StandardCharsets.UTF_8), DIGEST);
  }

  static byte[] known(byte[] digest) {
    return RowOctets.key(
        out -> {
          out.writeByte('h');
          out.write(digest);
        });
  }

  /** The beginning of all keys of a domain. */
  static byte[] prefix(char kind, String domain) {
    return RowOctets.key(
        out -> {
          out.writeByte(kind);
          out.writeBytes(domain);
          out.writeByte(0);
        });
  }

  /** Of a report; the beginning of those of its rows. */
  static byte[] key(char kind, ReceivedReport report) {
    return RowOctets.key(
        out -> {
          out.write(prefix(kind, report.domain()));
          out.writeLong(report.begin().getEpochSecond());
          out.write(digest(report.organization(), report.id(), report.domain()));
        });
  }

  static byte[] row(ReceivedReport report, int index) {
    return RowOctets.key(
        out -> {
          out.write(key('r', report));
          out.writeInt(index);
        });
  }

  static byte[] failures(long day, String domain, String source) {
    return RowOctets.key(
        out -> {
          out.write(DailyCodec.key('f', day, domain));
          out.writeByte(0);
          out.writeBytes(source);
        });
  }

  static byte[] count(long count) {
    return RowOctets.value(out -> out.writeLong(count));
  }

  static long count(byte[] row) {
    return RowOctets.read(row, in -> in.readLong());
  }

  static byte[] of(ReceivedReport report) {
    return RowOctets.value(
        out -> {
          out.writeUTF(report.organization());
          out.writeUTF(report.email());
          out.writeUTF(report.id());
          out.writeUTF(report.domain());
          out.writeUTF(report.policy().word());
          out.writeLong(report.begin().getEpochSecond());
          out.writeLong(report.end().getEpochSecond());
          out.writeLong(report.at().getEpochSecond());
          out.writeUTF(report.reporter());
          out.writeLong(report.messages());
          out.writeInt(report.rows());
          out.writeLong(report.omitted());
          RowOctets.texts(report.deviations(), out);
        });
  }

  static ReceivedReport report(byte[] row) {
    return RowOctets.read(
        row,
        in ->
            new ReceivedReport(
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                policy(in.readUTF()),
                Instant.ofEpochSecond(in.readLong()),
                Instant.ofEpochSecond(in.readLong()),
                Instant.ofEpochSecond(in.readLong()),
                in.readUTF(),
                in.readLong(),
                in.readInt(),
                in.readLong(),
                RowOctets.texts(in)));
  }

  private static Policy policy(String word) throws IOException {
    try {
      return Policy.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IOException("no policy", e);
    }
  }
}

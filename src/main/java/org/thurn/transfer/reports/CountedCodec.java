package org.thurn.transfer.reports;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.thurn.authentication.dmarc.report.ReportRecord;
import org.thurn.authentication.dmarc.report.ReportSubject;
import org.thurn.authentication.dmarc.report.RowCodec;
import org.thurn.store.Partition;
import org.thurn.store.RowOctets;

/** What is counted for DMARC, in the rows of {@link DailyCodec}. */
final class CountedCodec {
  static final String KIND = "dmarc-counted";
  static final Partition PARTITION = new Partition(KIND, "all");

  private CountedCodec() {}

  static ReportSubject subject(byte[] row) {
    return RowOctets.read(row, in -> RowCodec.subject(in.readAllBytes()));
  }

  static byte[] subject(ReportSubject subject) {
    return RowOctets.value(out -> out.write(RowCodec.encode(subject)));
  }

  static byte[] of(ReportRecord record) {
    return DailyCodec.record(RowCodec.encode(record.row()), record.count());
  }

  static ReportRecord record(DailyCounts.Row row) {
    try {
      return new ReportRecord(RowCodec.row(row.octets()), row.count());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ReportRecord record(byte[] value) {
    return record(DailyCodec.record(value));
  }
}

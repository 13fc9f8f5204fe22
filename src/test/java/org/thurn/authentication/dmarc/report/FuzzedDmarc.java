package org.thurn.authentication.dmarc.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.thurn.authentication.dmarc.DmarcRecord;
import org.thurn.authentication.dmarc.DmarcSyntaxException;
import org.thurn.authentication.dmarc.DmarcUri;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;

/** Policy records, and reports that others send us. */
public final class FuzzedDmarc {
  private FuzzedDmarc() {}

  public static FuzzTarget all() {
    return Choice.of(
        FuzzedDmarc::record,
        FuzzedDmarc::aggregate,
        FuzzedDmarc::mail,
        FuzzedDmarc::failure,
        FuzzedDmarc::row);
  }

  private static boolean shown(String words) {
    return words.length() < 1_000 && words.chars().noneMatch(Character::isISOControl);
  }

  /** A record is read whatever is in it; a URI that it names is one. */
  private static void record(byte[] octets) {
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    try {
      DmarcRecord record = DmarcRecord.parse(text);
      Promise.holds(record.mistakes().stream().allMatch(FuzzedDmarc::shown), () -> "a mistake");
      Promise.holds(record.remarks().stream().allMatch(FuzzedDmarc::shown), () -> "a remark");
      for (DmarcUri uri : record.aggregateReports()) {
        Promise.same(uri.text(), DmarcUri.parse(uri.text()).text(), "the URI");
        Promise.same(uri.host(), DmarcUri.parse(uri.text()).host(), "its host");
      }
    } catch (DmarcSyntaxException e) {
      Promise.holds(shown(e.getMessage()), e::getMessage);
    }
  }

  /** What is read can be written, and is then read as it was. */
  private static void aggregate(byte[] octets) {
    try {
      ReadReport read = AggregateReportReader.read(new ByteArrayInputStream(octets));
      Promise.holds(read.deviations().stream().allMatch(FuzzedDmarc::shown), () -> "a deviation");
      AggregateReport written =
          Samples.read(Samples.written(read.report(), ReportForm.RFC_9990)).report();
      Promise.same(counts(read.report()), counts(written), "the counts");
    } catch (ReportException e) {
      Promise.holds(shown(e.getMessage()), e::getMessage);
    }
  }

  private static List<Long> counts(AggregateReport report) {
    return report.records().stream().map(ReportRecord::count).toList();
  }

  private static void mail(byte[] octets) {
    try {
      ReadReport read = ReceivedMail.aggregate(octets);
      Promise.holds(read.deviations().size() <= Deviations.MAX, () -> "too many deviations");
    } catch (ReportException e) {
      Promise.holds(shown(e.getMessage()), e::getMessage);
    }
  }

  /** What a failure report returns can be redacted, and is a header then. */
  private static void failure(byte[] octets) {
    try {
      FailureReport report = FailureReportReader.read(octets);
      Redaction redaction = new Redaction(new byte[16]);
      report
          .original()
          .map(redaction::redacted)
          .ifPresent(h -> h.forEach(f -> Promise.holds(f.isWellFormed(), f::toString)));
    } catch (ReportException e) {
      Promise.holds(shown(e.getMessage()), e::getMessage);
    }
  }

  /** Rows of a damaged disk. */
  private static void row(byte[] octets) {
    try {
      ReportRow row = RowCodec.row(octets);
      Promise.same(row, RowCodec.row(RowCodec.encode(row)), "the row");
    } catch (IOException e) {
      Promise.holds(e.getMessage() == null || e.getMessage().length() < 1_000, e::getMessage);
    }
    try {
      ReportSubject subject = RowCodec.subject(octets);
      Promise.same(subject, RowCodec.subject(RowCodec.encode(subject)), "the subject");
    } catch (IOException e) {
      Promise.holds(e.getMessage() == null || e.getMessage().length() < 1_000, e::getMessage);
    }
  }
}

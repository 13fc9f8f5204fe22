package org.thurn.tls.tlsrpt;

import java.nio.charset.StandardCharsets;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;

/** Records of TLS reports, and reports of strangers, packed or not. */
public final class FuzzedTlsRpt {
  private FuzzedTlsRpt() {}

  public static FuzzTarget all() {
    return Choice.of(FuzzedTlsRpt::record, FuzzedTlsRpt::report);
  }

  private static void record(byte[] octets) {
    switch (TlsRptRecord.parse(new String(octets, StandardCharsets.ISO_8859_1))) {
      case TlsRptRecord.Reading.Wanted(TlsRptRecord record) -> {
        int count = record.rua().size();
        Promise.holds(count <= TlsRptRecord.MAX_DESTINATIONS, () -> count + " destinations");
        record.rua().forEach(uri -> Promise.holds(uri.getScheme() != null, uri::toString));
      }
      case TlsRptRecord.Reading.Wrong(String why) -> Promise.holds(shown(why), () -> why);
      case TlsRptRecord.Reading.Silent _, TlsRptRecord.Reading.Unanswered _ ->
          throw new AssertionError("a text is neither");
    }
  }

  private static boolean shown(String words) {
    return !words.isEmpty() && words.length() < 200;
  }

  /** What is written of it is read, written and read again as the same. */
  private static void report(byte[] octets) {
    try {
      TlsReport report = TlsReportReader.read(ReportGzip.unpack(octets));
      TlsReport once = TlsReportReader.read(TlsReportWriter.write(report));
      Promise.same(report.policies().size(), once.policies().size(), "the policies");
      Promise.same(once, TlsReportReader.read(TlsReportWriter.write(once)), "the report");
    } catch (TlsReportException e) {
      Promise.holds(!String.valueOf(e.getMessage()).isEmpty(), () -> "a failure without words");
    }
  }
}

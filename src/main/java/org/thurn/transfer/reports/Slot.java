package org.thurn.transfer.reports;

import org.thurn.authentication.dmarc.report.ReportRow;
import org.thurn.authentication.dmarc.report.ReportSubject;
import org.thurn.authentication.dmarc.report.RowCodec;

/**
 * Where a message is counted.
 *
 * @param day of UTC, since 1970
 * @param subject the domain and its policy
 * @param row what messages have in common that are counted together
 */
record Slot(long day, ReportSubject subject, ReportRow row) {
  String domain() {
    return subject.policy().domain();
  }

  /** As it is stored. */
  int octets() {
    return RowCodec.encode(row).length + RowCodec.encode(subject).length;
  }
}

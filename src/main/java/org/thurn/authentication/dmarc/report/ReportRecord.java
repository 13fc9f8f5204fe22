package org.thurn.authentication.dmarc.report;

/**
 * A row and how many messages it stands for.
 *
 * @param count never negative
 */
public record ReportRecord(ReportRow row, long count) {
  public ReportRecord {
    if (count < 0) {
      throw new IllegalArgumentException("a negative number of messages");
    }
  }
}

package org.thurn.authentication.dmarc.report;

import java.util.List;

/** An aggregate report, RFC 9990 §3.1.1. */
public record AggregateReport(
    ReportMetadata metadata, PublishedPolicy policy, List<ReportRecord> records) {
  public AggregateReport {
    records = List.copyOf(records);
  }

  /** Of how many messages it tells. */
  public long messages() {
    return records.stream().mapToLong(ReportRecord::count).reduce(0, AggregateReport::sum);
  }

  private static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}

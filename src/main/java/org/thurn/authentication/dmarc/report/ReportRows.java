package org.thurn.authentication.dmarc.report;

import java.util.List;
import java.util.Set;

/**
 * Where rows are kept until their report is due: {@link Aggregation} in memory, or a store that
 * keeps what {@link RowCodec} writes. Safe for many threads.
 */
public interface ReportRows {
  /**
   * What was counted for one report.
   *
   * @param omitted messages that were not counted, since there were too many rows
   */
  record Counted(ReportSubject subject, List<ReportRecord> records, long omitted) {
    public Counted {
      records = List.copyOf(records);
    }
  }

  /** Counts messages. */
  void add(ReportSubject subject, ReportRow row, long messages);

  /** The policy domains of which something was counted. */
  Set<String> domains();

  /**
   * Takes all that was counted of a policy domain, one for each policy that it had; it is then
   * counted anew.
   */
  List<Counted> take(String domain);
}

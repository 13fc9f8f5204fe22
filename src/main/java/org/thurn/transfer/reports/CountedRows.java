package org.thurn.transfer.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurn.authentication.dmarc.report.ReportRows.Counted;
import org.thurn.authentication.dmarc.report.RowCodec;
import org.thurn.store.Store;
import org.thurn.transfer.reports.DailyCounts.Limits;
import org.thurn.transfer.reports.DailyCounts.Subject;
import org.thurn.transfer.reports.DailyCounts.Waiting;

/** What was counted for DMARC's reports, in the store. */
final class CountedRows {
  /** Author domains of one day: a stranger may name as many as it likes. */
  static final int MAX_DOMAINS = 10_000;

  /** Of one domain's day; a report of so many has some 5 MB of XML and 300 KB packed. */
  static final int MAX_ROWS = 10_000;

  /** Of the rows of one domain's day, which are one report and in memory all at once. */
  static final int MAX_DOMAIN_OCTETS = 4 << 20;

  /** Of the rows of all domains of one day. */
  static final int MAX_DAY_OCTETS = 256 << 20;

  private final DailyCounts counts;

  CountedRows(Store store) {
    counts =
        new DailyCounts(
            store,
            CountedCodec.PARTITION,
            new Limits(MAX_DOMAINS, MAX_ROWS, MAX_DOMAIN_OCTETS, MAX_DAY_OCTETS));
  }

  /** What any kind of report does with them. */
  DailyCounts all() {
    return counts;
  }

  /** Adds what was counted; durable when this returns, so that who reads next sees it. */
  void add(Tally.Counts<Slot> tally) {
    List<Map.Entry<CountedSlot, Long>> slots = new ArrayList<>();
    tally.slots().forEach((slot, messages) -> slots.add(Map.entry(stored(slot), messages)));
    counts.add(slots, tally.lost());
  }

  private static CountedSlot stored(Slot slot) {
    return new CountedSlot(
        slot.day(),
        slot.domain(),
        CountedCodec.subject(slot.subject()),
        RowCodec.encode(slot.row()),
        Optional.empty());
  }

  /** All that was counted of a domain's day, for each policy that it had. */
  List<Counted> counted(Waiting waiting) {
    List<Counted> counted = new ArrayList<>();
    long omitted = waiting.omitted();
    for (Subject subject : counts.counted(waiting)) {
      counted.add(
          new Counted(
              CountedCodec.subject(subject.octets()),
              subject.rows().stream().map(CountedCodec::record).toList(),
              omitted));
      omitted = 0; // told once
    }
    return counted;
  }
}

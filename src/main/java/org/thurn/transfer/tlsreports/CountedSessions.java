package org.thurn.transfer.tlsreports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurn.store.Store;
import org.thurn.tls.tlsrpt.FailureDetails;
import org.thurn.tls.tlsrpt.PolicyResult;
import org.thurn.transfer.reports.CountedSlot;
import org.thurn.transfer.reports.DailyCounts;
import org.thurn.transfer.reports.DailyCounts.Limits;
import org.thurn.transfer.reports.DailyCounts.Subject;
import org.thurn.transfer.reports.DailyCounts.Waiting;
import org.thurn.transfer.reports.Tally;

/** How TLS went, in the store, until it is reported. */
final class CountedSessions {
  /** Domains of one day that mail went to: bounces go wherever a stranger wants. */
  static final int MAX_DOMAINS = 10_000;

  /** Of one domain's day; what is beyond is counted by the type of its failure alone. */
  static final int MAX_ROWS = 1_000;

  /** Of the rows and policies of one domain's day, which are one report. */
  static final int MAX_DOMAIN_OCTETS = 1 << 20;

  /** Of those of all domains of one day. */
  static final int MAX_DAY_OCTETS = 64 << 20;

  private final DailyCounts counts;

  CountedSessions(Store store) {
    counts =
        new DailyCounts(
            store,
            TlsCodec.PARTITION,
            new Limits(MAX_DOMAINS, MAX_ROWS, MAX_DOMAIN_OCTETS, MAX_DAY_OCTETS));
  }

  /** What any kind of report does with them. */
  DailyCounts all() {
    return counts;
  }

  /** Adds what was counted; durable when this returns. */
  void add(Tally.Counts<TlsSlot> tally) {
    List<Map.Entry<CountedSlot, Long>> slots = new ArrayList<>();
    tally.slots().forEach((slot, sessions) -> slots.add(Map.entry(slot.stored(), sessions)));
    counts.add(slots, tally.lost());
  }

  /** What was counted of a domain's day, by policy; the most frequent failures first. */
  List<PolicyResult> results(Waiting waiting) {
    return counts.counted(waiting).stream()
        .map(CountedSessions::result)
        .sorted(
            Comparator.comparing((PolicyResult result) -> result.policy().type())
                .thenComparing(result -> result.policy().toString()))
        .toList();
  }

  private static PolicyResult result(Subject subject) {
    long successes = 0;
    long failures = 0;
    List<FailureDetails> details = new ArrayList<>();
    for (DailyCounts.Row row : subject.rows()) {
      Optional<FailureDetails> failure = TlsCodec.failure(row.octets(), row.count());
      if (failure.isPresent()) {
        failures += row.count();
        details.add(failure.get());
      } else {
        successes += row.count();
      }
    }
    details.sort(
        Comparator.comparingLong(FailureDetails::failedSessions)
            .reversed()
            .thenComparing(FailureDetails::toString));
    return new PolicyResult(TlsCodec.policy(subject.octets()), successes, failures, details);
  }
}

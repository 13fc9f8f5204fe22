package org.thurn.transfer.reports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.thurn.authentication.dmarc.AuthenticationCode;
import org.thurn.authentication.dmarc.Policy;
import org.thurn.authentication.dmarc.report.AuthResult;
import org.thurn.authentication.dmarc.report.ReportRecord;
import org.thurn.authentication.dmarc.report.ReportRow;

/** What all who reported say together of one source that sends as one domain. */
public final class SourceSummary {
  /** Sources of one answer; those beyond are not shown. */
  static final int MAX_SOURCES = 10_000;

  private static final int MAX_TEXTS = 5;

  private final String domain;
  private final String source;
  private final Set<String> authenticated = new TreeSet<>();
  private final Set<String> reasons = new TreeSet<>();
  private final Set<String> reporters = new TreeSet<>();
  private Policy policy = Policy.NONE;
  private long messages;
  private long quarantined;
  private long rejected;
  private long dkim;
  private long spf;
  private long neither;

  private SourceSummary(String domain, String source) {
    this.domain = domain;
    this.source = source;
  }

  /** Of all reports since then, those with most messages first. */
  public static List<SourceSummary> of(
      ReceivedReports reports, Optional<String> domain, Instant since) {
    Map<List<String>, SourceSummary> all = new HashMap<>();
    for (ReceivedReport report : reports.reports(domain, since)) {
      reports.records(report, (one, row) -> add(all, one, row));
    }
    return all.values().stream()
        .sorted(
            Comparator.comparing(SourceSummary::domain)
                .thenComparing(Comparator.comparingLong(SourceSummary::messages).reversed())
                .thenComparing(SourceSummary::source))
        .toList();
  }

  private static void add(
      Map<List<String>, SourceSummary> all, ReceivedReport report, ReportRecord counted) {
    List<String> key = List.of(report.domain(), counted.row().source());
    if (all.size() < MAX_SOURCES || all.containsKey(key)) {
      all.computeIfAbsent(key, _ -> new SourceSummary(key.getFirst(), key.getLast()))
          .add(report, counted.row(), counted.count());
    }
  }

  private void add(ReceivedReport report, ReportRow row, long count) {
    policy = report.policy();
    messages = sum(messages, count);
    switch (row.disposition()) {
      case QUARANTINE -> quarantined = sum(quarantined, count);
      case REJECT -> rejected = sum(rejected, count);
      case NONE, PASS -> {}
    }
    dkim = sum(dkim, row.dkimAligned() ? count : 0);
    spf = sum(spf, row.spfAligned() ? count : 0);
    neither = sum(neither, row.dkimAligned() || row.spfAligned() ? 0 : count);
    note(reporters, report.organization());
    row.reasons().forEach(reason -> note(reasons, reason.type()));
    List<AuthResult> results = new ArrayList<>(row.dkim());
    results.addAll(row.spf());
    results.stream()
        .filter(result -> result.code() == AuthenticationCode.PASS)
        .forEach(result -> note(authenticated, result.domain()));
  }

  private static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private static void note(Set<String> texts, String text) {
    if (texts.size() < MAX_TEXTS && !text.isEmpty()) {
      texts.add(text);
    }
  }

  public String domain() {
    return domain;
  }

  /** An address, unless the reporter wrote something else. */
  public String source() {
    return source;
  }

  /** Which the last report found. */
  public Policy policy() {
    return policy;
  }

  public long messages() {
    return messages;
  }

  public long quarantined() {
    return quarantined;
  }

  public long rejected() {
    return rejected;
  }

  /** Messages with a signature that is aligned. */
  public long dkim() {
    return dkim;
  }

  /** Messages that SPF passes, aligned. */
  public long spf() {
    return spf;
  }

  /** Messages that nothing passes. */
  public long neither() {
    return neither;
  }

  /** Domains that SPF or a signature proves, aligned or not. */
  public Set<String> authenticated() {
    return Set.copyOf(authenticated);
  }

  /** Why others did not do what the policy says. */
  public Set<String> reasons() {
    return Set.copyOf(reasons);
  }

  public Set<String> reporters() {
    return Set.copyOf(reporters);
  }
}

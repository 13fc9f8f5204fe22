package org.thurn.transfer.reports;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.dmarc.report.AggregateReport;
import org.thurn.authentication.dmarc.report.ExternalDestinations;
import org.thurn.authentication.dmarc.report.ReportForm;
import org.thurn.authentication.dmarc.report.ReportMail;
import org.thurn.authentication.dmarc.report.ReportMetadata;
import org.thurn.authentication.dmarc.report.ReportRows.Counted;
import org.thurn.authentication.dmarc.report.ReportSchedule;
import org.thurn.authentication.dmarc.report.ReportSchedule.Period;
import org.thurn.journey.Event;
import org.thurn.message.MessageBuilder;
import org.thurn.name.Mailbox;
import org.thurn.tls.policy.Wish;
import org.thurn.transfer.reports.DailyCounts.Waiting;

/** Writes and queues the reports to one domain about one day. */
final class ReportPost {
  private final CountedRows rows;
  private final HousePost post;
  private final Supplier<ExternalDestinations> external;

  ReportPost(CountedRows rows, HousePost post, Supplier<ExternalDestinations> external) {
    this.rows = rows;
    this.post = post;
    this.external = external;
  }

  /** What is written down of one domain's day, while it is reported. */
  private static final class Progress {
    private int reports;
    private long messages;
    private final List<String> to = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
  }

  /**
   * Reports, and writes down that it did; or returns false, if the DNS did not say whether it may:
   * then it is to be asked again.
   */
  boolean send(Waiting waiting, ReportSettings settings, ReportSchedule schedule) {
    Instant now = post.time().now();
    boolean last = DueReports.isLast(schedule, waiting, now);
    DomainName domain = DomainName.of(waiting.domain());
    List<Counted> all = rows.counted(waiting);
    List<Destinations> destinations = new ArrayList<>();
    for (Counted counted : all) {
      Destinations found =
          Destinations.of(
              external.get(),
              domain,
              counted.subject().destinations(),
              ExternalDestinations.Kind.AGGREGATE);
      if (!found.unknown().isEmpty() && !last) {
        return false;
      }
      destinations.add(found);
    }
    // A day that was reported before and got more afterwards: these have ids of their own.
    int first = rows.all().sent(waiting.day(), waiting.domain()).map(SentReport::reports).orElse(0);
    Progress progress = new Progress();
    for (int i = 0; i < all.size(); i++) {
      progress.refused.addAll(destinations.get(i).refused());
      progress.refused.addAll(destinations.get(i).unknown());
      ReportMail mail = new ReportMail(settings.host(), settings.from(), ReportForm.RFC_9990);
      String id = mail.reportId(waiting.domain(), DueReports.period(schedule, waiting), first + i);
      AggregateReport report =
          report(all.get(i), settings, id, DueReports.period(schedule, waiting));
      send(mail, report, destinations.get(i).maximum(), progress);
    }
    rows.all()
        .settle(
            waiting,
            new SentReport(
                waiting.domain(),
                LocalDate.ofEpochDay(waiting.day()),
                now,
                first + progress.reports,
                progress.messages,
                progress.to.stream().distinct().toList(),
                progress.refused.stream().distinct().toList()));
    return true;
  }

  private static AggregateReport report(
      Counted counted, ReportSettings settings, String id, Period period) {
    List<String> errors = new ArrayList<>(counted.subject().errors());
    if (counted.omitted() > 0) {
      errors.add(counted.omitted() + " messages more came than this report has room for");
    }
    return new AggregateReport(
        new ReportMetadata(
            settings.organization(),
            settings.from().toString(),
            settings.contact(),
            id,
            period.begin(),
            period.end(),
            errors,
            "Thurn"),
        counted.subject().policy(),
        counted.records());
  }

  private void send(
      ReportMail mail, AggregateReport report, Map<Mailbox, Long> maximum, Progress progress) {
    progress.reports++;
    progress.messages += report.messages();
    for (Map.Entry<Mailbox, Long> one : maximum.entrySet()) {
      Mailbox to = one.getKey();
      Optional<byte[]> message =
          Optional.of(mail.message(report, List.of(to), post.time(), MessageBuilder.random()))
              .filter(octets -> octets.length <= one.getValue());
      if (message.isEmpty()) {
        progress.refused.add(to + ": the report is larger than " + one.getValue() + " octets");
        continue;
      }
      var id = post.send(mail.from(), to, mail.subject(report), message.get(), Wish.USUAL);
      post.journey()
          .about(id)
          .note(new Event.DmarcReportSent(report.policy().domain(), to, report.messages()));
      progress.to.add(to.toString());
    }
  }
}

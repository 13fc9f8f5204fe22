package org.thurn.transfer.tlsreports;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thurn.authentication.dmarc.DmarcSyntaxException;
import org.thurn.authentication.dmarc.DmarcUri;
import org.thurn.authentication.dmarc.Words;
import org.thurn.authentication.dmarc.report.ReportSchedule;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.journey.Event;
import org.thurn.message.MessageBuilder;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.tls.policy.Wish;
import org.thurn.tls.tlsrpt.PolicyResult;
import org.thurn.tls.tlsrpt.ReportGzip;
import org.thurn.tls.tlsrpt.TlsReport;
import org.thurn.tls.tlsrpt.TlsReportWriter;
import org.thurn.tls.tlsrpt.TlsRptRecord;
import org.thurn.transfer.reports.DailyCounts.Waiting;
import org.thurn.transfer.reports.DueReports;
import org.thurn.transfer.reports.HousePost;
import org.thurn.transfer.reports.SentReport;

/** Writes the report to one domain about one day, and queues it or puts it into the outbox. */
final class TlsReportPost {
  /**
   * Reports of one day to one mailbox or web server: no agreement is asked for (RFC 8460 §8), so
   * whoever has many domains could turn our reports on somebody else.
   */
  static final int MAX_TO_ONE = 1_000;

  /** Behind a web server's address, while the report is not posted. */
  static final String WAITING = " (waiting)";

  private final CountedSessions sessions;
  private final Outbox outbox;
  private final HousePost post;
  private final Resolver resolver;
  private final Map<String, Integer> today = new HashMap<>();
  private LocalDate counted = LocalDate.EPOCH;

  TlsReportPost(CountedSessions sessions, Outbox outbox, HousePost post, Resolver resolver) {
    this.sessions = sessions;
    this.outbox = outbox;
    this.post = post;
    this.resolver = resolver;
  }

  /** What is written down of one domain's day, while it is reported. */
  private record Progress(Waiting waiting, List<String> to, List<String> refused) {
    SentReport sent(Instant now, int reports) {
      return new SentReport(
          waiting.domain(),
          LocalDate.ofEpochDay(waiting.day()),
          now,
          reports,
          waiting.messages(),
          to,
          refused);
    }
  }

  /**
   * Reports, and writes down that it did; or returns false, if the DNS did not say whether it is
   * wanted: then it is to be asked again.
   */
  boolean send(Waiting waiting, TlsReportSettings settings, ReportSchedule schedule) {
    Instant now = post.time().now();
    Progress progress = new Progress(waiting, new ArrayList<>(), new ArrayList<>());
    // a day that was reported before and got more afterwards: this one has an id of its own
    int before =
        sessions.all().sent(waiting.day(), waiting.domain()).map(SentReport::reports).orElse(0);
    boolean known =
        switch (reading(waiting.domain())) {
          case TlsRptRecord.Reading.Wanted(TlsRptRecord record) -> {
            ReportSchedule.Period period = DueReports.period(schedule, waiting);
            TlsReport report = report(waiting, settings, period, before);
            record.rua().forEach(uri -> send(uri, report, settings, before, progress));
            yield true;
          }
          case TlsRptRecord.Reading.Silent _ -> {
            progress.refused().add("the domain asks for no TLS reports");
            yield true;
          }
          case TlsRptRecord.Reading.Wrong(String why) -> {
            progress.refused().add(Words.of(why));
            yield true;
          }
          case TlsRptRecord.Reading.Unanswered(String why) -> {
            progress.refused().add(Words.of(why));
            yield DueReports.isLast(schedule, waiting, now);
          }
        };
    if (known) {
      boolean some = progress.refused().isEmpty() || !progress.to().isEmpty();
      sessions.all().settle(waiting, progress.sent(now, before + (some ? 1 : 0)));
    }
    return known;
  }

  private TlsRptRecord.Reading reading(String domain) {
    Optional<DnsName> name = TlsRptRecord.nameFor(Domain.of(domain));
    return name.isEmpty()
        ? new TlsRptRecord.Reading.Silent()
        : TlsRptRecord.read(resolver.ask(name.get(), RecordType.TXT));
  }

  private TlsReport report(
      Waiting waiting, TlsReportSettings settings, ReportSchedule.Period period, int number) {
    List<PolicyResult> results = sessions.results(waiting);
    return new TlsReport(
        settings.organization(),
        period.begin(),
        period.end(),
        settings.contact(),
        "%d-%d-%s@%s"
            .formatted(
                period.begin().getEpochSecond(), number, waiting.domain(), settings.host().ascii()),
        results);
  }

  private void send(
      URI uri, TlsReport report, TlsReportSettings settings, int number, Progress progress) {
    String scheme = uri.getScheme();
    if (scheme.equalsIgnoreCase("mailto")) {
      mailbox(uri, progress).ifPresent(to -> mail(to, report, settings, number, progress));
    } else if (isMuch(uri.getHost())) {
      progress.refused().add(Words.of(uri) + ": too many reports go there");
    } else {
      Waiting waiting = progress.waiting();
      byte[] packed = ReportGzip.pack(TlsReportWriter.write(report));
      boolean taken =
          outbox.put(
              new PendingPost(waiting.day(), waiting.domain(), uri, number, 0, post.time().now()),
              packed);
      if (taken) {
        progress.to().add(Words.of(uri) + WAITING);
      } else {
        progress.refused().add(Words.of(uri) + ": too many reports wait");
      }
    }
  }

  private static Optional<Mailbox> mailbox(URI uri, Progress progress) {
    try {
      return DmarcUri.parse(uri.toString()).mailbox();
    } catch (DmarcSyntaxException e) {
      progress.refused().add(Words.of(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  private void mail(
      Mailbox to, TlsReport report, TlsReportSettings settings, int number, Progress progress) {
    if (isMuch(to.toString())) {
      progress.refused().add(to + ": too many reports go there");
      return;
    }
    TlsReportMail mail =
        new TlsReportMail(settings.host(), settings.from(), progress.waiting().domain(), number);
    byte[] message = mail.message(report, to, post.time(), MessageBuilder.random());
    var id = post.send(settings.from(), to, mail.subject(report), message, Wish.NOT_REQUIRED);
    post.journey()
        .about(id)
        .note(
            new Event.TlsReportSent(
                progress.waiting().domain(), to.toString(), progress.waiting().messages()));
    progress.to().add(to.toString());
  }

  /** Counts it, too. */
  private boolean isMuch(String destination) {
    LocalDate day = LocalDate.ofInstant(post.time().now(), ZoneOffset.UTC);
    if (!day.equals(counted)) {
      today.clear();
      counted = day;
    }
    return today.merge(destination.toLowerCase(Locale.ROOT), 1, Integer::sum) > MAX_TO_ONE;
  }
}

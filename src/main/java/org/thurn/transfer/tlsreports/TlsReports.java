package org.thurn.transfer.tlsreports;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.thurn.authentication.dmarc.report.ReportSchedule;
import org.thurn.dns.Resolver;
import org.thurn.net.http.HttpClient;
import org.thurn.time.Time;
import org.thurn.time.UtcDay;
import org.thurn.tls.TlsClient;
import org.thurn.transfer.relay.TlsObserver;
import org.thurn.transfer.reports.Counting;
import org.thurn.transfer.reports.CountingThread;
import org.thurn.transfer.reports.DmarcReports;
import org.thurn.transfer.reports.DueReports;
import org.thurn.transfer.reports.HousePost;
import org.thurn.transfer.reports.SentReport;
import org.thurn.transfer.reports.Tally;

/**
 * Counts how TLS to other hosts goes, and tells their domains once a day. Safe for many threads.
 */
public final class TlsReports implements AutoCloseable {
  /** Over which the reports of a day are sent, RFC 8460 §4.1. */
  private static final Duration SPREAD = Duration.ofHours(4);

  private final Supplier<TlsReportSettings> settings;
  private final Time time;
  private final CountedSessions sessions;
  private final Outbox outbox;
  private final TlsReportPost post;
  private final WebPosting posting;
  private final TlsObserver observer;
  private final DueReports due;
  private final CountingThread<TlsSlot> thread;

  /**
   * @param settings read anew for each session and report
   * @param tls how a report's web server is talked to, read anew for each
   */
  public TlsReports(
      Supplier<TlsReportSettings> settings,
      Resolver resolver,
      HttpClient http,
      Supplier<TlsClient> tls,
      HousePost house) {
    this.settings = settings;
    time = house.time();
    sessions = new CountedSessions(house.store());
    outbox = new Outbox(house.store());
    post = new TlsReportPost(sessions, outbox, house, resolver);
    posting =
        new WebPosting(
            settings,
            outbox,
            sessions.all(),
            () -> new WebPost(resolver, http, tls.get()),
            time,
            house.journey());
    Tally<TlsSlot> tally = new Tally<>(TlsSlot::day, TlsSlot::octets);
    observer =
        result -> {
          if (settings.get().send()) {
            TlsSlot.of(day(), result).ifPresent(slot -> tally.add(slot, 1));
          }
        };
    due = new DueReports(house.journey());
    thread =
        new CountingThread<>(
            "tls-reports", tally, sessions::add, this::round, time, house.journey());
  }

  private long day() {
    return UtcDay.of(time.now());
  }

  /** What the relay tells of each session. */
  public TlsObserver observer() {
    return observer;
  }

  /** Begins to send. */
  public void start() {
    thread.start();
    posting.start();
  }

  /** Sends what is due; a minute's work. */
  void round() {
    TlsReportSettings current = settings.get();
    if (current.send()) {
      ReportSchedule schedule =
          new ReportSchedule(current.host().ascii(), ReportSchedule.PERIOD, SPREAD);
      due.send(
          sessions.all().waiting(day()),
          schedule,
          time.now(),
          waiting -> post.send(waiting, current, schedule));
    }
    sessions.all().purge(day() - DmarcReports.KEPT_DAYS);
  }

  /** Posts what is due; another minute's work. */
  void post() throws InterruptedException {
    posting.round();
  }

  /** What was counted and is not reported yet, with the last minute. */
  public List<Counting> counting(Optional<String> domain) {
    thread.flush();
    return sessions.all().counting(domain, day() + 1);
  }

  /** What was sent in the last ninety days, the newest first. */
  public List<SentReport> sent(Optional<String> domain, int limit) {
    return sessions.all().sent(domain, limit);
  }

  /** What waits to be posted. */
  public List<PendingPost> pending(Optional<String> domain) {
    return outbox.all().stream()
        .filter(one -> domain.isEmpty() || domain.get().equals(one.domain()))
        .toList();
  }

  /** Sessions of today that no report will tell of, since there were too many domains. */
  public long lost() {
    return sessions.all().lost(day());
  }

  /** Stores what was counted; the store must be open still. */
  @Override
  public void close() {
    posting.close();
    thread.close();
  }
}

package org.thurn.transfer.reports;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.thurn.authentication.dmarc.DmarcSettings;
import org.thurn.authentication.dmarc.report.ExternalDestinations;
import org.thurn.authentication.dmarc.report.ReportSchedule;
import org.thurn.dns.Resolver;
import org.thurn.time.Time;
import org.thurn.transfer.intake.JudgementObserver;

/**
 * Counts what came in the name of others, and tells them once a day. Has a thread of its own, which
 * waits for the DNS. Safe for many threads.
 */
public final class DmarcReports implements AutoCloseable {
  /** What was sent is known for so many days. */
  public static final int KEPT_DAYS = 90;

  private final Supplier<ReportSettings> settings;
  private final CountedRows rows;
  private final JudgementObserver observer;
  private final ReportPost reports;
  private final FailurePost failures;
  private final Time time;
  private final DueReports due;
  private final CountingThread<Slot> thread;

  /**
   * @param settings read anew for each message and report
   * @param dmarc how organizational domains are found
   */
  public DmarcReports(
      Supplier<ReportSettings> settings,
      Resolver resolver,
      Supplier<DmarcSettings> dmarc,
      HousePost post) {
    this.settings = settings;
    time = post.time();
    rows = new CountedRows(post.store());
    Tally<Slot> tally = new Tally<>(Slot::day, Slot::octets);
    Supplier<ExternalDestinations> external =
        () -> new ExternalDestinations(resolver, dmarc.get(), time);
    reports = new ReportPost(rows, post, external);
    failures = new FailurePost(settings, post, external);
    JudgementObserver counting = new CountedMessages(settings, tally, time);
    observer =
        message -> {
          counting.judged(message);
          failures.judged(message);
        };
    due = new DueReports(post.journey());
    thread =
        new CountingThread<>("dmarc-reports", tally, rows::add, this::round, time, post.journey());
  }

  /** What intake tells of each message. */
  public JudgementObserver observer() {
    return observer;
  }

  /** Begins to send. */
  public void start() {
    thread.start();
  }

  private void round() {
    failures.send();
    sendDue();
    rows.all().purge(CountedMessages.day(time) - KEPT_DAYS);
  }

  private void sendDue() {
    ReportSettings current = settings.get();
    if (current.send()) {
      ReportSchedule schedule = ReportSchedule.daily(current.host().ascii());
      due.send(
          rows.all().waiting(CountedMessages.day(time)),
          schedule,
          time.now(),
          waiting -> reports.send(waiting, current, schedule));
    }
  }

  /** What was counted and is not reported yet, with the last minute. */
  public List<Counting> counting(Optional<String> domain) {
    thread.flush();
    return rows.all().counting(domain, CountedMessages.day(time) + 1);
  }

  /** What was sent in the last ninety days, the newest first. */
  public List<SentReport> sent(Optional<String> domain, int limit) {
    return rows.all().sent(domain, limit);
  }

  /** Messages of today that no report will tell of, since there were too many domains. */
  public long lost() {
    return rows.all().lost(CountedMessages.day(time));
  }

  /** Stores what was counted; the store must be open still. */
  @Override
  public void close() {
    thread.close();
  }
}

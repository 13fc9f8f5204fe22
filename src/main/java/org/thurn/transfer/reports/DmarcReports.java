package org.thurn.transfer.reports;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.thurn.authentication.dmarc.DmarcSettings;
import org.thurn.authentication.dmarc.report.ExternalDestinations;
import org.thurn.authentication.dmarc.report.ReportSchedule;
import org.thurn.dns.Resolver;
import org.thurn.journey.Event;
import org.thurn.store.StoreException;
import org.thurn.time.OwnThread;
import org.thurn.time.Time;
import org.thurn.transfer.intake.JudgementObserver;
import org.thurn.transfer.reports.CountedRows.Waiting;

/**
 * Counts what came in the name of others, and tells them once a day. Has a thread of its own, which
 * waits for the DNS. Safe for many threads.
 */
public final class DmarcReports implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMinutes(1);

  /** After the DNS did not say whether a destination agrees. */
  private static final Duration RETRY = Duration.ofHours(1);

  /** What was sent is known for so many days. */
  static final int KEPT_DAYS = 90;

  /** Reports of a minute: the queue is for people's mail too. */
  static final int MAX_A_MINUTE = 500;

  private final Supplier<ReportSettings> settings;
  private final CountedRows rows;
  private final Tally tally = new Tally();
  private final JudgementObserver observer;
  private final ReportPost reports;
  private final FailurePost failures;
  private final HousePost post;
  private final Time time;
  private final ReentrantLock flushing = new ReentrantLock();
  private final Map<String, Instant> later = new HashMap<>();
  private final OwnThread thread = new OwnThread("dmarc-reports", this::run);

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
    this.post = post;
    time = post.time();
    rows = new CountedRows(post.store());
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
  }

  /** What intake tells of each message. */
  public JudgementObserver observer() {
    return observer;
  }

  /** Begins to send. */
  public void start() {
    thread.start();
  }

  private void run() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      time.pause(PERIOD);
      step();
    }
  }

  /** A fault of the store or a bug is noted, and it is tried again in a minute. */
  private void step() {
    try {
      flush();
      failures.send();
      sendDue();
      rows.purge(CountedMessages.day(time) - KEPT_DAYS);
    } catch (RuntimeException e) {
      post.journey().note(new Event.Fault("reporting", String.valueOf(e.getMessage())));
    }
  }

  /** Stores what was counted; waits for another that does, since what it took is nowhere else. */
  void flush() {
    flushing.lock();
    try {
      store(tally.take());
    } finally {
      flushing.unlock();
    }
  }

  private void store(Tally.Counts counts) {
    if (counts.isEmpty()) {
      return;
    }
    try {
      rows.add(counts);
    } catch (StoreException e) {
      tally.restore(counts);
      throw e;
    }
  }

  /** Sends every report whose time has come. */
  void sendDue() {
    ReportSettings current = settings.get();
    if (!current.send()) {
      return;
    }
    ReportSchedule schedule = ReportSchedule.daily(current.host().ascii());
    Instant now = time.now();
    int sent = 0;
    for (Waiting waiting : rows.waiting(CountedMessages.day(time))) {
      String key = waiting.day() + " " + waiting.domain();
      boolean due =
          !now.isBefore(ReportPost.due(schedule, waiting))
              && !now.isBefore(later.getOrDefault(key, now));
      if (due && sent < MAX_A_MINUTE && !Thread.currentThread().isInterrupted()) {
        sent++;
        if (reports.send(waiting, current, schedule)) {
          later.remove(key);
        } else {
          later.put(key, now.plus(RETRY));
        }
      }
    }
  }

  /**
   * A domain's day that was counted and not yet reported.
   *
   * @param omitted messages that there was no room for
   */
  public record Counting(String domain, LocalDate day, int rows, long messages, long omitted) {}

  /** What was counted and is not reported yet, with the last minute. */
  public List<Counting> counting(Optional<String> domain) {
    flush();
    List<Counting> all = new ArrayList<>();
    for (Waiting waiting : rows.waiting(CountedMessages.day(time) + 1)) {
      if (domain.isEmpty() || domain.get().equals(waiting.domain())) {
        CountedCodec.Domain counted = waiting.counted();
        all.add(
            new Counting(
                waiting.domain(),
                LocalDate.ofEpochDay(waiting.day()),
                counted.rows(),
                counted.messages(),
                counted.omitted()));
      }
    }
    return all;
  }

  /** What was sent in the last ninety days, the newest first. */
  public List<SentReport> sent(Optional<String> domain, int limit) {
    return rows.sent(domain, limit);
  }

  /** Messages of today that no report will tell of, since there were too many domains. */
  public long lost() {
    return rows.lost(CountedMessages.day(time));
  }

  /** Stores what was counted; the store must be open still. */
  @Override
  public void close() {
    thread.close();
    boolean interrupted = Thread.interrupted(); // what was counted comes first
    try {
      flush();
    } catch (StoreException e) {
      post.journey().note(new Event.Fault("reporting", String.valueOf(e.getMessage())));
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

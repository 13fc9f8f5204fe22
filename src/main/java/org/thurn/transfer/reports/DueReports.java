package org.thurn.transfer.reports;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.thurn.authentication.dmarc.report.ReportSchedule;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.store.StoreException;
import org.thurn.transfer.reports.DailyCounts.Waiting;

/** Sends each report when its time has come, and asks again later where the DNS did not answer. */
public final class DueReports {
  /** After the DNS did not say whom to send to. */
  private static final Duration RETRY = Duration.ofHours(1);

  /** Behind the time at which a report was due: after it nobody waits for the DNS any more. */
  private static final Duration PATIENCE = Duration.ofDays(2);

  /** Reports of a minute: the queue is for people's mail too. */
  static final int MAX_A_MINUTE = 500;

  private final Journey journey;
  private final Map<String, Instant> later = new HashMap<>();

  public DueReports(Journey journey) {
    this.journey = journey;
  }

  /** What a report about a domain's day tells of. */
  public static ReportSchedule.Period period(ReportSchedule schedule, Waiting waiting) {
    return schedule.periodOf(Instant.EPOCH.plus(Duration.ofDays(waiting.day())));
  }

  /** When it is to be sent. */
  public static Instant due(ReportSchedule schedule, Waiting waiting) {
    return schedule.next(waiting.domain(), period(schedule, waiting).end());
  }

  /** Whether nobody waits for the DNS any more. */
  public static boolean isLast(ReportSchedule schedule, Waiting waiting, Instant now) {
    return now.isAfter(due(schedule, waiting).plus(PATIENCE));
  }

  /**
   * Sends those that are due, as many as a minute may have.
   *
   * @param send says false where the DNS did not answer
   */
  public void send(
      List<Waiting> all, ReportSchedule schedule, Instant now, Predicate<Waiting> send) {
    int sent = 0;
    for (Waiting waiting : all) {
      String key = waiting.day() + " " + waiting.domain();
      boolean due =
          !now.isBefore(due(schedule, waiting)) && !now.isBefore(later.getOrDefault(key, now));
      if (due && sent < MAX_A_MINUTE && !Thread.currentThread().isInterrupted()) {
        sent++;
        if (tried(waiting, send)) {
          later.remove(key);
        } else {
          later.put(key, now.plus(RETRY));
        }
      }
    }
  }

  /** What is wrong with one report keeps no other from being sent. */
  private boolean tried(Waiting waiting, Predicate<Waiting> send) {
    try {
      return send.test(waiting);
    } catch (StoreException e) {
      throw e; // it is wrong with all of them
    } catch (RuntimeException e) {
      String words = waiting.domain() + ": " + e.getMessage();
      journey.note(new Event.Fault("reporting", words));
      return false;
    }
  }
}

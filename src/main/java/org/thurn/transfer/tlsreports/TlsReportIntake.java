package org.thurn.transfer.tlsreports;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.dmarc.Words;
import org.thurn.journey.Event;
import org.thurn.time.Time;
import org.thurn.time.UtcDay;
import org.thurn.tls.tlsrpt.PolicyResult;
import org.thurn.tls.tlsrpt.ReportGzip;
import org.thurn.tls.tlsrpt.TlsReport;
import org.thurn.tls.tlsrpt.TlsReportException;
import org.thurn.tls.tlsrpt.TlsReportReader;

/** Takes the reports of others, however they come. Safe for many threads. */
public final class TlsReportIntake {
  /** Of what is posted, packed; reports of the largest senders have some kilobytes. */
  public static final int MAX_POSTED = 1 << 20;

  /** Posted reports that are kept in a day: nobody proves who posts, and the room is for all. */
  static final int MAX_POSTED_A_DAY = 1_000;

  /** Behind what a report's time may be: clocks differ. */
  private static final Duration AHEAD = Duration.ofDays(1);

  private final Predicate<DomainName> ours;
  private final ReceivedTlsReports reports;
  private final Time time;

  /** A report takes up to some hundred megabytes while it is read: one at a time. */
  private final ReentrantLock reading = new ReentrantLock();

  private long today;
  private int posted;

  /**
   * @param ours whether a domain is one of ours, so that others may report of it
   */
  public TlsReportIntake(Predicate<DomainName> ours, ReceivedTlsReports reports, Time time) {
    this.ours = ours;
    this.reports = reports;
    this.time = time;
  }

  /** What became of a report; the event is to be noted. */
  public record Taken(Kind kind, Event event) {
    /** Of what a report may come to. */
    public enum Kind {
      /** It is kept. */
      STORED,
      /** It was kept before. */
      KNOWN,
      /** It is none that is kept. */
      REFUSED,
      /** There is no room for it now. */
      NO_ROOM
    }

    static Taken refused(Kind kind, String why) {
      return new Taken(kind, new Event.TlsReportRefused(why));
    }
  }

  /** Takes what was posted by whoever it was. */
  public Taken posted(byte[] octets) {
    if (isMuch()) {
      return Taken.refused(Taken.Kind.NO_ROOM, "too many reports were posted today");
    }
    return take(octets, "");
  }

  private synchronized boolean isMuch() {
    long day = UtcDay.of(time.now());
    if (day != today) {
      today = day;
      posted = 0;
    }
    posted++;
    return posted > MAX_POSTED_A_DAY;
  }

  /**
   * Takes a report.
   *
   * @param octets packed or not
   * @param reporter who proves to have sent it; or ""
   */
  Taken take(byte[] octets, String reporter) {
    reading.lock();
    try {
      return store(TlsReportReader.read(ReportGzip.unpack(octets)), reporter);
    } catch (TlsReportException e) {
      return Taken.refused(Taken.Kind.REFUSED, Words.of(String.valueOf(e.getMessage())));
    } finally {
      reading.unlock();
    }
  }

  private Taken store(TlsReport report, String reporter) {
    Instant now = time.now();
    Instant earliest = now.minus(ReceivedTlsReports.KEPT);
    if (report.end().isBefore(earliest) || report.start().isAfter(now.plus(AHEAD))) {
      return Taken.refused(Taken.Kind.REFUSED, "its time is long ago or yet to come");
    }
    Map<String, List<PolicyResult>> about = about(report);
    if (about.isEmpty()) {
      String other =
          report.policies().stream().map(p -> p.policy().domain()).findFirst().orElse("nobody");
      return Taken.refused(Taken.Kind.REFUSED, "it is about " + Words.of(other) + ", not about us");
    }
    Optional<Taken> last = Optional.empty();
    for (Map.Entry<String, List<PolicyResult>> one : about.entrySet()) {
      Taken taken = add(KeptReport.of(report, one.getKey(), one.getValue(), reporter, now));
      last = last.filter(before -> before.kind() == Taken.Kind.STORED).or(() -> Optional.of(taken));
    }
    return last.orElseThrow();
  }

  /** By domain of ours, in the report's order. */
  private Map<String, List<PolicyResult>> about(TlsReport report) {
    return report.policies().stream()
        .filter(result -> own(result).isPresent())
        .collect(
            Collectors.groupingBy(
                result -> own(result).orElseThrow().text(),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private Optional<DomainName> own(PolicyResult result) {
    return DomainName.parse(result.policy().domain()).filter(ours);
  }

  private Taken add(ReceivedTlsReport one) {
    return switch (reports.add(one)) {
      case STORED ->
          new Taken(
              Taken.Kind.STORED,
              new Event.TlsReportReceived(
                  one.report().organization(),
                  one.domain(),
                  sum(one.report(), PolicyResult::successes),
                  sum(one.report(), PolicyResult::failures)));
      case KNOWN -> Taken.refused(Taken.Kind.KNOWN, "it came before: " + one.report().id());
      case NO_ROOM -> Taken.refused(Taken.Kind.NO_ROOM, "there is no room for more reports");
    };
  }

  /** No more than a long holds. */
  private static long sum(TlsReport report, ToLongFunction<PolicyResult> count) {
    return report.policies().stream()
        .mapToLong(count)
        .reduce(0, (a, b) -> a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b);
  }
}

package org.thurn.transfer.tlsreports;

import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.journey.Event;
import org.thurn.testing.MemoryStore;
import org.thurn.testing.StandingTime;
import org.thurn.tls.tlsrpt.FuzzedTlsRpt;

/** Mail that brings a TLS report to us, what is posted, and rows of a damaged disk. */
public final class FuzzedTlsReports implements FuzzTarget {
  private FuzzedTlsReports() {}

  /** Records and reports alone, too. */
  public static FuzzTarget all() {
    return Choice.of(FuzzedTlsRpt.all(), new FuzzedTlsReports(), FuzzedTlsReports::row);
  }

  /** Whatever comes, there is something to note; and what is kept can be read. */
  @Override
  public void take(byte[] octets) {
    StandingTime time = new StandingTime(Instant.parse("2026-11-26T10:00:00Z"));
    ReceivedTlsReports reports = new ReceivedTlsReports(new MemoryStore());
    TlsReportIntake intake = new TlsReportIntake(FuzzedTlsReports::isOurs, reports, time);
    Event event = new TlsReportReading(Sessions::receiving, intake).read(octets);
    boolean received = event instanceof Event.TlsReportReceived;
    boolean known = received || event instanceof Event.TlsReportRefused;
    Promise.holds(known, event::toString);
    boolean quiet = event.toString().chars().noneMatch(Character::isISOControl);
    Promise.holds(quiet, event::toString);
    TlsReportReading.part(octets).ifPresent(intake::posted);
    int kept = Sessions.read(reports, Optional.empty(), Instant.EPOCH).size();
    Promise.holds(kept > 0 || !received, () -> "nothing is kept");
  }

  private static boolean isOurs(DomainName domain) {
    return domain.text().endsWith("own.example");
  }

  /** A row is read, or fails as the check of the store expects. */
  private static void row(byte[] octets) {
    try {
      Promise.same(octets.length > 0, TlsCodec.failure(octets, 1) != null, "a failure");
    } catch (UncheckedIOException e) {
      Promise.holds(e.getMessage() != null, e::toString);
    }
    try {
      Outbox.post(octets);
      ReceivedTlsReports.report(octets);
      TlsCodec.policy(octets);
    } catch (UncheckedIOException | IllegalArgumentException | DateTimeException e) {
      Promise.holds(e.getMessage() != null, e::toString);
    }
  }
}

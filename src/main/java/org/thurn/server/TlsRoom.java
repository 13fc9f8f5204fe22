package org.thurn.server;

import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.dns.Resolver;
import org.thurn.net.http.HttpClient;
import org.thurn.store.Store;
import org.thurn.time.Time;
import org.thurn.transfer.reports.HousePost;
import org.thurn.transfer.tlsreports.ReceivedTlsReports;
import org.thurn.transfer.tlsreports.TlsReportIntake;
import org.thurn.transfer.tlsreports.TlsReportReading;
import org.thurn.transfer.tlsreports.TlsReportSettings;
import org.thurn.transfer.tlsreports.TlsReports;

/**
 * TLS reports on both sides.
 *
 * @param received what others say of us
 * @param reports what we say of others
 */
record TlsRoom(Received received, TlsReports reports) implements AutoCloseable {
  /**
   * Where the reports of others come in.
   *
   * @param reports those that came
   * @param intake takes them
   * @param reading takes them out of their mail
   */
  record Received(ReceivedTlsReports reports, TlsReportIntake intake, TlsReportReading reading) {
    static Received of(
        Store store, Supplier<Rooms.Current> current, Predicate<DomainName> ours, Time time) {
      ReceivedTlsReports reports = new ReceivedTlsReports(store);
      TlsReportIntake intake =
          new TlsReportIntake(
              domain -> ours.test(domain) || isHost(domain, current.get().settings()),
              reports,
              time);
      return new Received(
          reports, intake, new TlsReportReading(() -> settings(current.get()), intake));
    }

    /** A policy may be told as one of the host that the mail came to. */
    private static boolean isHost(DomainName domain, Settings settings) {
      return domain.equals(DomainName.of(settings.hostname()));
    }

    /** Forgets what came long ago. */
    void purge(Instant now) {
      reports.purge(now.minus(ReceivedTlsReports.KEPT));
    }
  }

  /**
   * Not begun yet.
   *
   * @param current the settings in force, asked anew each time
   */
  static TlsRoom of(
      Received received,
      Supplier<Rooms.Current> current,
      Resolver resolver,
      Shared shared,
      HousePost post) {
    return new TlsRoom(
        received,
        new TlsReports(
            () -> settings(current.get()),
            resolver,
            new HttpClient(shared.connector()),
            () -> current.get().client(),
            post));
  }

  private static TlsReportSettings settings(Rooms.Current current) {
    return Wiring.tlsReports(current.settings());
  }

  @Override
  public void close() {
    reports.close();
  }
}

package org.thurn.transfer.tlsreports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.net.Connector;
import org.thurn.net.http.HttpClient;
import org.thurn.queue.Destination;
import org.thurn.queue.Envelope;
import org.thurn.queue.Recipient;
import org.thurn.store.Staged;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.testing.StandingTime;
import org.thurn.tls.TlsClient;
import org.thurn.tls.mtasts.FakeDns;
import org.thurn.transfer.intake.TakingQueue;
import org.thurn.transfer.reports.HousePost;

/** A server that reports and nothing else, whose clock a test moves. */
final class ReportingHouse implements AutoCloseable {
  static final Instant BEGIN = Instant.parse("2026-11-25T10:00:00Z");

  final StandingTime time = new StandingTime(BEGIN);
  final FakeDns dns = new FakeDns();
  final List<Queued> queued = new ArrayList<>();
  final List<Event> noted = new CopyOnWriteArrayList<>();
  private final Path folder;
  private final RocksBudget budget = RocksBudget.small();
  private final Connector connector = new Connector();
  RocksStore store;
  TlsReports reports;
  TlsReportSettings settings = settings(true, TlsReportSettings.Posting.USUAL);

  /** A message that was queued. */
  record Queued(Envelope envelope, List<Recipient> recipients, String message) {}

  ReportingHouse(Path folder) throws IOException {
    this.folder = folder;
    store = RocksStore.open(RocksStoreSettings.of(folder), budget, time);
    reports = reports();
  }

  static TlsReportSettings settings(boolean send, TlsReportSettings.Posting posting) {
    return new TlsReportSettings(
        Domain.of("mx.sender.example"),
        send,
        "Sender of mail",
        Mailbox.of("postmaster@mx.sender.example"),
        "admin@sender.example",
        List.of(),
        false,
        posting);
  }

  private TlsReports reports() {
    Journey journey = Journey.to(entry -> noted.add(entry.event()), time, new Ids(time));
    HousePost post =
        new HousePost(
            new Queue(),
            store,
            to -> new Destination.Remote(to.host()),
            message -> message,
            time,
            journey);
    return new TlsReports(
        () -> settings, dns, new HttpClient(connector), () -> TlsClient.trustingSystem(), post);
  }

  /** As after a restart. */
  void restart() {
    reports.close();
    store.close();
    store = RocksStore.open(RocksStoreSettings.of(folder), budget, time);
    reports = reports();
  }

  /** What is counted is stored. */
  void flush() {
    assertThat(reports.counting(Optional.empty())).isNotNull();
  }

  /** The next day, when every report is due. */
  void nextDay() {
    flush();
    time.move(Duration.ofDays(1));
    reports.round();
  }

  private final class Queue extends TakingQueue {
    @Override
    public void accept(Envelope envelope, List<Recipient> recipients, Staged body, String subject) {
      try (InputStream in = body.open()) {
        queued.add(
            new Queued(
                envelope, recipients, new String(in.readAllBytes(), StandardCharsets.US_ASCII)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    reports.close();
    connector.close();
    store.close();
    budget.close();
  }
}

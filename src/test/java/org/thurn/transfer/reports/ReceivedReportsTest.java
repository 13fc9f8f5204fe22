package org.thurn.transfer.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.authentication.dmarc.Policy;
import org.thurn.authentication.dmarc.report.ReportReason;
import org.thurn.authentication.dmarc.report.ReportRecord;
import org.thurn.authentication.dmarc.report.ReportRow;
import org.thurn.authentication.dmarc.report.ReportedDisposition;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.testing.StoreChecks;
import org.thurn.time.Time;

class ReceivedReportsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  @TempDir private Path folder;
  private RocksBudget budget;
  private RocksStore store;
  private ReceivedReports reports;

  @BeforeEach
  void open() {
    budget = RocksBudget.small();
    store = RocksStore.open(RocksStoreSettings.of(folder), budget, Time.system());
    reports = new ReceivedReports(store);
  }

  @AfterEach
  void close() {
    store.close();
    budget.close();
  }

  private static ReceivedReport report(String id, long messages) {
    return new ReceivedReport(
        "Mallory",
        "m@c.example",
        id,
        "a.example",
        Policy.NONE,
        NOW.minus(Duration.ofDays(2)),
        NOW.minus(Duration.ofDays(1)),
        NOW,
        "",
        messages,
        0,
        0,
        List.of());
  }

  private static List<ReportRecord> records(int count, int reasons, String comment) {
    List<ReportRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<ReportReason> all = new ArrayList<>();
      for (int j = 0; j < reasons; j++) {
        all.add(new ReportReason("other", j + comment));
      }
      ReportRow row =
          new ReportRow(
              "2001:db8::" + Integer.toHexString(i),
              ReportedDisposition.NONE,
              false,
              false,
              all,
              "a.example",
              Optional.empty(),
              Optional.empty(),
              List.of(),
              List.of());
      records.add(new ReportRecord(row, 1));
    }
    return records;
  }

  private ReceivedReport only() {
    assertThat(reports.reports(Optional.of("a.example"), Instant.EPOCH)).hasSize(1);
    return reports.reports(Optional.empty(), Instant.EPOCH).getFirst();
  }

  @Test
  void rowsBeyondTheLimitAreOmitted() {
    int count = ReceivedReports.MAX_ROWS + 3;
    assertThat(reports.add(report("1", count), records(count, 0, "")))
        .isEqualTo(ReceivedReports.Storing.STORED);
    assertThat(only().rows()).isEqualTo(ReceivedReports.MAX_ROWS);
    assertThat(only().omitted()).isEqualTo(3);
    assertThat(StoreChecks.findings(store, new ReceivedCheck())).isEmpty();
  }

  @Test
  void soAreOctets() {
    reports.add(report("1", 5_000), records(5_000, 10, "x".repeat(90)));
    long kept = only().rows();
    assertThat(kept).isBetween(1_000L, 4_999L);
    assertThat(only().omitted()).isEqualTo(5_000 - kept);
  }

  @Test
  void whatIsOldIsForgotten() {
    reports.add(report("1", 2), records(2, 0, ""));
    assertThat(reports.add(report("1", 2), records(2, 0, "")))
        .isEqualTo(ReceivedReports.Storing.KNOWN);
    reports.failed(20_000, "a.example", "192.0.2.1", 1);
    reports.purge(NOW.plusSeconds(1));
    assertThat(reports.add(report("1", 2), records(2, 0, "")))
        .isEqualTo(ReceivedReports.Storing.STORED);
    assertThat(reports.failures(Optional.empty(), 0)).isEmpty();
    assertThat(StoreChecks.findings(store, new ReceivedCheck())).isEmpty();
  }

  @Test
  void theCheckFindsWhatIsMissing() {
    reports.add(report("1", 2), records(2, 0, ""));
    StoreChecks.damage(
        store, ReceivedCodec.PARTITION, StoreChecks.without(ReceivedCodec.row(report("1", 2), 1)));
    assertThat(StoreChecks.brief(StoreChecks.findings(store, new ReceivedCheck()))).isNotEmpty();
  }
}

package org.thurn.transfer.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.authentication.dmarc.Policy;
import org.thurn.authentication.dmarc.report.PublishedPolicy;
import org.thurn.authentication.dmarc.report.ReportReason;
import org.thurn.authentication.dmarc.report.ReportRow;
import org.thurn.authentication.dmarc.report.ReportSubject;
import org.thurn.authentication.dmarc.report.ReportedDisposition;
import org.thurn.store.Finding;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.testing.StoreChecks;
import org.thurn.time.Time;
import org.thurn.transfer.reports.DailyCounts.Waiting;

class CountedRowsTest {
  private static final long DAY = 20_000;

  @TempDir private Path folder;
  private RocksBudget budget;
  private RocksStore store;
  private CountedRows rows;

  @BeforeEach
  void open() {
    budget = RocksBudget.small();
    store = RocksStore.open(RocksStoreSettings.of(folder), budget, Time.system());
    rows = new CountedRows(store);
  }

  @AfterEach
  void close() {
    store.close();
    budget.close();
  }

  private static Slot slot(String domain, String source, String comment) {
    PublishedPolicy policy =
        new PublishedPolicy(
            domain,
            Optional.empty(),
            Policy.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "0",
            Optional.empty(),
            OptionalInt.empty());
    ReportRow row =
        new ReportRow(
            source,
            ReportedDisposition.NONE,
            false,
            false,
            List.of(new ReportReason("other", comment)),
            domain,
            Optional.of(domain),
            Optional.empty(),
            List.of(),
            List.of());
    return new Slot(DAY, new ReportSubject(policy, List.of(), List.of()), row);
  }

  private void add(Map<Slot, Long> slots) {
    rows.add(new Tally.Counts<>(slots, Map.of()));
  }

  private Waiting only() {
    assertThat(rows.all().waiting(DAY)).isEmpty();
    assertThat(rows.all().waiting(DAY + 1)).hasSize(1);
    return rows.all().waiting(DAY + 1).getFirst();
  }

  private List<Finding> findings() {
    return StoreChecks.findings(store, new CountedCheck());
  }

  @Test
  void whatIsCountedTwiceIsOneRow() {
    add(Map.of(slot("a.example", "192.0.2.1", ""), 2L));
    add(Map.of(slot("a.example", "192.0.2.1", ""), 3L));
    assertThat(rows.counted(only())).hasSize(1);
    assertThat(rows.counted(only()).getFirst().records())
        .singleElement()
        .satisfies(record -> assertThat(record.count()).isEqualTo(5));
    assertThat(findings()).isEmpty();
    rows.all()
        .settle(
            only(),
            new SentReport(
                "a.example",
                LocalDate.ofEpochDay(DAY),
                Instant.EPOCH,
                1,
                5,
                List.of("x"),
                List.of()));
    assertThat(rows.all().waiting(DAY + 1)).isEmpty();
    assertThat(rows.all().sent(Optional.of("a.example"), 10)).hasSize(1);
    assertThat(findings()).isEmpty();
    rows.all().purge(DAY + 1);
    assertThat(rows.all().sent(Optional.empty(), 10)).isEmpty();
  }

  @Test
  void rowsBeyondTheLimitAreCountedAsOmitted() {
    Map<Slot, Long> slots = new LinkedHashMap<>();
    for (int i = 0; i < CountedRows.MAX_ROWS + 5; i++) {
      slots.put(slot("a.example", "2001:db8::" + Integer.toHexString(i), ""), 1L);
    }
    add(slots);
    add(Map.of(slot("a.example", "2001:db8::0", ""), 1L));
    assertThat(only().rows()).isEqualTo(CountedRows.MAX_ROWS);
    assertThat(only().omitted()).isEqualTo(5);
    assertThat(only().messages()).isEqualTo(CountedRows.MAX_ROWS + 1L);
    assertThat(findings()).isEmpty();
  }

  @Test
  void soAreOctets() {
    Map<Slot, Long> slots = new LinkedHashMap<>();
    for (int i = 0; i < 100; i++) {
      slots.put(slot("a.example", "192.0.2." + i, "x".repeat(60_000)), 1L);
    }
    add(slots);
    assertThat(only().octets()).isLessThanOrEqualTo(CountedRows.MAX_DOMAIN_OCTETS);
    assertThat(only().omitted()).isGreaterThan(20);
  }

  @Test
  void domainsBeyondTheLimitAreLost() {
    Map<Slot, Long> slots = new LinkedHashMap<>();
    for (int i = 0; i < CountedRows.MAX_DOMAINS + 7; i++) {
      slots.put(slot(i + ".example", "192.0.2.1", ""), 1L);
    }
    add(slots);
    assertThat(rows.all().waiting(DAY + 1)).hasSize(CountedRows.MAX_DOMAINS);
    assertThat(rows.all().lost(DAY)).isEqualTo(7);
  }

  @Test
  void theTallyIsBounded() {
    Tally<Slot> tally = new Tally<>(Slot::day, Slot::octets);
    for (int i = 0; i < 200; i++) {
      tally.add(slot("a.example", "192.0.2." + i, "x".repeat(60_000)), 1);
    }
    Tally.Counts<Slot> counts = tally.take();
    assertThat(counts.slots()).hasSizeLessThan(Tally.MAX_OCTETS / 60_000 + 1);
    assertThat(counts.slots().size() + counts.lost().get(DAY)).isEqualTo(200);
    assertThat(tally.take().isEmpty()).isTrue();
  }

  @Test
  void theCheckFindsWhatIsMissing() {
    add(Map.of(slot("a.example", "192.0.2.1", ""), 2L));
    StoreChecks.damage(
        store, CountedCodec.PARTITION, StoreChecks.without(DailyCodec.key('d', DAY, "a.example")));
    assertThat(StoreChecks.brief(findings())).isNotEmpty();
  }
}

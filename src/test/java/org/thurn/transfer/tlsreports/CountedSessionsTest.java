package org.thurn.transfer.tlsreports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.store.Finding;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.testing.StoreChecks;
import org.thurn.time.Time;
import org.thurn.tls.tlsrpt.FailureDetails;
import org.thurn.tls.tlsrpt.PolicyResult;
import org.thurn.tls.tlsrpt.PolicyType;
import org.thurn.tls.tlsrpt.ReportedPolicy;
import org.thurn.tls.tlsrpt.SessionResult;
import org.thurn.transfer.reports.DailyCounts.Waiting;
import org.thurn.transfer.reports.SentReport;
import org.thurn.transfer.reports.Tally;

/** What is counted of TLS, in the store. */
class CountedSessionsTest {
  private static final long DAY = 20_000;
  private static final String DOMAIN = "a.example";

  @TempDir private Path folder;
  private RocksBudget budget;
  private RocksStore store;
  private CountedSessions sessions;

  @BeforeEach
  void open() {
    budget = RocksBudget.small();
    store = RocksStore.open(RocksStoreSettings.of(folder), budget, Time.system());
    sessions = new CountedSessions(store);
  }

  @AfterEach
  void close() {
    store.close();
    budget.close();
  }

  private static TlsSlot slot(SessionResult result) {
    return TlsSlot.of(DAY, result).orElseThrow();
  }

  private void add(Map<TlsSlot, Long> slots) {
    sessions.add(new Tally.Counts<>(slots, Map.of()));
  }

  private void add(SessionResult result, long times) {
    add(Map.of(slot(result), times));
  }

  private Waiting only() {
    assertThat(sessions.all().waiting(DAY)).isEmpty();
    assertThat(sessions.all().waiting(DAY + 1)).hasSize(1);
    return sessions.all().waiting(DAY + 1).getFirst();
  }

  private List<Finding> findings() {
    return StoreChecks.findings(store, new CountedSessionsCheck());
  }

  @Test
  void sessionsOfOnePolicyAreOneResult() {
    add(Sessions.success(DOMAIN), 5);
    add(Sessions.failure(DOMAIN, "yesterday"), 2);
    add(Sessions.failure(DOMAIN, "long ago"), 3);
    add(Sessions.failure(DOMAIN, "yesterday"), 2);
    assertThat(findings()).isEmpty();
    PolicyResult result = sessions.results(only()).getFirst();
    assertThat(sessions.results(only())).hasSize(1);
    assertThat(result.policy()).isEqualTo(Sessions.policy(DOMAIN));
    assertThat(result.successes()).isEqualTo(5);
    assertThat(result.failures()).isEqualTo(7);
    assertThat(result.details())
        .extracting(FailureDetails::failedSessions, d -> d.reasonCode().orElseThrow())
        .containsExactly(tuple(4L, "yesterday"), tuple(3L, "long ago"));
    assertThat(result.details().getFirst().receivingHelo()).contains("helo.a.example");
  }

  @Test
  void eachPolicyOfADayIsAResultOfItsOwn() {
    add(Sessions.success(DOMAIN), 1);
    ReportedPolicy none =
        new ReportedPolicy(PolicyType.NO_POLICY_FOUND, List.of(), "A.Example", List.of());
    add(new SessionResult(none, Optional.empty()), 2);
    assertThat(sessions.results(only()))
        .extracting(result -> result.policy().type(), PolicyResult::successes)
        .containsExactly(tuple(PolicyType.STS, 1L), tuple(PolicyType.NO_POLICY_FOUND, 2L));
  }

  @Test
  void aRestartForgetsNothing() {
    add(Sessions.failure(DOMAIN, "x"), 2);
    close();
    open();
    add(Sessions.failure(DOMAIN, "x"), 1);
    assertThat(sessions.results(only()).getFirst().failures()).isEqualTo(3);
  }

  @Test
  void whatIsSettledIsForgottenAndWhatWasSentIsPurged() {
    add(Sessions.failure(DOMAIN, "x"), 2);
    SentReport sent =
        new SentReport(
            DOMAIN, LocalDate.ofEpochDay(DAY), Instant.EPOCH, 1, 2, List.of("x"), List.of());
    sessions.all().settle(only(), sent);
    assertThat(sessions.all().waiting(DAY + 1)).isEmpty();
    assertThat(sessions.all().sent(Optional.of(DOMAIN), 9)).containsExactly(sent);
    sessions.all().amend(DAY, DOMAIN, before -> before.with(List.of("y"), List.of("z")));
    assertThat(sessions.all().sent(DAY, DOMAIN).orElseThrow().to()).containsExactly("y");
    assertThat(findings()).isEmpty();
    sessions.all().purge(DAY + 1);
    assertThat(sessions.all().sent(Optional.empty(), 9)).isEmpty();
    sessions.all().amend(DAY, DOMAIN, before -> before.with(List.of("y"), List.of("z")));
    assertThat(sessions.all().sent(Optional.empty(), 9)).isEmpty();
  }

  /** A server may give another reason each time: the failures are counted all the same. */
  @Test
  void failuresBeyondTheLimitAreCountedByTheirType() {
    Map<TlsSlot, Long> slots = new LinkedHashMap<>();
    for (int i = 0; i < CountedSessions.MAX_ROWS + 7; i++) {
      slots.put(slot(Sessions.failure(DOMAIN, "reason " + i)), 1L);
    }
    add(slots);
    add(Sessions.success(DOMAIN), 9);
    PolicyResult result = sessions.results(only()).getFirst();
    assertThat(result.failures()).isEqualTo(CountedSessions.MAX_ROWS + 7L);
    assertThat(result.successes()).isEqualTo(9);
    assertThat(result.details()).hasSize(CountedSessions.MAX_ROWS + 1);
    assertThat(result.details().getFirst())
        .isEqualTo(
            new FailureDetails(
                "certificate-expired",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                7,
                Optional.empty(),
                Optional.empty()));
    assertThat(only().omitted()).isZero();
    assertThat(findings()).isEmpty();
  }

  @Test
  void aServersTextsAreCut() {
    add(Sessions.failure(DOMAIN, "x".repeat(10_000)), 1);
    String reason =
        sessions.results(only()).getFirst().details().getFirst().reasonCode().orElseThrow();
    assertThat(reason).hasSize(TlsSlot.MAX_TEXT);
  }

  /** What half a character did to a report, it did to all reports. */
  @Test
  void andMadeWhole() {
    String halved = "x".repeat(TlsSlot.MAX_TEXT - 1) + "\ud83d\ude00";
    add(Sessions.failure(DOMAIN, halved), 1);
    add(Sessions.failure(DOMAIN, "a\r\nb"), 2);
    PolicyResult result = sessions.results(only()).getFirst();
    assertThat(result.details())
        .extracting(details -> details.reasonCode().orElseThrow())
        .containsExactly("a\ufffd\ufffdb", "x".repeat(TlsSlot.MAX_TEXT - 1) + "\ufffd");
  }

  @Test
  void policiesAreBounded() {
    List<String> lines = new ArrayList<>();
    List<String> hosts = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      lines.add("mx: mx" + i + ".a.example");
      hosts.add("mx" + i + ".a.example");
    }
    ReportedPolicy large = new ReportedPolicy(PolicyType.STS, lines, DOMAIN, hosts);
    TlsSlot slot = slot(new SessionResult(large, Optional.empty()));
    assertThat(slot.policy().strings())
        .hasSizeGreaterThan(100)
        .hasSizeLessThan(TlsSlot.MAX_POLICY / 15);
    assertThat(slot.policy().mxHosts()).hasSize(TlsSlot.MAX_HOSTS);
  }

  /** Another policy each time is another row each time; what has no room is told by nobody. */
  @Test
  void soAreTheirOctets() {
    Map<TlsSlot, Long> slots = new LinkedHashMap<>();
    for (int i = 0; i < 300; i++) {
      ReportedPolicy one =
          new ReportedPolicy(
              PolicyType.STS, List.of("id: " + i, "x".repeat(8_000)), DOMAIN, List.of());
      slots.put(slot(new SessionResult(one, Optional.empty())), 1L);
    }
    add(slots);
    assertThat(only().octets()).isLessThanOrEqualTo(CountedSessions.MAX_DOMAIN_OCTETS);
    assertThat(only().messages()).isGreaterThan(100);
    assertThat(only().messages() + only().omitted()).isEqualTo(300);
    assertThat(findings()).isEmpty();
  }

  @Test
  void domainsBeyondTheLimitAreLost() {
    Map<TlsSlot, Long> slots = new LinkedHashMap<>();
    for (int i = 0; i < CountedSessions.MAX_DOMAINS + 7; i++) {
      slots.put(slot(Sessions.success(i + ".example")), 1L);
    }
    add(slots);
    assertThat(sessions.all().waiting(DAY + 1)).hasSize(CountedSessions.MAX_DOMAINS);
    assertThat(sessions.all().lost(DAY)).isEqualTo(7);
  }

  @Test
  void whatIsNoDomainIsNotCounted() {
    assertThat(TlsSlot.of(DAY, Sessions.success("a\0.example"))).isEmpty();
    assertThat(TlsSlot.of(DAY, Sessions.success(""))).isEmpty();
  }

  @Test
  void theCheckFindsDamage() {
    add(Sessions.failure(DOMAIN, "x"), 2);
    StoreChecks.damage(
        store,
        TlsCodec.PARTITION,
        txn ->
            txn.scan(new byte[] {'p'}, new byte[] {'q'}, 9, false)
                .forEach(pair -> txn.put(pair.key(), new byte[] {1, 2, 3})));
    assertThat(StoreChecks.brief(findings())).isNotEmpty();
  }
}

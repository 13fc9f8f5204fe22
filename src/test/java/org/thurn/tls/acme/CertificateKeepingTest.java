package org.thurn.tls.acme;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurn.dns.RecordData;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.testing.MemoryStore;
import org.thurn.testing.StandingTime;
import org.thurn.tls.CertifiedKey;

class CertificateKeepingTest {
  private static final Domain HOST = Domain.of("mx.own.example");

  private final StandingTime time = new StandingTime(Instant.now());
  private final List<Entry> noted = new ArrayList<>();
  private final Journey journey = Journey.to(noted::add, time, new Ids(time));
  private final TlsaZone dns = new TlsaZone();
  private MemoryStore store = new MemoryStore();
  private final TestAuthority authority = authority();
  private List<CertifiedKey> shown = List.of();
  private CertificateKeeping keeping = keeping(Duration.ZERO, false);

  private TestAuthority authority() {
    try {
      return new TestAuthority(time);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private CertificateKeeping keeping(Duration rotate, boolean publish) {
    AcmeSettings settings =
        new AcmeSettings(
            URI.create("https://authority.example/dir"),
            Optional.empty(),
            List.of(HOST),
            AcmeSettings.Proof.HTTP_01,
            Optional.empty(),
            rotate,
            publish);
    return new CertificateKeeping(
        settings,
        new CertificateStore(store),
        authority,
        new CertificateKeeping.Shelf(
            all -> shown = all,
            _ -> shown.isEmpty() ? List.of(authority.root()) : shown.getFirst().chain()),
        new CertificateKeeping.Surroundings(dns, Optional.of(dns), time, journey));
  }

  @BeforeEach
  void first() throws Exception {
    keeping.round();
  }

  private X509Certificate now() {
    return shown.getFirst().certificate();
  }

  private Stream<Event> events() {
    return noted.stream().map(Entry::event);
  }

  private List<String> faults() {
    return events()
        .filter(Event.Fault.class::isInstance)
        .map(event -> ((Event.Fault) event).reason())
        .toList();
  }

  private void pass(Duration time) throws Exception {
    this.time.move(time);
    keeping.round();
  }

  @Test
  void theFirstIsIssuedShownAndNoted() {
    assertThat(CertifiedKey.names(now())).containsExactly(HOST.ascii());
    assertThat(events().map(Event::type))
        .containsExactly("certificate-issued", "certificate-switched");
  }

  @Test
  void itIsRenewedWithAThirdOfItsLifeLeftAndKeepsItsKey() throws Exception {
    PublicKey key = now().getPublicKey();
    X509Certificate before = now();
    pass(Duration.ofDays(59));
    assertThat(now()).isEqualTo(before);

    pass(Duration.ofDays(2));

    assertThat(now()).isNotEqualTo(before);
    assertThat(now().getPublicKey()).isEqualTo(key);
    assertThat(authority.asked).containsExactly(key, key);
  }

  @Test
  void theAuthoritySaysWhenWithinReason() throws Exception {
    Instant start = time.now().plus(Duration.ofDays(10));
    authority.window =
        Optional.of(new CertificateAuthority.Window(start, start.plus(Duration.ofDays(1))));
    X509Certificate first = now();
    pass(Duration.ofDays(9));
    assertThat(now()).isEqualTo(first);
    pass(Duration.ofDays(3));
    X509Certificate second = now();
    assertThat(second).isNotEqualTo(first);

    // one that never wants to renew is not heeded so long
    Instant never = time.now().plus(Duration.ofDays(1_000));
    authority.window = Optional.of(new CertificateAuthority.Window(never, never));
    pass(Duration.ofDays(71));
    assertThat(now()).isEqualTo(second);
    pass(Duration.ofDays(2));
    assertThat(now()).isNotEqualTo(second);
  }

  @Test
  void aRestartKeepsAllOfIt() {
    X509Certificate before = now();
    store = store.crash();
    shown = List.of();

    keeping = keeping(Duration.ZERO, false);

    assertThat(now()).isEqualTo(before);
    assertThat(keeping.list().getFirst().held().key().pair().getPublic())
        .isEqualTo(before.getPublicKey());
  }

  @Test
  void failuresAreTriedAgainWithGrowingPausesAndTheOldStays() throws Exception {
    X509Certificate before = now();
    authority.failure = Optional.of(new AuthorityException("503 down"));
    int asked = authority.asked.size();
    pass(Duration.ofDays(61));
    assertThat(authority.asked).hasSize(asked + 1);
    List<Integer> attempts = new ArrayList<>();
    for (int hour = 0; hour < 48; hour++) {
      int so = authority.asked.size();
      pass(Duration.ofHours(1));
      if (authority.asked.size() > so) {
        attempts.add(hour);
      }
    }
    // 15 and 30 minutes, 1, 2, 4, 8 and 12 hours and so on
    assertThat(attempts).containsExactly(0, 1, 2, 4, 8, 16, 28, 40);
    assertThat(now()).isEqualTo(before);
    assertThat(events().filter(Event.CertificateFailed.class::isInstance)).hasSize(9);

    authority.failure = Optional.empty();
    pass(Duration.ofHours(12));
    assertThat(now()).isNotEqualTo(before);
    assertThat(keeping.list().getFirst().held().trouble()).isEmpty();
  }

  @Test
  void anAlarmIsRaisedOnceADayWhenLittleIsLeft() throws Exception {
    authority.failure = Optional.of(new AuthorityException("503 down"));
    pass(Duration.ofDays(71));
    assertThat(keeping.warnings()).isEmpty();

    pass(Duration.ofDays(2));
    pass(Duration.ofHours(2));

    assertThat(keeping.warnings().getFirst()).contains(HOST.ascii(), "503 down");
    assertThat(faults()).hasSize(1);
    pass(Duration.ofDays(1));
    assertThat(faults()).hasSize(2);
  }

  @Test
  void anAuthorityThatAsksForPatienceGetsSome() throws Exception {
    Instant later = time.now().plus(Duration.ofDays(61)).plus(Duration.ofHours(5));
    authority.failure =
        Optional.of(new AuthorityException("too many", Optional.of(later), new Exception("429")));
    pass(Duration.ofDays(61));
    int asked = authority.asked.size();
    pass(Duration.ofHours(4));
    assertThat(authority.asked).hasSize(asked);
    pass(Duration.ofHours(2));
    assertThat(authority.asked).hasSize(asked + 1);
  }

  private interface Liar {
    List<X509Certificate> of(TestAuthority authority, List<X509Certificate> chain) throws Exception;
  }

  private static Arguments lie(String words, Liar liar) {
    return Arguments.of(words, liar);
  }

  static Stream<Arguments> lies() {
    PublicKey other = MadeKey.fresh(Instant.EPOCH).pair().getPublic();
    Duration life = TestAuthority.LIFE;
    return Stream.of(
        lie("sent no certificate", (_, _) -> List.of()),
        lie("another key", (a, c) -> List.of(a.leaf(HOST.ascii(), other, life), c.get(1))),
        lie(
            "not for mx.own.example but for [evil.example]",
            (a, c) -> List.of(a.leaf("evil.example", c.get(0).getPublicKey(), life), c.get(1))),
        lie(
            "expired at",
            (a, c) ->
                List.of(
                    a.leaf(HOST.ascii(), c.get(0).getPublicKey(), Duration.ofHours(-1)), c.get(1))),
        lie(
            "before the one it would replace",
            (a, c) ->
                List.of(
                    a.leaf(HOST.ascii(), c.get(0).getPublicKey(), Duration.ofHours(1)), c.get(1))),
        lie("issued nothing of it", (a, c) -> List.of(c.get(0), c.get(1), a.stranger())),
        lie("no authority's", (a, c) -> List.of(c.get(0), c.get(0))),
        lie(
            "signatures",
            (a, c) -> List.of(c.get(0), new TestAuthority(new StandingTime(Instant.now())).root())),
        lie("has 11 certificates", (a, c) -> Collections.nCopies(11, c.get(0))),
        lie(
            " octets",
            (a, c) -> List.of(a.large(HOST.ascii(), c.get(0).getPublicKey()), c.get(1))));
  }

  @ParameterizedTest
  @MethodSource("lies")
  void whatALyingAuthoritySendsReplacesNothing(String words, Liar liar) throws Exception {
    X509Certificate before = now();
    authority.lie = chain -> liar.of(authority, chain);

    pass(Duration.ofDays(61));

    assertThat(now()).isEqualTo(before);
    assertThat(keeping.list().getFirst().held().trouble().orElseThrow().reason()).contains(words);
  }

  private RecordData.Tlsa ofNow() {
    return TlsaRecords.of(now().getPublicKey());
  }

  @Test
  void aSwitchWaitsWhileTheDnsDeniesIt() throws Exception {
    X509Certificate before = now();
    byte[] exact = Digests.sha256(before.getEncoded());
    // 3 0 1: of the certificate and not of its key, so that no renewal is right
    dns.records = List.of(new RecordData.Tlsa(3, 0, 1, HexFormat.of().formatHex(exact)));

    pass(Duration.ofDays(61));
    pass(Duration.ofMinutes(1));

    assertThat(now()).isEqualTo(before);
    assertThat(faults()).hasSize(1);
    assertThat(faults().getFirst())
        .contains("waits", "Publish: _25._tcp.mx.own.example. IN TLSA 3 1 1 ");
    assertThat(authority.asked).hasSize(2);

    dns.records = List.of(dns.records.getFirst(), ofNow());
    pass(Duration.ofMinutes(1));
    assertThat(now()).isNotEqualTo(before);
    assertThat(authority.asked).hasSize(2);
  }

  @Test
  void aSwitchWaitsForADnsThatDoesNotAnswerButNotUntilTheEnd() throws Exception {
    X509Certificate before = now();
    dns.silent = true;
    pass(Duration.ofDays(61));
    assertThat(now()).isEqualTo(before);
    pass(Duration.ofDays(12));
    assertThat(now()).isNotEqualTo(before);
  }

  @Test
  void whereWhatIsShownIsDeniedTooNothingIsGainedByWaiting() throws Exception {
    X509Certificate before = now();
    dns.records = List.of(new RecordData.Tlsa(3, 1, 1, "00".repeat(32)));
    pass(Duration.ofDays(61));
    assertThat(now()).isNotEqualTo(before);
    assertThat(faults().getFirst()).contains("cannot deliver");
  }

  @Test
  void theNextKeyIsPublishedKnownAndThenUsed() throws Exception {
    PublicKey first = now().getPublicKey();
    keeping = keeping(Duration.ofDays(30), true);
    pass(Duration.ofMinutes(1));
    assertThat(dns.records).containsExactly(ofNow());

    pass(Duration.ofDays(30));
    assertThat(dns.records).hasSize(2).contains(ofNow());
    pass(Duration.ofMinutes(10));
    assertThat(now().getPublicKey()).isEqualTo(first);

    pass(Duration.ofHours(1));
    assertThat(now().getPublicKey()).isNotEqualTo(first);
    assertThat(dns.records).contains(ofNow());
    pass(Duration.ofMinutes(6));
    assertThat(dns.records).containsExactly(ofNow());
  }

  @Test
  void aNextKeyThatPeoplePublishWaitsForThem() throws Exception {
    PublicKey first = now().getPublicKey();
    dns.records = List.of(ofNow());
    dns.ttl = Duration.ofHours(10);
    keeping = keeping(Duration.ofDays(30), false);
    pass(Duration.ofDays(31));
    pass(Duration.ofDays(2));
    assertThat(now().getPublicKey()).isEqualTo(first);
    assertThat(faults().getFirst()).contains("Publish beside what is there: _25._tcp");

    dns.records = keeping.list().getFirst().tlsa();
    pass(Duration.ofMinutes(6));
    pass(Duration.ofHours(19));
    assertThat(now().getPublicKey()).isEqualTo(first);
    pass(Duration.ofHours(2));
    assertThat(now().getPublicKey()).isNotEqualTo(first);
  }

  @Test
  void aNameThatIsNotKeptIsNotRenewed() throws Exception {
    X509Certificate before = now();
    assertThat(keeping.renew(Domain.of("other.example"))).isEmpty();
    assertThat(keeping.renew(HOST).orElseThrow().trouble()).isEmpty();
    assertThat(now()).isNotEqualTo(before);
  }
}

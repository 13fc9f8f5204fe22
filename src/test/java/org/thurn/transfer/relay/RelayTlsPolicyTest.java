package org.thurn.transfer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thurn.dns.RecordData;
import org.thurn.journey.Event;
import org.thurn.queue.Outcome;
import org.thurn.queue.Outcome.Deferred;
import org.thurn.queue.Outcome.Failed;
import org.thurn.queue.Outcome.Relayed;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.smtp.client.ScriptedServer;
import org.thurn.testing.TestCertificates;
import org.thurn.tls.mtasts.Mode;
import org.thurn.tls.policy.Level;
import org.thurn.tls.policy.Wish;

/** What docs/tls-policy.md decides, carried out: RFC 7672, 8461 and 8689. */
@Timeout(30)
class RelayTlsPolicyTest extends OneTlsHost {
  private static void waits(Outcome outcome, String status, String... words) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Deferred.class,
            deferred -> {
              assertThat(deferred.status()).isEqualTo(EnhancedStatus.of(status));
              assertThat(deferred.reason()).contains(words);
            });
  }

  private static void returned(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Failed.class,
            failed -> assertThat(failed.status()).isEqualTo(EnhancedStatus.of("5.7.30")));
  }

  private Event.TlsPolicyChosen chosen() {
    return bench.events().stream()
        .filter(Event.TlsPolicyChosen.class::isInstance)
        .map(Event.TlsPolicyChosen.class::cast)
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  @Test
  void aTlsaRecordOfTheHostsKeyIsEnough() throws Exception {
    TestCertificates stranger = new TestCertificates();
    TestCertificates.Issued own = stranger.issueExpired("elsewhere.example");
    ScriptedServer server = bench.server("127.9.0.1", shows(own), BY_TLS);
    tlsa(of(own));
    assertThat(attempt()).isInstanceOf(Relayed.class);
    server.assertFollowed();
    assertThat(chosen())
        .isEqualTo(
            new Event.TlsPolicyChosen(
                "mx.soft.example",
                "dane mx.soft.example",
                "tlsa",
                "signed TLSA records of mx.soft.example"));
    assertThat(bench.events())
        .anyMatch(e -> e instanceof Event.TlsEstablished t && t.verification().contains("by DANE"));
  }

  @Test
  void aCertificateOfATrustedAuthorityIsNotWhatTheTlsaRecordSays() throws Exception {
    ScriptedServer server =
        bench.server("127.9.0.1", shows(authority.issue("mx.soft.example")), REFUSED_BY_US);
    tlsa(of(right));
    waits(attempt(), "4.7.5", "DANE");
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void mtaStsDoesNotOverrideAFailedDane() throws Exception {
    policy(Mode.ENFORCE, "mx.soft.example");
    bench.server("127.9.0.1", shows(authority.issue("mx.soft.example")), REFUSED_BY_US);
    tlsa(of(right));
    waits(attempt(), "4.7.5", "DANE");
  }

  @Test
  void withATlsaRecordNothingGoesInTheClear() throws Exception {
    ScriptedServer server = bench.server("127.9.0.1", RelayTest.HELLO + RelayTest.QUIT);
    tlsa(of(right));
    waits(attempt(), "4.7.4", "no STARTTLS");
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void unusableTlsaRecordsDemandEncryptionAllTheSame() throws Exception {
    ScriptedServer server =
        bench.server("127.9.0.1", shows(new TestCertificates().issue("x.example")), BY_TLS);
    tlsa(new RecordData.Tlsa(1, 1, 1, of(right).data()));
    assertThat(attempt()).isInstanceOf(Relayed.class);
    server.assertFollowed();
    assertThat(chosen().demand()).isEqualTo("encrypted");
  }

  @Test
  void anUnsignedTlsaRecordIsNone() throws Exception {
    ScriptedServer server = bench.server("127.9.0.1", IN_CLEAR);
    bench.dns.tlsa("_" + bench.port() + "._tcp.mx.soft.example", of(right));
    assertThat(attempt()).isInstanceOf(Relayed.class);
    server.assertFollowed();
    assertThat(chosen().basis()).isEqualTo("nothing");
  }

  @Test
  void aHostWhoseTlsaRecordsAreForgedIsNotUsed() throws Exception {
    bench.server("127.9.0.1", "");
    bench.dns.signed().failing("_" + bench.port() + "._tcp.mx.soft.example");
    waits(attempt(), "4.7.5", "SERVFAIL");
    assertThat(bench.events()).noneMatch(Event.ConnectionOpened.class::isInstance);
  }

  @Test
  void anotherHostIsTriedBeforeTheMessageWaits() throws Exception {
    bench.dns.mx("soft.example", 20, "mx2.soft.example").address("mx2.soft.example", "127.9.0.2");
    bench.server("127.9.0.1", RelayTest.HELLO + RelayTest.QUIT);
    ScriptedServer second = bench.server("127.9.0.2", IN_CLEAR);
    tlsa(of(right));
    assertThat(attempt())
        .isInstanceOfSatisfying(
            Relayed.class, relayed -> assertThat(relayed.host()).isEqualTo("mx2.soft.example"));
    second.assertFollowed();
  }

  @Test
  void anEnforcedPolicyWantsItsHostWithACertificate() throws Exception {
    policy(Mode.ENFORCE, "*.soft.example");
    ScriptedServer server = bench.server("127.9.0.1", shows(right), BY_TLS);
    assertThat(attempt()).isInstanceOf(Relayed.class);
    server.assertFollowed();
    assertThat(chosen().basis()).isEqualTo("sts");
  }

  @Test
  void underAnEnforcedPolicyAnUntrustedCertificateStopsTheDelivery() throws Exception {
    policy(Mode.ENFORCE, "*.soft.example");
    ScriptedServer server =
        bench.server(
            "127.9.0.1", shows(new TestCertificates().issue("mx.soft.example")), REFUSED_BY_US);
    waits(attempt(), "4.7.5", "not trusted");
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void aHostThatThePolicyDoesNotNameIsNotConnectedTo() throws Exception {
    policy(Mode.ENFORCE, "mx.other.example");
    bench.server("127.9.0.1", "");
    waits(attempt(), "4.7.5", "does not name the host mx.soft.example");
    assertThat(bench.events()).noneMatch(Event.ConnectionOpened.class::isInstance);
  }

  @Test
  void aPolicyThatIsTestedStopsNothing() throws Exception {
    policy(Mode.TESTING, "mx.other.example");
    ScriptedServer server = bench.server("127.9.0.1", IN_CLEAR);
    assertThat(attempt()).isInstanceOf(Relayed.class);
    server.assertFollowed();
  }

  @Test
  void whoSaysTlsRequiredNoIsDeliveredPastThePolicy() throws Exception {
    bench.wish = Wish.NOT_REQUIRED;
    policy(Mode.ENFORCE, "mx.other.example");
    ScriptedServer server = bench.server("127.9.0.1", IN_CLEAR);
    tlsa(of(right));
    assertThat(attempt()).isInstanceOf(Relayed.class);
    server.assertFollowed();
    assertThat(chosen().basis()).isEqualTo("message");
  }

  @Test
  void requireTlsIsSaidToTheNextServer() throws Exception {
    bench.wish = Wish.REQUIRED;
    policy(Mode.ENFORCE, "mx.soft.example");
    ScriptedServer server =
        bench.server(
            "127.9.0.1",
            shows(right),
            UNTIL_TLS
                + SECOND_HELLO
                    .replace("250 DSN", "250-DSN\nS: 250 REQUIRETLS")
                    .replace("strict.example>", "strict.example> REQUIRETLS")
                + RelayTest.QUIT);
    assertThat(attempt()).isInstanceOf(Relayed.class);
    server.assertFollowed();
  }

  @Test
  void aServerWithoutRequireTlsDoesNotGetTheMessage() throws Exception {
    bench.wish = Wish.REQUIRED;
    policy(Mode.ENFORCE, "mx.soft.example");
    ScriptedServer server =
        bench.server(
            "127.9.0.1",
            shows(right),
            UNTIL_TLS + RelayTest.HELLO.substring("S: 220 mx\n".length()) + RelayTest.QUIT);
    returned(attempt());
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void requireTlsWantsAProvenHost() throws Exception {
    bench.wish = Wish.REQUIRED;
    bench.server("127.9.0.1", "");
    returned(attempt());
    assertThat(bench.events()).noneMatch(Event.ConnectionOpened.class::isInstance);
  }

  @Test
  void onlyDaneIsTrustedWhereTheAdministratorSaysSo() throws Exception {
    level(Level.DANE_ONLY);
    bench.server("127.9.0.1", "");
    bench.dns.signed();
    waits(attempt(), "4.7.5", "only DANE is trusted here");
  }

  @Test
  void encryptionCanBeDemandedWithoutProof() throws Exception {
    level(Level.ENCRYPT);
    ScriptedServer server =
        bench.server("127.9.0.1", shows(new TestCertificates().issue("x.example")), BY_TLS);
    assertThat(attempt()).isInstanceOf(Relayed.class);
    server.assertFollowed();
  }

  @Test
  void noTlsIsNoneEvenWhereItIsOffered() throws Exception {
    level(Level.NONE);
    ScriptedServer server =
        bench.server(
            "127.9.0.1",
            RelaySessionTest.STARTTLS.replace("C: STARTTLS\n", "")
                + RelayTest.TAKES.substring(RelayTest.HELLO.length())
                + RelayTest.QUIT);
    assertThat(attempt()).isInstanceOf(Relayed.class);
    server.assertFollowed();
  }

  @Test
  void aConnectionIsNotSharedByMessagesThatDemandDifferentThings() throws Exception {
    bench.tuning = s -> s.with(shortlyIdle(s.limits()));
    ScriptedServer server =
        bench.server(
            "127.9.0.1", shows(right), RelayTest.TAKES + RelayTest.QUIT + "----\n" + BY_TLS);
    bench.attempt(MESSAGE, "bob@soft.example");
    policy(Mode.ENFORCE, "mx.soft.example");
    assertThat(attempt()).isInstanceOf(Relayed.class);
    server.assertFollowed();
    assertThat(server.messages()).hasSize(2);
  }

  private static RelaySettings.Limits shortlyIdle(RelaySettings.Limits usual) {
    return new RelaySettings.Limits(
        usual.hosts(),
        usual.addresses(),
        usual.attempt(),
        usual.perDestination(),
        usual.recipients(),
        Duration.ofMillis(300),
        usual.idleConnections(),
        usual.transactions());
  }
}

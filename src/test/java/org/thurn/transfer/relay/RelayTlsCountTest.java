package org.thurn.transfer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thurn.dns.RecordData;
import org.thurn.name.Domain;
import org.thurn.queue.Outcome.Relayed;
import org.thurn.testing.TestCertificates;
import org.thurn.tls.dane.TlsaData;
import org.thurn.tls.mtasts.FailureKind;
import org.thurn.tls.mtasts.Mode;
import org.thurn.tls.mtasts.StsStatus;
import org.thurn.tls.policy.Level;
import org.thurn.tls.policy.Wish;
import org.thurn.tls.tlsrpt.FailureDetails;
import org.thurn.tls.tlsrpt.SessionResult;

/** What TLS reports will tell of each session, RFC 8460 §4.3, by real handshakes. */
@Timeout(30)
class RelayTlsCountTest extends OneTlsHost {

  /** Tries once, and says of each counted result the policy and what came of it. */
  private List<String> counted() throws Exception {
    attempt();
    List<String> told = new ArrayList<>();
    for (SessionResult result : bench.counted) {
      assertThat(result.policy().domain()).isEqualTo("soft.example");
      told.add(
          result.policy().type().word()
              + ": "
              + result.failure().map(FailureDetails::resultType).orElse("success"));
    }
    return told;
  }

  private FailureDetails onlyFailure() {
    return bench.counted.getFirst().failure().orElseThrow();
  }

  private TestCertificates.Issued byStranger() {
    return new TestCertificates().issue("mx.soft.example");
  }

  @Test
  void tlsWithAnyCertificateIsEnoughWhereNothingIsPublished() throws Exception {
    bench.server("127.9.0.1", shows(byStranger()), BY_TLS);
    assertThat(counted()).containsExactly("no-policy-found: success");
    assertThat(bench.counted.getFirst().policy().mxHosts()).isEmpty();
  }

  @Test
  void aServerWithoutStartTls() throws Exception {
    bench.server("127.9.0.1", IN_CLEAR);
    assertThat(counted()).containsExactly("no-policy-found: starttls-not-supported");
    FailureDetails details = onlyFailure();
    assertThat(details.sendingAddress()).isPresent();
    assertThat(details.receivingHost()).contains("mx.soft.example");
    assertThat(details.receivingAddress()).contains("127.9.0.1");
    assertThat(details.failedSessions()).isEqualTo(1);
    assertThat(details.reasonCode()).contains("the server offers no STARTTLS");
  }

  @Test
  void aServerThatRefusesStartTls() throws Exception {
    bench.server(
        "127.9.0.1",
        RelaySessionTest.STARTTLS
            + "S: 454 4.7.0 no key today\n"
            + RelayTest.TAKES.substring(RelayTest.HELLO.length())
            + RelayTest.QUIT);
    assertThat(counted()).containsExactly("no-policy-found: starttls-not-supported");
    assertThat(onlyFailure().reasonCode().orElseThrow()).contains("454", "no key today");
  }

  @Test
  void theSecondTryInTheClearIsNotCounted() throws Exception {
    bench.server(
        "127.9.0.1",
        RelaySessionTest.STARTTLS
            + "S: 220 go\nS: this is no handshake\nC: never\n----\n"
            + IN_CLEAR);
    assertThat(counted()).containsExactly("no-policy-found: validation-failure");
  }

  @Test
  void aServerThatItsTlsaRecordFits() throws Exception {
    bench.server("127.9.0.1", shows(right), BY_TLS);
    tlsa(of(right));
    assertThat(counted()).containsExactly("tlsa: success");
    assertThat(bench.counted.getFirst().policy().strings())
        .containsExactly(TlsaData.text(of(right)));
    assertThat(bench.counted.getFirst().policy().mxHosts()).containsExactly("mx.soft.example");
  }

  @Test
  void aServerThatNoTlsaRecordFits() throws Exception {
    policy(Mode.ENFORCE, "mx.soft.example");
    bench.server("127.9.0.1", shows(authority.issue("mx.soft.example")), REFUSED_BY_US);
    tlsa(of(right));
    assertThat(counted()).containsExactly("tlsa: tlsa-invalid");
    assertThat(onlyFailure().receivingHelo()).contains("mx");
  }

  @Test
  void recordsThatAreNotUsableAreToldOfEvenIfTheMailIsDelivered() throws Exception {
    policy(Mode.TESTING, "mx.soft.example");
    bench.server("127.9.0.1", shows(right), BY_TLS);
    tlsa(new RecordData.Tlsa(1, 1, 1, of(right).data()));
    assertThat(counted()).containsExactly("tlsa: tlsa-invalid", "sts: success");
    assertThat(bench.counted.getFirst().policy().strings()).hasSize(1);
    assertThat(onlyFailure().reasonCode().orElseThrow()).contains("usage 1");
  }

  @Test
  void aDnsThatDoesNotTell() throws Exception {
    bench.server("127.9.0.1", "");
    bench.dns.signed().failing("_" + bench.port() + "._tcp.mx.soft.example");
    assertThat(counted()).containsExactly("tlsa: dnssec-invalid");
    assertThat(onlyFailure().receivingAddress()).isEmpty();
  }

  @Test
  void daneThatWeDemandAndThatIsNotThere() throws Exception {
    level(Level.DANE_ONLY);
    bench.server("127.9.0.1", "");
    bench.dns.signed();
    assertThat(counted()).containsExactly("no-policy-found: dane-required");
  }

  @Test
  void anEnforcedPolicyThatIsKept() throws Exception {
    policy(Mode.ENFORCE, "*.soft.example");
    bench.server("127.9.0.1", shows(right), BY_TLS);
    assertThat(counted()).containsExactly("sts: success");
    assertThat(bench.counted.getFirst().policy().mxHosts()).containsExactly("*.soft.example");
    assertThat(bench.counted.getFirst().policy().strings())
        .containsExactly(
            "version: STSv1", "mode: enforce", "mx: *.soft.example", "max_age: 604800");
  }

  @Test
  void certificatesThatAnEnforcedPolicyRefuses() throws Exception {
    policy(Mode.ENFORCE, "*.soft.example");
    bench.server("127.9.0.1", shows(byStranger()), REFUSED_BY_US);
    assertThat(counted()).containsExactly("sts: certificate-not-trusted");
  }

  @Test
  void aCertificateForAnotherName() throws Exception {
    policy(Mode.ENFORCE, "*.soft.example");
    bench.server("127.9.0.1", shows(authority.issue("mx.other.example")), REFUSED_BY_US);
    assertThat(counted()).containsExactly("sts: certificate-host-mismatch");
  }

  @Test
  void anExpiredCertificate() throws Exception {
    policy(Mode.ENFORCE, "*.soft.example");
    bench.server("127.9.0.1", shows(authority.issueExpired("mx.soft.example")), REFUSED_BY_US);
    assertThat(counted()).containsExactly("sts: certificate-expired");
  }

  @Test
  void aPolicyThatIsTestedCountsAsIfItWereEnforced() throws Exception {
    policy(Mode.TESTING, "*.soft.example");
    bench.server("127.9.0.1", shows(authority.issue("mx.other.example")), BY_TLS);
    assertThat(counted()).containsExactly("sts: certificate-host-mismatch");
    assertThat(bench.events()).anyMatch(e -> e.toString().contains("TlsEstablished"));
  }

  @Test
  void aHostThatThePolicyDoesNotName() throws Exception {
    policy(Mode.ENFORCE, "mx.other.example");
    bench.server("127.9.0.1", "");
    assertThat(counted()).containsExactly("sts: validation-failure");
    assertThat(onlyFailure().reasonCode()).contains("the policy does not name the host");
  }

  @Test
  void aPolicyOfModeNoneIsNone() throws Exception {
    policy(Mode.NONE, "mx.soft.example");
    bench.server("127.9.0.1", shows(byStranger()), BY_TLS);
    assertThat(counted()).containsExactly("no-policy-found: success");
  }

  @Test
  void aPolicyThatCannotBeHadIsToldOfBesideTheSession() throws Exception {
    bench.sts = (_, _) -> new StsStatus.Unfetchable(FailureKind.WEBPKI, "its host is another");
    bench.server("127.9.0.1", shows(byStranger()), BY_TLS);
    assertThat(counted()).containsExactly("no-policy-found: success", "sts: sts-webpki-invalid");
    assertThat(bench.counted.getLast().policy().strings()).isEmpty();
  }

  @Test
  void anOldPolicyAppliesAndTheNewOneIsToldOf() throws Exception {
    policy(
        Mode.ENFORCE,
        "mx.soft.example",
        Optional.of(new StsStatus.Trouble(Optional.of(FailureKind.INVALID), "no version")));
    bench.server("127.9.0.1", shows(right), BY_TLS);
    assertThat(counted()).containsExactly("sts: success", "sts: sts-policy-invalid");
  }

  @Test
  void mailThatDoesNotNeedTlsIsNotCounted() throws Exception {
    bench.wish = Wish.NOT_REQUIRED;
    bench.server("127.9.0.1", IN_CLEAR);
    assertThat(counted()).isEmpty();
  }

  @Test
  void whereTlsIsSwitchedOffNothingIsCounted() throws Exception {
    level(Level.NONE);
    bench.server("127.9.0.1", IN_CLEAR);
    assertThat(counted()).isEmpty();
  }

  @Test
  void aHostThatTheAdministratorNamesIsNotCounted() throws Exception {
    bench.tuning =
        s ->
            s.with(
                new Routes(
                    List.of(),
                    Route.Via.of(
                        Domain.of("mx.soft.example"),
                        bench.port(),
                        Optional.empty(),
                        Optional.empty())));
    bench.server("127.9.0.1", shows(right), BY_TLS);
    assertThat(counted()).isEmpty();
  }

  @Test
  void aConnectionThatIsUsedAgainIsCountedOnce() throws Exception {
    bench.server(
        "127.9.0.1",
        shows(right),
        UNTIL_TLS
            + SECOND_HELLO
            + "C: RSET\nS: 250 ok\n"
            + RelayTest.TAKES.substring(RelayTest.HELLO.length())
            + RelayTest.QUIT);
    bench.attempt(MESSAGE, "bob@soft.example");
    assertThat(counted()).containsExactly("no-policy-found: success");
  }

  @Test
  void aServerThatIsNotThereIsNotCounted() throws Exception {
    bench.server("127.9.0.2", "");
    assertThat(attempt()).isNotInstanceOf(Relayed.class);
    assertThat(bench.counted).isEmpty();
  }
}

package org.thurn.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.thurn.time.Time;
import org.junit.jupiter.api.Test;
import org.thurn.net.TlsSession;
import org.thurn.sasl.SaslServer.Step;

class SaslServersTest {
  private static final Known ALICE = Known.of("alice@strict.example", "correct horse");
  private static final Optional<TlsSession> NONE = Optional.empty();
  private static final Optional<TlsSession> TLS = Optional.of(new FakeTls("one", true));
  private final SaslServers servers = new SaslServers(ALICE, new byte[] {1, 2, 3}, new FailedLogins(ALICE::canonical, false, Time.system()));

  @Test
  void nothingIsOfferedWithoutTlsUnlessASettingAllowsIt() {
    assertThat(servers.offered(NONE, false)).isEmpty();
    assertThat(servers.start("PLAIN", NONE, false)).isEmpty();
    assertThat(servers.offered(NONE, true)).containsExactly("SCRAM-SHA-256", "PLAIN", "LOGIN");
  }

  @Test
  void plusIsOfferedFirstWhereTlsCanBind() {
    assertThat(servers.offered(TLS, false))
        .containsExactly("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "PLAIN", "LOGIN");
    assertThat(servers.offered(Optional.of(new FakeTls("old", false)), false))
        .containsExactly("SCRAM-SHA-256", "PLAIN", "LOGIN");
    assertThat(servers.start("CRAM-MD5", TLS, false)).isEmpty();
  }

  @Test
  void scramIsNotOfferedWhereNoDomainKeepsKeys() {
    Known without = new Known(ALICE.account(), ALICE.password(), Optional.empty());
    SaslServers keyless = new SaslServers(without, new byte[] {1, 2, 3}, new FailedLogins(without::canonical, false, Time.system()));
    assertThat(keyless.offered(TLS, false)).containsExactly("PLAIN", "LOGIN");
    assertThat(keyless.start("SCRAM-SHA-256", TLS, false)).isEmpty();
    assertThat(keyless.start("SCRAM-SHA-256-PLUS", TLS, false)).isEmpty();
  }

  @Test
  void plainTakesIdentityNameAndPassword() {
    Step success = new Step.Success(ALICE.account());
    assertThat(plain("\0alice@strict.example\0correct horse")).isEqualTo(success);
    assertThat(plain("alice@strict.example\0alice@strict.example\0correct horse"))
        .isEqualTo(success);
    assertThat(plain("ALICE@strict.example\0alice@strict.example\0correct horse"))
        .isEqualTo(success);
  }

  @Test
  void plainRefusesWrongPasswordsForeignIdentitiesAndMalformedResponses() {
    for (String response :
        List.of(
            "\0alice@strict.example\0wrong",
            "bob@strict.example\0alice@strict.example\0correct horse",
            "root\0alice@strict.example\0correct horse",
            "\0\0",
            "alice@strict.example",
            "\0alice@strict.example\0correct horse\0",
            "\0alice@strict.example\0" + "x".repeat(5000))) {
      assertThat(plain(response)).as(response).isInstanceOf(Step.Failure.class);
    }
    SaslServer server = servers.start("plain", TLS, false).orElseThrow();
    assertThat(server.respond(new byte[] {0, (byte) 0xff, 0, 'x'}))
        .isInstanceOf(Step.Failure.class);
  }

  @Test
  void plainWithoutInitialResponseGetsAnEmptyChallengeOnce() {
    SaslServer server = servers.start("PLAIN", TLS, false).orElseThrow();
    assertThat(server.respond(new byte[0])).isInstanceOf(Step.Challenge.class);
    assertThat(server.respond(new byte[0])).isInstanceOf(Step.Failure.class);
  }

  @Test
  void loginAsksForNameAndPassword() {
    SaslServer server = servers.start("LOGIN", TLS, false).orElseThrow();
    assertThat(words(server.respond(new byte[0]))).isEqualTo("Username:");
    assertThat(words(server.respond("alice@strict.example".getBytes(UTF_8))))
        .isEqualTo("Password:");
    assertThat(server.respond("correct horse".getBytes(UTF_8)))
        .isEqualTo(new Step.Success(ALICE.account()));
  }

  @Test
  void loginTakesTheNameAsInitialResponseAndRefusesAWrongPassword() {
    SaslServer server = servers.start("LOGIN", TLS, false).orElseThrow();
    assertThat(words(server.respond("alice@strict.example".getBytes(UTF_8))))
        .isEqualTo("Password:");
    assertThat(server.respond("wrong".getBytes(UTF_8)))
        .isEqualTo(new Step.Failure("alice@strict.example", "unknown account or wrong password"));
  }

  @Test
  void clientsChooseScramAndPlainOnlyOverTls() {
    SaslClients clients = new SaslClients();
    List<String> all = List.of("PLAIN", "scram-sha-256");
    assertThat(clients.choose(all, "a", "b", false).map(SaslClient::mechanism))
        .contains("SCRAM-SHA-256");
    assertThat(clients.choose(List.of("PLAIN"), "a", "b", false)).isEmpty();
    SaslClient plain = clients.choose(List.of("PLAIN"), "a", "b", true).orElseThrow();
    assertThat(plain.initial()).asString(UTF_8).isEqualTo("\0a\0b");
    assertThat(clients.choose(List.of("GSSAPI"), "a", "b", true)).isEmpty();
  }

  @Test
  void passwordsAreComparedComposedAndWithoutOddSpaces() {
    assertThat(OpaqueString.enforce("cafe\u0301\u00a0x")).contains("caf\u00e9 x");
    assertThat(OpaqueString.enforce("")).isEmpty();
    assertThat(OpaqueString.enforce("a\tb")).isEmpty();
    assertThat(OpaqueString.enforce("a\u00adb")).isEmpty();
    assertThat(OpaqueString.enforce("x".repeat(2000))).isEmpty();
  }

  private Step plain(String response) {
    return servers.start("PLAIN", TLS, false).orElseThrow().respond(response.getBytes(UTF_8));
  }

  private static String words(Step step) {
    return new String(((Step.Challenge) step).data(), UTF_8);
  }
}

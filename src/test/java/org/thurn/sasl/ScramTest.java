package org.thurn.sasl;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.thurn.time.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.name.Mailbox;
import org.thurn.sasl.SaslServer.Step;

class ScramTest {
  private static final Known ALICE = Known.of("alice@strict.example", "correct horse");
  private static final byte[] SECRET = "secret".getBytes(US_ASCII);
  private static final Optional<org.thurn.net.TlsSession> TLS =
      Optional.of(new FakeTls("one", true));
  private final SaslServers servers = new SaslServers(ALICE, SECRET, new FailedLogins(ALICE::canonical, false, Time.system()));

  @Test
  void theExchangeOfRfc7677IsReproducedByBothSides() {
    byte[] salt = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
    ScramKeys keys = ScramKeys.derive("pencil", salt, 4096);
    Mailbox account = Mailbox.of("user@strict.example");
    String serverNonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    SaslServer server =
        new ScramServer(
            false,
            Optional.empty(),
            serverNonce,
            _ -> new ScramServer.Offer(Optional.of(account), keys));
    SaslClient client = new ScramClient("user", "pencil", "rOprNGfwEbeRWgbNEkqO");

    assertThat(client.initial()).asString(UTF_8).isEqualTo("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
    String first = challenge(server.respond(client.initial()));
    assertThat(first)
        .isEqualTo(
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
    String last = response(client.challenge(first.getBytes(UTF_8)));
    assertThat(last)
        .isEqualTo(
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
    String verifier = challenge(server.respond(last.getBytes(UTF_8)));
    assertThat(verifier).isEqualTo("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    assertThat(client.complete()).isFalse();
    assertThat(response(client.challenge(verifier.getBytes(UTF_8)))).isEmpty();
    assertThat(client.complete()).isTrue();
    assertThat(server.respond(new byte[0])).isEqualTo(new Step.Success(account));
  }

  @Test
  void aWrongPasswordFails() {
    SaslServer server = servers.start("SCRAM-SHA-256", TLS, false).orElseThrow();
    SaslClient client = new ScramClient(ALICE.account().toString(), "wrong horse", "abc");
    byte[] first = bytes(server.respond(client.initial()));
    Step end = server.respond(response(client.challenge(first)).getBytes(UTF_8));
    assertThat(end)
        .isEqualTo(
            new Step.Failure(ALICE.account().toString(), "unknown account or wrong password"));
  }

  @Test
  void anUnknownNameLooksLikeAKnownOneUntilTheProof() {
    String once = firstChallenge("nobody@strict.example");
    String again = firstChallenge("nobody@strict.example");
    String other = firstChallenge("somebody@strict.example");
    assertThat(salt(once)).isEqualTo(salt(again)).isNotEqualTo(salt(other));
    assertThat(Base64.getDecoder().decode(salt(once))).hasSize(16);
  }

  @Test
  void anUnknownNameFailsAtTheProof() {
    SaslServer server = servers.start("SCRAM-SHA-256", TLS, false).orElseThrow();
    SaslClient client = new ScramClient("nobody@strict.example", "x", "abc");
    byte[] first = bytes(server.respond(client.initial()));
    Step end = server.respond(response(client.challenge(first)).getBytes(UTF_8));
    assertThat(end).isInstanceOf(Step.Failure.class);
  }

  @Test
  void plusBindsTheExchangeToItsTlsSession() {
    assertThat(plus(new FakeTls("one", true))).isInstanceOf(Step.Challenge.class);
    assertThat(plus(new FakeTls("another", true)))
        .isEqualTo(new Step.Failure(ALICE.account().toString(), "channel bindings do not match"));
  }

  /** The client's side of -PLUS over {@code seen}, against a server that sees the session "one". */
  private Step plus(FakeTls seen) {
    SaslServer server = servers.start("SCRAM-SHA-256-PLUS", TLS, false).orElseThrow();
    String gs2 = "p=tls-exporter,,";
    String bare = "n=" + ALICE.account() + ",r=abc";
    String first = challenge(server.respond((gs2 + bare).getBytes(UTF_8)));
    ByteArrayOutputStream binding = new ByteArrayOutputStream();
    binding.writeBytes(gs2.getBytes(UTF_8));
    binding.writeBytes(seen.exporter("EXPORTER-Channel-Binding", 32).orElseThrow());
    String without =
        "c="
            + Base64.getEncoder().encodeToString(binding.toByteArray())
            + ","
            + first.substring(0, first.indexOf(','));
    byte[] covered = (bare + "," + first + "," + without).getBytes(UTF_8);
    byte[] salted = ScramHash.hi(ALICE.password(), Base64.getDecoder().decode(salt(first)), 4096);
    byte[] clientKey = ScramHash.hmac(salted, "Client Key".getBytes(US_ASCII));
    byte[] proof = ScramHash.xor(clientKey, ScramHash.hmac(ScramHash.h(clientKey), covered));
    String last = without + ",p=" + Base64.getEncoder().encodeToString(proof);
    return server.respond(last.getBytes(UTF_8));
  }

  @Test
  void aClientThatThinksWeCannotBindWasLiedTo() {
    Step step = start("SCRAM-SHA-256", "y,,n=alice@strict.example,r=abc");
    assertThat(step)
        .isEqualTo(new Step.Failure("", "channel binding was stripped from our list: a downgrade"));
    SaslServer unbound =
        servers.start("SCRAM-SHA-256", Optional.of(new FakeTls("old", false)), false).orElseThrow();
    assertThat(unbound.respond("y,,n=alice@strict.example,r=abc".getBytes(UTF_8)))
        .isInstanceOf(Step.Challenge.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n",
        "n,",
        "n,,",
        "x,,n=a,r=abc",
        "n,b=a,n=a,r=abc",
        "n,,m=ext,n=a,r=abc",
        "n,,n=a=2Db,r=abc",
        "n,,n=,r=abc",
        "n,,n=a",
        "n,,n=a,r=",
        "n,,n=a,r=a b",
        "n,,r=abc,n=a",
        "p=tls-exporter,,n=a,r=abc"
      })
  void malformedFirstMessagesFail(String first) {
    assertThat(start("SCRAM-SHA-256", first)).isInstanceOf(Step.Failure.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"n,,n=a,r=abc", "p=tls-unique,,n=a,r=abc", "p=,,n=a,r=abc"})
  void plusNeedsTheBindingThatWeKnow(String first) {
    assertThat(start("SCRAM-SHA-256-PLUS", first)).isInstanceOf(Step.Failure.class);
  }

  @Test
  void aFinalMessageMustEchoHeaderAndNonce() {
    for (String last : List.of("c=eSws,r=%s,p=AAAA", "c=biws,r=x%s,p=AAAA", "c=biws,r=%s", "")) {
      SaslServer server = servers.start("SCRAM-SHA-256", TLS, false).orElseThrow();
      String first = challenge(server.respond("n,,n=a,r=abc".getBytes(UTF_8)));
      String nonce = first.substring(2, first.indexOf(','));
      Step step = server.respond(last.formatted(nonce).getBytes(UTF_8));
      assertThat(step).as(last).isInstanceOf(Step.Failure.class);
      assertThat(server.respond(new byte[0])).isInstanceOf(Step.Failure.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "r=other,s=AAAA,i=4096",
        "r=abc,s=AAAA,i=4096",
        "r=abcd,s=,i=4096",
        "r=abcd,s=AAAA,i=1000",
        "r=abcd,s=AAAA,i=999999999",
        "r=abcd,s=AAAA",
        "nonsense"
      })
  void aClientRefusesAServerThatBreaksTheRules(String first) {
    SaslClient client = new ScramClient("user", "pencil", "abc");
    assertThat(client.challenge(first.getBytes(UTF_8))).isInstanceOf(SaslClient.Step.Failure.class);
    assertThat(client.complete()).isFalse();
  }

  private Step start(String mechanism, String first) {
    return servers.start(mechanism, TLS, false).orElseThrow().respond(first.getBytes(UTF_8));
  }

  private String firstChallenge(String user) {
    return challenge(start("SCRAM-SHA-256", "n,,n=" + user + ",r=abc"));
  }

  private static String salt(String first) {
    return ScramMessage.parse(first).orElseThrow().at(1, 's').orElseThrow();
  }

  private static byte[] bytes(Step step) {
    return ((Step.Challenge) step).data();
  }

  private static String challenge(Step step) {
    return new String(bytes(step), UTF_8);
  }

  private static String response(SaslClient.Step step) {
    return new String(((SaslClient.Step.Response) step).data(), UTF_8);
  }
}

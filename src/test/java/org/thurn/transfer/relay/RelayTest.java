package org.thurn.transfer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thurn.journey.Event;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.queue.Outcome;
import org.thurn.queue.Outcome.Deferred;
import org.thurn.queue.Outcome.Failed;
import org.thurn.queue.Outcome.Relayed;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.smtp.client.ScriptedServer;
import org.thurn.tls.policy.Level;
import org.thurn.transfer.relay.RelaySettings.Limits;

/** Which server is tried when, and what its words become: RFC 5321 §5.1 and §4.2.1. */
@Timeout(30)
class RelayTest {
  static final String HELLO =
      """
      S: 220 mx
      C: EHLO relay.example
      S: 250-mx
      S: 250-8BITMIME
      S: 250 DSN
      """;
  static final String TAKES =
      HELLO
          + """
          C: MAIL FROM:<alice@strict.example>
          S: 250 ok
          C: RCPT TO:<bob@soft.example>
          S: 250 ok
          C: DATA
          S: 354 go
          C*: message
          S: 250 2.0.0 mine
          """;
  static final String QUIT = "C: QUIT\nS: 221 bye\n";
  private static final String MESSAGE = "Subject: x\r\n\r\nhello\r\n";

  private final RelayBench bench = new RelayBench();

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  private void twoHosts() {
    bench
        .dns
        .mx("soft.example", 10, "mx1.soft.example")
        .mx("soft.example", 20, "mx2.soft.example")
        .address("mx1.soft.example", "127.9.0.1")
        .address("mx2.soft.example", "127.9.0.2");
  }

  private static Relayed relayedBy(String host, String address) {
    return new Relayed(host, address, "250 2.0.0 mine", true);
  }

  private static Deferred later(String status, String reason, String host) {
    return new Deferred(EnhancedStatus.of(status), reason, Optional.of(host));
  }

  private static Failed never(String status, String reason, String host) {
    return new Failed(EnhancedStatus.of(status), reason, Optional.of(host));
  }

  @Test
  void goesToTheBestHostAndSaysHow() throws Exception {
    twoHosts();
    ScriptedServer best = bench.server("127.9.0.1", TAKES + QUIT);
    bench.server("127.9.0.2", "C: never\n");

    List<Outcome> outcomes = bench.attempt(MESSAGE, "bob@soft.example");
    bench.relay().close();

    best.assertFollowed();
    assertThat(outcomes).containsExactly(relayedBy("mx1.soft.example", "127.9.0.1"));
    assertThat(bench.events())
        .anyMatch(e -> e instanceof Event.ConnectionOpened c && c.host().equals("mx1.soft.example"))
        .contains(new Event.CommandSent("RCPT TO:<bob@soft.example>"))
        .contains(new Event.ReplyReceived(250, "2.0.0 mine"));
    assertThat(bench.entries)
        .filteredOn(e -> e.event().equals(new Event.CommandSent("RCPT TO:<bob@soft.example>")))
        .allMatch(e -> e.recipient().isPresent() && e.session().isPresent());
  }

  @Test
  void aHostThatDoesNotAnswerIsPassedOver() throws Exception {
    twoHosts();
    ScriptedServer second = bench.server("127.9.0.2", TAKES + QUIT);

    assertThat(bench.attempt(MESSAGE, "bob@soft.example"))
        .containsExactly(relayedBy("mx2.soft.example", "127.9.0.2"));
    bench.relay().close();

    second.assertFollowed();
    assertThat(bench.events()).anyMatch(Event.ConnectionFailed.class::isInstance);
  }

  @Test
  void allAddressesOfAHostAreTried() throws Exception {
    bench
        .dns
        .mx("soft.example", 10, "mx.soft.example")
        .address("mx.soft.example", "127.9.0.1")
        .address("mx.soft.example", "127.9.0.2");
    bench.server("127.9.0.2", TAKES + QUIT);
    assertThat(bench.attempt(MESSAGE, "bob@soft.example"))
        .containsExactly(relayedBy("mx.soft.example", "127.9.0.2"));
  }

  @Test
  void theNumberOfAddressesIsBounded() throws Exception {
    bench.dns.mx("soft.example", 10, "mx.soft.example");
    for (int i = 1; i <= 20; i++) {
      bench.dns.address("mx.soft.example", "127.9.1." + i);
    }
    bench.server("127.9.0.2", "C: never\n"); // gives the port
    assertThat(bench.attempt(MESSAGE, "bob@soft.example")).hasOnlyElementsOfType(Deferred.class);
    assertThat(bench.events()).filteredOn(Event.ConnectionFailed.class::isInstance).hasSize(10);
  }

  @Test
  void aGreetingThatSaysLaterLeadsToTheNextHost() throws Exception {
    twoHosts();
    ScriptedServer first = bench.server("127.9.0.1", "S: 421 busy\nS!: close\n");
    bench.server("127.9.0.2", TAKES + QUIT);
    assertThat(bench.attempt(MESSAGE, "bob@soft.example"))
        .containsExactly(relayedBy("mx2.soft.example", "127.9.0.2"));
    first.assertFollowed();
  }

  @Test
  void onlyWhenAllHostsSayNeverItIsNever() throws Exception {
    twoHosts();
    bench.server("127.9.0.1", "S: 554 5.3.2 no mail here\n" + QUIT);
    bench.server("127.9.0.2", "S: 554 5.3.2 nor here\n" + QUIT);
    assertThat(bench.attempt(MESSAGE, "bob@soft.example"))
        .containsExactly(never("5.3.2", "554 5.3.2 no mail here", "mx1.soft.example"));
  }

  @Test
  void oneHostThatMayTakeItLaterIsHope() throws Exception {
    twoHosts();
    bench.server("127.9.0.1", "S: 451 4.3.0 later\n" + QUIT);
    bench.server("127.9.0.2", "S: 554 5.3.2 no mail here\n" + QUIT);
    assertThat(bench.attempt(MESSAGE, "bob@soft.example"))
        .containsExactly(later("4.3.0", "451 4.3.0 later", "mx1.soft.example"));
  }

  @Test
  void eachRecipientGetsItsOwnAnswerAndNoOtherHostIsAsked() throws Exception {
    twoHosts();
    ScriptedServer first =
        bench.server(
            "127.9.0.1",
            HELLO
                + """
                C: MAIL FROM:<alice@strict.example>
                S: 250 ok
                C: RCPT TO:<bob@soft.example>
                S: 250 ok
                C: RCPT TO:<nobody@soft.example>
                S: 550 5.1.1 no such user
                C: RCPT TO:<grey@soft.example>
                S: 450 4.2.0 greylisted
                C: DATA
                S: 354 go
                C*: message
                S: 250 2.0.0 mine
                """
                + QUIT);
    List<Outcome> outcomes =
        bench.attempt(MESSAGE, "bob@soft.example", "nobody@soft.example", "grey@soft.example");
    bench.relay().close();
    first.assertFollowed();
    assertThat(outcomes)
        .containsExactly(
            relayedBy("mx1.soft.example", "127.9.0.1"),
            never("5.1.1", "550 5.1.1 no such user", "mx1.soft.example"),
            later("4.2.0", "450 4.2.0 greylisted", "mx1.soft.example"));
  }

  @Test
  void aRefusedMessageIsRefusedForAll() throws Exception {
    twoHosts();
    bench.server("127.9.0.1", TAKES.replace("250 2.0.0 mine", "554 5.7.1 spam") + QUIT);
    assertThat(bench.attempt(MESSAGE, "bob@soft.example"))
        .containsExactly(never("5.7.1", "554 5.7.1 spam", "mx1.soft.example"));
  }

  @Test
  void aSenderDeferredByOneHostMayBeTakenByTheNext() throws Exception {
    twoHosts();
    bench.server(
        "127.9.0.1",
        HELLO
            + "C: MAIL FROM:<alice@strict.example>\nS: 452 4.3.1 disk full\nC: RSET\nS: 250 ok\n");
    bench.server("127.9.0.2", TAKES + QUIT);
    assertThat(bench.attempt(MESSAGE, "bob@soft.example"))
        .containsExactly(relayedBy("mx2.soft.example", "127.9.0.2"));
  }

  @Test
  void aConnectionThatBreaksBeforeTheEndLeadsToTheNextHost() throws Exception {
    twoHosts();
    bench.server("127.9.0.1", HELLO + "C: MAIL FROM:<alice@strict.example>\nS!: close\n");
    bench.server("127.9.0.2", TAKES + QUIT);
    assertThat(bench.attempt(MESSAGE, "bob@soft.example"))
        .containsExactly(relayedBy("mx2.soft.example", "127.9.0.2"));
  }

  @Test
  void silenceAfterTheMessageIsNotTriedElsewhere() throws Exception {
    twoHosts();
    bench.server("127.9.0.1", TAKES.replace("S: 250 2.0.0 mine\n", "S!: close\n"));
    ScriptedServer second = bench.server("127.9.0.2", TAKES);
    assertThat(bench.attempt(MESSAGE, "bob@soft.example"))
        .singleElement()
        .isInstanceOfSatisfying(
            Deferred.class, d -> assertThat(d.status()).isEqualTo(EnhancedStatus.of("4.4.2")));
    assertThat(second.messages()).isEmpty();
  }

  @Test
  void mailConnectsFromTheConfiguredAddress() throws Exception {
    twoHosts();
    bench.server("127.9.0.1", TAKES + QUIT);
    bench.tuning = s -> s.at(s.port(), List.of(IpAddress.of("127.9.0.77")));
    assertThat(bench.attempt(MESSAGE, "bob@soft.example")).hasOnlyElementsOfType(Relayed.class);
    assertThat(bench.events())
        .anyMatch(
            e -> e instanceof Event.ConnectionOpened c && c.localAddress().equals("127.9.0.77"));
  }

  @Test
  void anAddressLiteralIsItsOwnHost() throws Exception {
    bench.server("127.9.0.1", TAKES.replace("bob@soft.example", "bob@[127.9.0.1]") + QUIT);
    assertThat(bench.attempt(MESSAGE, "bob@[127.9.0.1]"))
        .containsExactly(relayedBy("[127.9.0.1]", "127.9.0.1"));
  }

  @Test
  void ourOwnAddressBehindAnotherNameIsALoop() throws Exception {
    twoHosts();
    bench.server("127.9.0.1", "C: never\n");
    bench.tuning = s -> s.known(java.util.Set.of(), java.util.Set.of(IpAddress.of("127.9.0.1")));
    assertThat(bench.attempt(MESSAGE, "bob@soft.example"))
        .singleElement()
        .isInstanceOfSatisfying(
            Failed.class, f -> assertThat(f.status()).isEqualTo(EnhancedStatus.of("5.4.6")));
  }

  @Test
  void aDomainWithNeitherMxNorAddressFails() throws Exception {
    bench.dns.empty("soft.example");
    assertThat(bench.attempt(MESSAGE, "bob@soft.example"))
        .singleElement()
        .isInstanceOfSatisfying(
            Failed.class, f -> assertThat(f.status()).isEqualTo(EnhancedStatus.of("5.1.2")));
  }

  @Test
  void aServerThatDripsIsGivenUpWhenTheAttemptIsOver() throws Exception {
    twoHosts();
    bench.server("127.9.0.1", "S!: raw 220-\\r\\n\nC: never\n");
    bench.tuning =
        s -> s.with(new Limits(5, 10, Duration.ofMillis(300), 5, 100, Duration.ofSeconds(5), 9, 9));
    assertThat(bench.attempt(MESSAGE, "bob@soft.example")).hasOnlyElementsOfType(Deferred.class);
  }

  @Test
  void aSmarthostTakesAllAndWantsAuth() throws Exception {
    ScriptedServer smarthost =
        bench.server(
            "127.9.0.3",
            """
            S: 220 smart
            C: EHLO relay.example
            S: 250-smart
            S: 250-DSN
            S: 250 AUTH PLAIN
            C: AUTH PLAIN AGFsaWNlAHNlY3JldA==
            S: 235 2.7.0 welcome
            """
                + TAKES.substring(HELLO.length())
                + QUIT);
    bench.dns.address("smart.example", "127.9.0.3");
    bench.tuning =
        s ->
            s.with(
                new Routes(
                    List.of(),
                    new Route.Via(
                        Domain.of("smart.example"),
                        s.port(),
                        false,
                        Level.OPPORTUNISTIC,
                        Optional.of(new Credentials("alice", "secret")))));
    assertThat(bench.attempt(MESSAGE, "bob@soft.example"))
        .containsExactly(relayedBy("smart.example", "127.9.0.3"));
    bench.relay().close();
    smarthost.assertFollowed();
    assertThat(bench.events().toString()).doesNotContain("secret", "AGFs");
  }

  @Test
  void aRefusedLoginIsNoReasonToBounce() throws Exception {
    bench.server(
        "127.9.0.3",
        """
        S: 220 smart
        C: EHLO relay.example
        S: 250-smart
        S: 250 AUTH PLAIN
        C: AUTH PLAIN AGFsaWNlAHNlY3JldA==
        S: 535 5.7.8 no
        """
            + QUIT);
    bench.dns.address("smart.example", "127.9.0.3");
    bench.tuning =
        s ->
            s.with(
                new Routes(
                    List.of(
                        new Routes.Rule(
                            Domain.of("soft.example"),
                            false,
                            new Route.Via(
                                Domain.of("smart.example"),
                                s.port(),
                                false,
                                Level.NONE,
                                Optional.of(new Credentials("alice", "secret"))))),
                    Route.Mx.INSTANCE));
    assertThat(bench.attempt(MESSAGE, "bob@soft.example"))
        .containsExactly(later("4.7.8", "535 5.7.8 no", "smart.example"));
  }
}

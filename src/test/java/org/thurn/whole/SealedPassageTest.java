package org.thurn.whole;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.dmarc.LocalPolicy;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.server.Settings;
import org.thurn.testing.Programs;
import org.thurn.transfer.policy.PolicyPage;
import org.thurn.whole.SmallInternet.Character;

/**
 * A server forwards by an alias what only SPF proves, and seals it. One of the next believes its
 * seals and takes the message although DMARC fails there; the other does not.
 */
@Timeout(120)
class SealedPassageTest {
  private static final Mailbox ANNA = Mailbox.of("anna@list.example");
  private static final Mailbox BOB = Mailbox.of("bob@c.example");
  private static final Mailbox CAROL = Mailbox.of("carol@d.example");
  private static final String MESSAGE =
      "From: alice@a.example\r\nTo: bob@list.example\r\nSubject: Grüße\r\n\r\nhello  \r\n\r\n";
  private static final String ZONE =
      """
      a.example. 60 IN MX 10 mx.a.example.
      a.example. 60 IN TXT "v=spf1 ip4:127.0.0.1 -all"
      _dmarc.a.example. 60 IN TXT "v=DMARC1; p=reject"
      mx.a.example. 60 IN A 127.26.0.9
      list.example. 60 IN MX 10 mx.list.example.
      mx.list.example. 60 IN A 127.26.0.1
      c.example. 60 IN MX 10 mx.c.example.
      mx.c.example. 60 IN A 127.26.0.2
      d.example. 60 IN MX 10 mx.d.example.
      mx.d.example. 60 IN A 127.26.0.3
      """;

  @TempDir static Path folder;
  private static SmallInternet internet;
  private static SmallInternet.Host list;
  private static SmallInternet.Host trusting;
  private static SmallInternet.Host other;

  @BeforeAll
  static void open() throws Exception {
    internet = new SmallInternet(folder, ZONE);
    Character usual = new Character(Map.of(), List.of(), 1_000, Settings.Queue.USUAL);
    Set<DomainName> sealers = Set.of(DomainName.of("list.example"));
    PolicyPage page =
        new PolicyPage(PolicyPage.DEFAULT.usual(), List.of(), LocalPolicy.DEFAULT, sealers);
    Settings.Arc seals = new Settings.Arc(true, Optional.of(Domain.of("list.example")));
    list = internet.host("mx.list.example", "127.26.0.1", usual.sealing(seals));
    trusting = internet.host("mx.c.example", "127.26.0.2", usual.judging(page));
    other = internet.host("mx.d.example", "127.26.0.3", usual);
    list.account(ANNA);
    trusting.account(BOB);
    other.account(CAROL);
    alias("bob@list.example", BOB);
    alias("carol@list.example", CAROL);
    list.inside().keepKeys();
  }

  private static void alias(String address, Mailbox target) {
    list.inside().directory().changes().setAlias(Mailbox.of(address), List.of(target), "test");
  }

  @AfterAll
  static void close() throws Exception {
    internet.close();
  }

  /** From a host that may send for {@code a.example}; the queue's id. */
  private static String send(String to) throws Exception {
    try (Talker talker = Talker.to(list.smtp())) {
      String reply = talker.send("<alice@a.example> BODY=8BITMIME SMTPUTF8", List.of(to), MESSAGE);
      assertThat(reply).startsWith("250 ");
      return reply.substring(reply.lastIndexOf(' ') + 1);
    }
  }

  private static String forwarded() throws Exception {
    int before = trusting.inbox(BOB).size();
    String id = send("<bob@list.example>");
    String message = trusting.mailAfter(before, BOB);
    assertThat(list.journey(id)).anyMatch(event -> event.contains("ArcSealed[domain=list.example"));
    return message;
  }

  @Test
  void whoTrustsTheSealerTakesIt() throws Exception {
    String message = forwarded();
    String header = message.substring(0, message.indexOf("\r\n\r\n")).replaceAll("\r\n[ \t]+", " ");
    String own =
        header
            .lines()
            .filter(line -> line.startsWith("Authentication-Results: mx.c.example"))
            .findFirst()
            .orElseThrow();
    assertThat(own).contains("arc=pass", "dmarc=fail", "spf=fail");
    String told =
        header
            .lines()
            .filter(line -> line.startsWith("ARC-Authentication-Results: i=1; mx.list.example"))
            .findFirst()
            .orElseThrow();
    assertThat(told).contains("spf=pass", "dmarc=pass");
    assertThat(header).doesNotContain("X-Authentication-Warning");
  }

  @Test
  void whoDoesNotTrustItRefusesIt() throws Exception {
    String id = send("<carol@list.example>");
    SmallInternet.await(
        () -> list.journey(id).stream().anyMatch(event -> event.contains("Bounced[")),
        () -> "not refused: " + list.journey(id));
    assertThat(list.journey(id)).anyMatch(event -> event.contains("policy of a.example"));
    assertThat(other.inbox(CAROL)).isEmpty();
  }

  @Test
  void dkimpyAcceptsTheSeal() throws Exception {
    Path python = Programs.requireFile(Path.of("/usr/bin/python3"));
    for (String needed : List.of("dkim", "dns", "authres")) {
      Programs.requireFile(Path.of("/usr/lib/python3/dist-packages", needed));
    }
    String message = forwarded();
    String changed = message.replace("hello", "Hello");
    Path key = folder.resolve("unused.pem");
    Files.writeString(key, DkimKey.generate(Algorithm.RSA_SHA256).toPem());
    InetSocketAddress dns = internet.dns;
    Programs.Ran ran =
        Programs.run(
            Duration.ofMinutes(1),
            "V " + hex(message) + "\nV " + hex(changed) + "\n",
            List.of(
                python.toString(),
                "src/test/resources/arc/dkimpy.py",
                String.valueOf(dns.getPort()),
                key.toString()));
    assertThat(ran.exitCode()).as(ran.output()).isZero();
    List<String> answers = ran.output().lines().toList();
    assertThat(answers.get(0)).startsWith("pass ");
    assertThat(answers.get(1)).startsWith("fail ");
  }

  private static String hex(String message) {
    return HexFormat.of().formatHex(message.getBytes(UTF_8));
  }
}

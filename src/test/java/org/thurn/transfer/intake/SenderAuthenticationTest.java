package org.thurn.transfer.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.authentication.arc.ArcSealer;
import org.thurn.authentication.arc.ChainValidation;
import org.thurn.authentication.arc.Sealing;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.DkimSigner;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.authentication.dkim.SigningSettings;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.dmarc.LocalPolicy;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.authentication.results.MethodResult;
import org.thurn.authentication.results.ResultsParser;
import org.thurn.dns.Resolver;
import org.thurn.journey.Event;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.name.Domain;
import org.thurn.smtp.Reply;
import org.thurn.time.Time;
import org.thurn.transfer.policy.Action;
import org.thurn.transfer.policy.Finding;
import org.thurn.transfer.policy.PolicyPage;

class SenderAuthenticationTest {
  private static final String TO = "<alice@ours.example>";
  private static final String MESSAGE =
      "From: x@away.example\nTo: alice@ours.example\nSubject: hi\n\nHello.\n";

  @TempDir private Path state;
  private final DkimKey key = DkimKey.generate(Algorithm.ED25519_SHA256);
  private IntakeFixture house;

  @BeforeEach
  void open() {
    house = new IntakeFixture(state);
    check(PolicyPage.DEFAULT);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private void check(PolicyPage page) {
    house.check(page);
  }

  private void check(PolicyPage page, Resolver resolver) {
    house.check(page, resolver);
  }

  private static PolicyPage page(Finding finding, Action action) {
    return new PolicyPage(Map.of(finding, action), List.of(), LocalPolicy.DEFAULT, Set.of());
  }

  /** Of the author's domain over the message. */
  private String signature() throws Exception {
    DkimSigner signer =
        new DkimSigner(
            List.of(new SigningKey(Domain.of("away.example"), "k", key)),
            SigningSettings.DEFAULT,
            Time.system(),
            Cryptography.platform());
    Headers headers = Headers.parse(inCrlf(MESSAGE).getBytes(UTF_8), MessageLimits.DEFAULT);
    HeaderField field = signer.sign(headers, "Hello.\r\n".getBytes(UTF_8)).getFirst();
    return field.toString().replace("\r", "");
  }

  private static String inCrlf(String text) {
    return text.replace("\n", "\r\n");
  }

  private Reply send(String from, String message) {
    return house.talk(house.smtp()).send(from, TO, message);
  }

  private AuthenticationResults results() throws Exception {
    Headers headers =
        Headers.parse(house.queue.last().message().getBytes(UTF_8), MessageLimits.DEFAULT);
    HeaderField top = headers.fields().getFirst();
    assertThat(top.name()).isEqualTo(AuthenticationResults.NAME);
    AuthenticationResults results = ResultsParser.parse(top);
    assertThat(results.authservId()).isEqualTo("mx.ours.example");
    return results;
  }

  private Event.AuthenticationJudged judged() {
    return house.noted(Event.AuthenticationJudged.class).getLast();
  }

  @Test
  void whatTheAuthorsHostSendsPasses() throws Exception {
    house.dns.txt("away.example", "v=spf1 ip4:" + IntakeFixture.CLIENT + " -all");
    house.dns.txt("_dmarc.away.example", "v=DMARC1; p=reject");

    assertThat(send("<x@away.example>", MESSAGE).code()).isEqualTo(250);

    assertThat(results().first("spf").orElseThrow().result()).isEqualTo("pass");
    assertThat(results().first("spf").orElseThrow().value("smtp", "mailfrom"))
        .hasValue("x@away.example");
    assertThat(results().first("dmarc").orElseThrow().result()).isEqualTo("pass");
    assertThat(results().first("dmarc").orElseThrow().value("header", "from"))
        .hasValue("away.example");
    assertThat(house.queue.last().message()).endsWith("\r\n" + inCrlf(MESSAGE));
    assertThat(judged().action()).isEqualTo("accept");
    assertThat(house.noted(Event.SpfChecked.class).getLast().directive())
        .isEqualTo("ip4:" + IntakeFixture.CLIENT);
    assertThat(house.noted(Event.DnsAnswered.class))
        .extracting(Event.DnsAnswered::purpose)
        .contains("spf mailfrom", "dmarc");
  }

  @Test
  void aSignatureOfTheAuthorsDomainPassesWhoeverBringsIt() throws Exception {
    house.dns.txt("_dmarc.away.example", "v=DMARC1; p=reject");
    house.dns.txt("k._domainkey.away.example", key.record(Set.of()).toString());
    String signature = signature();

    assertThat(send("<list@list.example>", signature + MESSAGE).code()).isEqualTo(550);
    house.dns.mx("list.example", "mx.list.example");
    assertThat(send("<list@list.example>", signature + MESSAGE).code()).isEqualTo(250);

    assertThat(results().first("dkim").orElseThrow().value("header", "d")).hasValue("away.example");
    assertThat(results().first("dmarc").orElseThrow().isPass()).isTrue();
    assertThat(
            send("<list@list.example>", signature + MESSAGE.replace("Hello", "Pay me")).toString())
        .startsWith("550 5.7.1")
        .contains("away.example");
    assertThat(house.noted(Event.DkimChecked.class).getLast().result()).isEqualTo("fail");
  }

  @Test
  void theAuthorsPolicyIsDone() throws Exception {
    house.dns.txt("_dmarc.away.example", "v=DMARC1; p=reject");
    Reply refused = send("<x@away.example>", MESSAGE);
    assertThat(refused.toString()).startsWith("550 5.7.1").contains("policy of away.example");
    assertThat(judged())
        .extracting(Event.AuthenticationJudged::action, Event.AuthenticationJudged::rule)
        .containsExactly("reject", "dmarc");

    house.dns.txt("_dmarc.away.example", "v=DMARC1; p=quarantine");
    assertThat(send("<x@away.example>", MESSAGE).code()).isEqualTo(250);
    assertThat(house.queue.last().envelope().junk()).isTrue();
    assertThat(house.queue.last().message())
        .startsWith("X-Authentication-Warning: mx.ours.example: ");

    house.dns.txt("_dmarc.away.example", "v=DMARC1; p=none");
    assertThat(send("<x@away.example>", MESSAGE).code()).isEqualTo(250);
    assertThat(house.queue.last().envelope().junk()).isFalse();
    assertThat(results().first("dmarc").orElseThrow().result()).isEqualTo("fail");
  }

  @Test
  void aForwarderWhomWeTrustVouches() throws Exception {
    house.dns.txt("_dmarc.away.example", "v=DMARC1; p=reject");
    house.dns.mx("list.example", "mx.list.example");
    house.dns.txt("k._domainkey.list.example", key.record(Set.of()).toString());
    String changed = MESSAGE.replace("Subject: hi", "Subject: [list] hi");
    String saysPass = sealed(changed, "pass") + changed;
    String saysFail = sealed(changed, "fail") + changed;

    assertThat(send("<list@list.example>", saysPass).code()).isEqualTo(550);
    Set<DomainName> trusted = Set.of(DomainName.of("list.example"));
    check(new PolicyPage(Map.of(), List.of(), LocalPolicy.DEFAULT, trusted));
    assertThat(send("<list@list.example>", saysPass).code()).isEqualTo(250);
    assertThat(results().first("arc").orElseThrow().isPass()).isTrue();
    assertThat(judged().reason()).contains("arc=pass by list.example");
    assertThat(send("<list@list.example>", saysFail).code()).isEqualTo(550);
    assertThat(send("<list@list.example>", saysPass.replace("Hello", "Pay me")).code())
        .isEqualTo(550);
  }

  /** The set of a list that says what DMARC found there. */
  private String sealed(String message, String dmarc) throws Exception {
    ArcSealer sealer =
        new ArcSealer(
            new SigningKey(Domain.of("list.example"), "k", key),
            SigningSettings.DEFAULT,
            Time.system(),
            Cryptography.platform());
    byte[] octets = inCrlf(message).getBytes(UTF_8);
    Headers headers = Headers.parse(octets, MessageLimits.DEFAULT);
    Sealing sealing = sealer.begin(headers);
    sealing.take(octets, headers.length(), octets.length - headers.length());
    AuthenticationResults found =
        AuthenticationResults.of("list.example", List.of(MethodResult.of("dmarc", dmarc)));
    StringBuilder fields = new StringBuilder();
    sealing.finish(ChainValidation.NONE, found).forEach(fields::append);
    return fields.toString().replace("\r", "");
  }

  @Test
  void roleAddressesAreReachedByThoseWhosePolicyFails() {
    house.dns.txt("_dmarc.away.example", "v=DMARC1; p=reject");
    IntakeFixture.Talk talk = house.talk(house.smtp());
    assertThat(talk.send("<x@away.example>", "<postmaster@ours.example>", MESSAGE).code())
        .isEqualTo(250);
    assertThat(house.queue.last().envelope().junk()).isTrue();
  }

  @Test
  void aDnsThatFailsIsNoWayPastAPolicy() throws Exception {
    house.dns.txt("_dmarc.away.example", "v=DMARC1; p=reject").broken("away.example");
    house.dns.mx("other.example", "mx.other.example").txt("other.example", "v=spf1 -all");
    house.dns.broken("k._domainkey.away.example");
    assertThat(send("<x@other.example>", signature() + MESSAGE).toString()).startsWith("451 4.7.1");
  }

  @Test
  void aSoftfailIsAnIndicationAndAFailAWarning() {
    house.dns.txt("away.example", "v=spf1 ~all");
    assertThat(send("<x@away.example>", MESSAGE).code()).isEqualTo(250);
    assertThat(judged().action()).isEqualTo("accept");

    house.dns.txt("away.example", "v=spf1 -all exp=why.away.example");
    house.dns.txt("why.away.example", "Not from %{i}");
    assertThat(send("<x@away.example>", MESSAGE).code()).isEqualTo(250);
    assertThat(judged())
        .extracting(Event.AuthenticationJudged::action, Event.AuthenticationJudged::rule)
        .containsExactly("mark", "spf-fail");
    assertThat(house.noted(Event.SpfChecked.class).getLast().explanation())
        .isEqualTo("Not from " + IntakeFixture.CLIENT);
  }

  @Test
  void thePageDecides() {
    house.dns.txt("away.example", "v=spf1 ~all");
    check(page(Finding.SPF_SOFTFAIL, Action.REJECT));
    assertThat(send("<x@away.example>", MESSAGE).toString()).startsWith("550 5.7.23");
    check(page(Finding.SPF_SOFTFAIL, Action.JUNK));
    assertThat(send("<x@away.example>", MESSAGE).code()).isEqualTo(250);
    assertThat(house.queue.last().envelope().junk()).isTrue();
    check(page(Finding.UNAUTHENTICATED, Action.GREYLIST));
    assertThat(send("<x@away.example>", MESSAGE).toString()).startsWith("451 4.7.1");
    house.now = house.now.plus(Duration.ofMinutes(6));
    assertThat(send("<x@away.example>", MESSAGE).code()).isEqualTo(250);
  }

  @Test
  void resultsOfSpfGetFieldsOfTheirOwnWhereTheyAreWanted() throws Exception {
    house.dns.txt("away.example", "v=spf1 -all");
    assertThat(send("<x@away.example>", MESSAGE).code()).isEqualTo(250);
    assertThat(house.queue.last().message()).doesNotContain("Received-SPF:");
    house.receivedSpf = true;
    check(PolicyPage.DEFAULT);
    assertThat(send("<x@away.example>", MESSAGE).code()).isEqualTo(250);
    String header = house.queue.last().message().replaceAll("\\r\\n[ \\t]", " ");
    assertThat(header)
        .containsPattern("\r\nReceived-SPF: fail .* identity=mailfrom; mechanism=-all\r\n")
        .containsPattern("\r\nReceived-SPF: none .* identity=helo\r\n");
    assertThat(header.indexOf("\r\nReceived-SPF: fail"))
        .isLessThan(header.indexOf("\r\nReceived: "));
  }

  @Test
  void resultsInOurNameAreTakenOut() throws Exception {
    String forged =
        "Authentication-Results: MX.ours.example; dmarc=pass header.from=away.example\n"
            + "Authentication-Results: mx.away.example; spf=pass\n";
    assertThat(send("<x@away.example>", forged + MESSAGE).code()).isEqualTo(250);
    String message = house.queue.last().message();
    assertThat(message).contains("Authentication-Results: mx.away.example; spf=pass\r\n");
    assertThat(message).doesNotContain("dmarc=pass");
    assertThat(results().first("dmarc").orElseThrow().result()).isEqualTo("none");
  }

  @Test
  void whoMayRelayIsNotAsked() throws Exception {
    house.trust("198.51.100.0/24");
    assertThat(send("<x@away.example>", MESSAGE).code()).isEqualTo(250);
    assertThat(house.noted(Event.SpfChecked.class)).isEmpty();
    assertThat(house.queue.last().message()).startsWith("Received: ");
  }

  @Test
  void whoDropsMessagesHasOneCheckedAtATime() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Resolver slow =
        (name, type) -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
          running.decrementAndGet();
          return house.dns.ask(name, type);
        };
    check(PolicyPage.DEFAULT, slow);
    IntakeFixture.Talk talk = house.talk(house.smtp());
    for (int i = 0; i < 10; i++) {
      assertThat(talk.mail("<x@away.example>").code()).isEqualTo(250);
      assertThat(talk.rcpt(TO).code()).isEqualTo(250);
      talk.reset();
    }
    assertThat(most).hasValueBetween(1, 2); // SPF of HELO and of MAIL FROM
  }

  @Test
  void aStrangersRecordsDoNotFillTheJournal() {
    StringBuilder record = new StringBuilder("v=spf1");
    for (int i = 0; i < 2_000; i++) {
      record.append(" ip4:203.0.113.").append(i % 250);
    }
    house.dns.txt("away.example", record + " -all");
    assertThat(send("<x@away.example>", MESSAGE).code()).isEqualTo(250);
    assertThat(house.noted(Event.DnsAnswered.class))
        .flatExtracting(Event.DnsAnswered::answers)
        .allMatch(text -> text.length() < 1_010)
        .anyMatch(text -> text.endsWith("..."));
  }

  @Test
  void nobodyMakesUsAskForMailThatWeRefuse() {
    house.talk(house.smtp()).send("<x@away.example>", "<nobody@ours.example>", MESSAGE);
    assertThat(house.noted(Event.DnsAnswered.class))
        .extracting(Event.DnsAnswered::purpose)
        .doesNotContain("spf mailfrom");
  }
}

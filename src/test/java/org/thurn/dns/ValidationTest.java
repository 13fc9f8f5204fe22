package org.thurn.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.dns.Answer.Status;

class ValidationTest {
  @TempDir Path directory;
  private final ManualTime time = new ManualTime();
  private Lab lab;
  private StubResolver resolver;

  @BeforeEach
  void serve() throws Exception {
    lab = new Lab(directory, time);
    resolver = lab.resolver();
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  @ParameterizedTest
  @CsvSource({
    "strict.example,             MX,    FOUND,        SECURE",
    "strict.example,             A,     NO_DATA,      SECURE",
    "strict.example,             SOA,   FOUND,        SECURE",
    "strict.example,             NS,    FOUND,        SECURE",
    "strict.example,             DS,    FOUND,        SECURE",
    "mx.strict.example,          A,     FOUND,        SECURE",
    "mx.strict.example,          AAAA,  FOUND,        SECURE",
    "mx.strict.example,          DS,    NO_DATA,      SECURE",
    "_25._tcp.mx.strict.example, TLSA,  FOUND,        SECURE",
    "_26._tcp.mx.strict.example, TLSA,  NO_SUCH_NAME, SECURE",
    "_tcp.mx.strict.example,     TLSA,  NO_DATA,      SECURE",
    "empty.strict.example,       A,     NO_DATA,      SECURE",
    "nope.strict.example,        MX,    NO_SUCH_NAME, SECURE",
    "a.b.c.nope.strict.example,  MX,    NO_SUCH_NAME, SECURE",
    "www.strict.example,         A,     FOUND,        SECURE",
    "www.strict.example,         CNAME, FOUND,        SECURE",
    "www.strict.example,         TXT,   NO_DATA,      SECURE",
    "dangling.strict.example,    A,     NO_SUCH_NAME, SECURE",
    "untyped.strict.example,     A,     NO_DATA,      SECURE",
    "out.strict.example,         A,     FOUND,        INSECURE",
    "out.strict.example,         MX,    NO_DATA,      INSECURE",
    "x.wild.strict.example,      A,     FOUND,        SECURE",
    "x.y.wild.strict.example,    A,     FOUND,        SECURE",
    "x.wild.strict.example,      MX,    NO_DATA,      SECURE",
    "wild.strict.example,        A,     NO_DATA,      SECURE",
    "x.alias.strict.example,     A,     FOUND,        SECURE",
    "x.alias.strict.example,     TLSA,  NO_DATA,      SECURE",
    "nomail.strict.example,      MX,    FOUND,        SECURE",
    "web3.strict.example,        HTTPS, FOUND,        SECURE",
    "plain.example,              MX,    FOUND,        INSECURE",
    "plain.example,              DS,    NO_DATA,      SECURE",
    "plain.example,              A,     NO_DATA,      INSECURE",
    "nope.plain.example,         A,     NO_SUCH_NAME, INSECURE",
    "alias.plain.example,        A,     FOUND,        INSECURE",
    "example,                    MX,    NO_DATA,      SECURE",
    "nope.example,               A,     NO_SUCH_NAME, SECURE",
    "nope,                       A,     NO_SUCH_NAME, SECURE",
    "'',                         NS,    FOUND,        SECURE",
    "'',                         A,     NO_DATA,      SECURE",
    "1.0.25.127.in-addr.arpa,    PTR,   FOUND,        SECURE",
    "2.0.25.127.in-addr.arpa,    PTR,   NO_SUCH_NAME, SECURE",
    "in-addr.arpa,               PTR,   NO_DATA,      SECURE",
  })
  void provesWhatItAnswers(String name, RecordType type, Status status, Security security) {
    Answer answer = resolver.ask(new DnsName(name), type);

    assertThat(answer)
        .as(answer.toString())
        .returns(status, Answer::status)
        .returns(security, Answer::security)
        .returns("", Answer::explanation);
  }

  @ParameterizedTest
  @CsvSource({
    "strict.example, MX",
    "strict.example, A",
    "nope.strict.example, A",
    "x.wild.strict.example, A",
    "www.strict.example, A",
  })
  void spoiltSignaturesAreBogusAndWithheld(String name, RecordType type) {
    lab.server.disturb((n, t) -> treatIf(n.endsWith("strict.example.") && !t.equals("DS")));

    Answer answer = resolver.ask(new DnsName(name), type);

    assertThat(answer)
        .returns(Status.TEMPORARY_FAILURE, Answer::status)
        .returns(Security.BOGUS, Answer::security)
        .returns(Duration.ZERO, Answer::ttl);
    assertThat(answer.records()).isEmpty();
    assertThat(answer.explanation()).startsWith("DNSSEC: ");
  }

  private static Disturbance.Treatment treatIf(boolean disturbed) {
    return disturbed ? Disturbance.Treatment.BREAK_SIGNATURES : Disturbance.Treatment.NORMAL;
  }

  @Test
  void aBrokenChainIsForgottenOnceItIsMended() {
    lab.server.disturb((n, t) -> treatIf(t.equals("DNSKEY")));
    assertThat(resolver.ask(Lab.STRICT, RecordType.MX).security()).isEqualTo(Security.BOGUS);

    lab.server.disturb(Disturbance.NONE);
    time.pause(Duration.ofSeconds(2));

    assertThat(resolver.ask(Lab.STRICT, RecordType.MX).security()).isEqualTo(Security.SECURE);
  }

  @ParameterizedTest
  @CsvSource({"DS, DROP", "DNSKEY, DROP", "DS, SERVFAIL", "DNSKEY, SERVFAIL"})
  void whoeverSuppressesTheChainDoesNotMakeAnAnswerInsecure(
      String hidden, Disturbance.Treatment how) throws Exception {
    StubResolver impatient =
        new StubResolver(
            ResolverSettings.of(lab.address())
                .withTrustAnchor(lab.anchor)
                .withTimeout(Duration.ofMillis(100)),
            time);
    lab.server.disturb((n, t) -> t.equals(hidden) ? how : Disturbance.Treatment.NORMAL);

    for (String name :
        new String[] {"strict.example", "nope.strict.example", "mx.strict.example"}) {
      for (RecordType type : new RecordType[] {RecordType.MX, RecordType.TLSA}) {
        Answer answer = impatient.ask(new DnsName(name), type);
        assertThat(answer.status()).as(name + " " + type).isEqualTo(Status.TEMPORARY_FAILURE);
        assertThat(answer.explanation()).isNotEmpty();
      }
    }
  }

  @Test
  void aWrongDsIsBogus() throws Exception {
    lab.tree.add("strict.example. DS 1 13 2 " + "ab".repeat(32));

    assertThat(resolver.ask(Lab.STRICT, RecordType.MX).security()).isEqualTo(Security.BOGUS);
  }

  @Test
  void unsignedRecordsInASignedZoneAreBogus() throws Exception {
    // Another tree of the same names, unsigned: what a forger without the key would serve.
    ZoneTree forged = ZoneTree.builder(time).unsigned(DnsName.ROOT).records(Lab.RECORDS).build();
    try (AuthoritativeServer forger =
        AuthoritativeServer.start(forged, java.util.List.of(Lab.loopback()), s -> {})) {
      StubResolver deceived =
          new StubResolver(
              ResolverSettings.of(forger.addresses().getFirst()).withTrustAnchor(lab.anchor), time);

      for (String name : new String[] {"strict.example", "nope.strict.example", "plain.example"}) {
        Answer answer = deceived.ask(new DnsName(name), RecordType.MX);
        assertThat(answer.security()).as(answer.toString()).isEqualTo(Security.BOGUS);
      }
    }
  }

  @Test
  void anExpiredSignatureIsBogusAndTheServerSignsAnewInTime() {
    assertThat(resolver.ask(Lab.STRICT, RecordType.MX).security()).isEqualTo(Security.SECURE);
    time.pause(Duration.ofDays(60));
    assertThat(resolver.ask(Lab.STRICT, RecordType.MX).security()).isEqualTo(Security.SECURE);
  }

  @Test
  void signaturesOfTheFutureAreBogus() throws Exception {
    ManualTime late = new ManualTime();
    late.pause(Duration.ofDays(31));
    StubResolver ahead =
        new StubResolver(ResolverSettings.of(lab.address()).withTrustAnchor(lab.anchor), late);

    Answer answer = ahead.ask(Lab.STRICT, RecordType.MX);

    assertThat(answer.security()).isEqualTo(Security.BOGUS);
  }

  @Test
  void withoutATrustAnchorNothingIsSecure() throws Exception {
    StubResolver trusting = new StubResolver(ResolverSettings.of(lab.address()), time);

    Answer answer = trusting.ask(Lab.STRICT, RecordType.MX);

    assertThat(answer)
        .returns(Status.FOUND, Answer::status)
        .returns(Security.INSECURE, Answer::security);
    assertThat(lab.served).noneMatch(Served::dnssec);
  }
}

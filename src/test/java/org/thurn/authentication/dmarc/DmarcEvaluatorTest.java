package org.thurn.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.time.Time;

class DmarcEvaluatorTest {
  @TempDir Path folder;

  private static FakeDns dns(String record) {
    return new FakeDns()
        .record("example.com", record)
        .exists("example.com")
        .exists("sub.example.com");
  }

  @ParameterizedTest
  @CsvSource({
    "p=reject, spf=pass:example.com, PASS",
    "p=reject, spf=pass:mail.example.com, PASS",
    "p=reject, spf=pass:MAIL.Example.Com., PASS",
    "p=reject; aspf=s, spf=pass:mail.example.com, FAIL",
    "p=reject; aspf=s, spf=pass:example.com, PASS",
    "p=reject; adkim=s, spf=pass:mail.example.com, PASS",
    "p=reject; adkim=s, dkim=pass:mail.example.com, FAIL",
    "p=reject, dkim=pass:mail.example.com, PASS",
    "p=reject, spf=pass:other.example, FAIL",
    "p=reject, spf=softfail:example.com, FAIL",
    "p=reject, dkim=fail:example.com, FAIL",
    "p=reject, dkim=policy:example.com, FAIL",
    "p=reject, dkim=temperror:example.com, TEMPERROR",
    "p=reject, dkim=temperror:mail.example.com, TEMPERROR",
    "p=reject, dkim=temperror:other.example, FAIL",
    "p=reject, spf=pass:notexample.com, FAIL",
    "p=reject, spf=pass:com, FAIL",
    "p=reject, 'spf=pass:not a domain', FAIL",
    "p=deny, spf=pass:example.com, PERMERROR",
    "p=deny; rua=mailto:a@example.com, spf=pass:example.com, PASS",
    "rua=mailto:a@example.com, spf=pass:other.example, FAIL",
  })
  void outcomes(String record, String identifier, DmarcOutcome outcome) {
    DmarcResult result = Judging.evaluate(dns("v=DMARC1; " + record), "example.com", identifier);
    assertThat(result.outcome()).as(result.reason()).isEqualTo(outcome);
  }

  @Test
  void oneOfManyIsEnough() {
    DmarcResult result =
        Judging.evaluate(
            dns("v=DMARC1; p=reject"),
            "example.com",
            "spf=fail:example.com",
            "dkim=pass:list.example",
            "dkim=temperror:example.com",
            "dkim=pass:news.example.com");
    assertThat(result.outcome()).isEqualTo(DmarcOutcome.PASS);
    assertThat(result.reason())
        .isEqualTo("DKIM pass for news.example.com, which belongs to example.com too");
    assertThat(result.requested()).isEqualTo(Policy.NONE);
    Evaluation evaluation = result.decisive().orElseThrow();
    assertThat(evaluation.passesBy(Alignment.Method.DKIM)).isTrue();
    assertThat(evaluation.passesBy(Alignment.Method.SPF)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, P, QUARANTINE",
    "sub.example.com, SP, NONE",
    "no.example.com, NP, REJECT",
  })
  void tags(String author, AppliedPolicy.Tag tag, Policy policy) {
    FakeDns dns = dns("v=DMARC1; p=quarantine; sp=none; np=reject");
    DmarcResult result = Judging.evaluate(dns, author, "spf=pass:other.example");
    assertThat(result.policy().orElseThrow().tag()).isEqualTo(tag);
    assertThat(result.policy().orElseThrow().at().text()).isEqualTo("example.com");
    assertThat(result.requested()).isEqualTo(policy);
    assertThat(result.organization()).contains(DomainName.of("example.com"));
  }

  @ParameterizedTest
  @CsvSource({"reject, QUARANTINE", "quarantine, NONE", "none, NONE"})
  void testing(String policy, Policy effective) {
    DmarcResult result = Judging.evaluate(dns("v=DMARC1; t=y; p=" + policy), "example.com");
    assertThat(result.requested()).isEqualTo(effective);
    assertThat(result.policy().orElseThrow().published().word()).isEqualTo(policy);
    assertThat(result.reason())
        .isEqualTo(
            "nothing vouches for example.com; p=%s of example.com holds, which it only tests"
                .formatted(policy));
  }

  @Test
  void twoOrganizationsOfOneName() {
    FakeDns dns =
        dns("v=DMARC1; p=reject")
            .record("branch.example.com", "v=DMARC1; p=none; psd=n")
            .record("com", "v=DMARC1; psd=y");
    assertThat(Judging.evaluate(dns, "example.com", "dkim=pass:x.branch.example.com").outcome())
        .isEqualTo(DmarcOutcome.FAIL);
    assertThat(Judging.evaluate(dns, "a.branch.example.com", "dkim=pass:example.com").outcome())
        .isEqualTo(DmarcOutcome.FAIL);
    assertThat(
            Judging.evaluate(dns, "a.branch.example.com", "dkim=pass:b.branch.example.com")
                .outcome())
        .isEqualTo(DmarcOutcome.PASS);
    assertThat(Judging.evaluate(dns, "a.org.com", "dkim=pass:b.org.com").outcome())
        .isEqualTo(DmarcOutcome.PASS);
    assertThat(Judging.evaluate(dns, "a.org.com", "dkim=pass:b.other.com").outcome())
        .isEqualTo(DmarcOutcome.FAIL);
  }

  @Test
  void failuresOfTheDns() {
    FakeDns silent = new FakeDns().silent("_dmarc.example.com");
    DmarcResult hidden = Judging.evaluate(silent, "example.com", "spf=pass:example.com");
    assertThat(hidden.outcome()).isEqualTo(DmarcOutcome.TEMPERROR);
    assertThat(hidden.policy()).isEmpty();

    FakeDns above =
        new FakeDns().record("a.example.com", "v=DMARC1; p=reject").silent("_dmarc.example.com");
    assertThat(Judging.evaluate(above, "a.example.com", "spf=pass:a.example.com").outcome())
        .isEqualTo(DmarcOutcome.PASS);
    assertThat(Judging.evaluate(above, "a.example.com", "spf=pass:b.example.com").outcome())
        .isEqualTo(DmarcOutcome.TEMPERROR);
    assertThat(Judging.evaluate(above, "a.example.com", "spf=pass:b.example").outcome())
        .isEqualTo(DmarcOutcome.FAIL);

    FakeDns existence = dns("v=DMARC1; p=none; np=reject").silent("no.example.com");
    assertThat(Judging.evaluate(existence, "no.example.com", "spf=pass:b.example").outcome())
        .isEqualTo(DmarcOutcome.TEMPERROR);
    assertThat(Judging.evaluate(existence, "no.example.com", "spf=pass:example.com").outcome())
        .isEqualTo(DmarcOutcome.PASS);
  }

  @Test
  void theListWhereItIsConfigured() throws Exception {
    Path file = Files.writeString(folder.resolve("list"), "com\n");
    DmarcSettings settings =
        new DmarcSettings(
            Optional.of(PublicSuffixes.load(file)),
            DmarcSettings.QUESTIONS,
            DmarcSettings.TIME,
            LocalPolicy.DEFAULT);
    FakeDns dns =
        new FakeDns()
            .record("example.com", "v=DMARC1; p=reject; np=quarantine; sp=none")
            .record("x.example.com", "v=DMARC1; p=none; psd=n")
            .exists("y.example.com");
    DmarcEvaluator evaluator = new DmarcEvaluator(dns, settings, Time.system());
    DmarcResult result =
        evaluator.evaluate(Judging.request("a.x.example.com", "dkim=pass:b.example.com"));
    assertThat(result.outcome()).isEqualTo(DmarcOutcome.PASS);
    assertThat(result.decisive().orElseThrow().method()).isEqualTo(DiscoveryMethod.PSL);
    assertThat(dns.asked)
        .containsExactly(
            "TXT _dmarc.a.x.example.com",
            "TXT _dmarc.example.com",
            "A a.x.example.com",
            "AAAA a.x.example.com",
            "MX a.x.example.com");
    assertThat(result.policy().orElseThrow().tag()).isEqualTo(AppliedPolicy.Tag.NP);
    assertThat(evaluator.evaluate(Judging.request("y.example.com")).policy().orElseThrow().tag())
        .isEqualTo(AppliedPolicy.Tag.SP);
  }

  private static AuthorDomains authors(String header) {
    byte[] octets = header.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    return AuthorDomains.of(Headers.parse(octets, MessageLimits.DEFAULT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "From: a@Example.com | example.com | NONE",
        "From: \"b@other.example\" <a@example.com> | example.com | NONE",
        "From: A <a@bücher.example> | xn--bcher-kva.example | NONE",
        "From: a@foo_bar.example.com | foo_bar.example.com | NONE",
        "From: a@example.com, b@EXAMPLE.com | example.com | NONE",
        "From: a@example.com, b@b.example | example.com b.example | SEVERAL_DOMAINS",
        "From: Group: a@example.com, b@b.example; | example.com b.example | SEVERAL_DOMAINS",
        "From: undisclosed:; | '' | NO_DOMAIN",
        "From: <> | '' | NO_DOMAIN",
        "From: a@[192.0.2.1] | '' | NO_DOMAIN",
        "From: a, b@example.com | example.com | UNREADABLE_ADDRESS",
        "To: a@example.com | '' | NO_FIELD",
      })
  void authorDomains(String header, String domains, AuthorDomains.Problem problem) {
    AuthorDomains authors = authors(header + "\n\n");
    assertThat(authors.domains().stream().map(DomainName::text))
        .containsExactly(domains.isEmpty() ? new String[0] : domains.split(" "));
    assertThat(authors.problem()).isEqualTo(problem);
  }

  @Test
  void theStrictestOfSeveralAuthors() {
    AuthorDomains authors =
        authors("From: a@free.example\nFrom: b@example.com, c@mild.example\n\n");
    assertThat(authors.problem()).isEqualTo(AuthorDomains.Problem.SEVERAL_FIELDS);
    FakeDns dns = dns("v=DMARC1; p=reject").record("mild.example", "v=DMARC1; p=none");
    DmarcResult result = Judging.evaluate(dns, Judging.request(authors, "spf=pass:mild.example"));
    assertThat(result.outcome()).isEqualTo(DmarcOutcome.FAIL);
    assertThat(result.author()).contains(DomainName.of("example.com"));
    assertThat(result.reason())
        .isEqualTo(
            "the message has several From fields; nothing vouches for example.com: SPF pass for"
                + " mild.example, which belongs to others; p=reject of example.com holds");
    assertThat(result.evaluations())
        .extracting(Evaluation::outcome)
        .containsExactly(DmarcOutcome.NONE, DmarcOutcome.FAIL, DmarcOutcome.PASS);
  }

  @Test
  void allOfSeveralAuthorsMustPass() {
    FakeDns dns = dns("v=DMARC1; p=reject");
    AuthorDomains both = authors("From: a@example.com, b@sub.example.com\n\n");
    assertThat(Judging.evaluate(dns, Judging.request(both, "dkim=pass:example.com")).outcome())
        .isEqualTo(DmarcOutcome.PASS);
    AuthorDomains other = authors("From: a@example.com, b@free.example\n\n");
    assertThat(Judging.evaluate(dns, Judging.request(other, "dkim=pass:example.com")).outcome())
        .isEqualTo(DmarcOutcome.NONE);
    AuthorDomains odd = authors("From: a, b@example.com\n\n");
    assertThat(Judging.evaluate(dns, Judging.request(odd, "dkim=pass:example.com")).outcome())
        .isEqualTo(DmarcOutcome.PERMERROR);
    DmarcResult nobody = Judging.evaluate(dns, Judging.request(authors("\n")));
    assertThat(nobody.outcome()).isEqualTo(DmarcOutcome.PERMERROR);
    assertThat(nobody.reason()).isEqualTo("the message has no From field");
  }

  @Test
  void answersAreKept() {
    DmarcResult result = Judging.evaluate(dns("v=DMARC1; p=none"), "example.com");
    assertThat(result.answers()).hasSize(2);
  }

  @Test
  void timeHasALimit() {
    DmarcSettings settings =
        new DmarcSettings(Optional.empty(), 3, Duration.ofSeconds(1), LocalPolicy.DEFAULT);
    FakeDns dns = new FakeDns();
    DmarcResult result =
        new DmarcEvaluator(dns, settings, Time.system())
            .evaluate(Judging.request("a.b.c.d.example"));
    assertThat(dns.asked).hasSize(3);
    assertThat(result.outcome()).isEqualTo(DmarcOutcome.TEMPERROR);
    assertThat(result.reason())
        .isEqualTo("after 3 questions we do not ask for TXT of _dmarc.d.example");
  }
}

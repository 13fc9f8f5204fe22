package org.thurn.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.dns.Answer;
import org.thurn.dns.RecordData;
import org.thurn.dns.Resolver;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.time.Time;

/** What a stranger's names, records and header can cost: questions, not seconds. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HostileDnsTest {
  /** Whatever is asked ends in a loop of CNAMEs, which the resolver gives up. */
  @Test
  void loops() {
    List<String> asked = new ArrayList<>();
    Resolver loops =
        (name, type) -> {
          asked.add(name.text());
          return FakeDns.answer(
              name, type, Answer.Status.TEMPORARY_FAILURE, List.of(), "its CNAMEs do not end");
        };
    DmarcResult result = Judging.evaluate(loops, "a.b.example.com", "spf=pass:c.example.com");
    assertThat(result.outcome()).isEqualTo(DmarcOutcome.TEMPERROR);
    assertThat(result.reason()).endsWith("its CNAMEs do not end");
    assertThat(asked).hasSize(1);
  }

  /** The most that one record can hold. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        ";",
        "; ",
        "=",
        "p=none;",
        "a=b;",
        ",",
        "x=\u00ff;",
        "rua=mailto:a@b.c,",
        "!",
        "fo=0:",
        " ",
        "mailto:a@example.com!1t,",
        "%41",
        ":"
      })
  void hugeRecords(String unit) {
    String rest = unit.repeat(65_000 / unit.length());
    for (String prefix : List.of("", "rua=", "fo=", "p=", "ruf=mailto:", "v=")) {
      FakeDns dns = new FakeDns().record("example.com", "v=DMARC1;" + prefix + rest);
      DmarcResult result = Judging.evaluate(dns, "example.com", "spf=fail:example.com");
      assertThat(result.reason()).hasSizeLessThan(1_000);
      result
          .policy()
          .map(AppliedPolicy::record)
          .ifPresent(
              record -> {
                assertThat(record.mistakes()).hasSizeLessThanOrEqualTo(20);
                assertThat(record.remarks()).hasSizeLessThanOrEqualTo(20);
                assertThat(record.mistakes()).allMatch(words -> words.length() < 400);
              });
    }
  }

  @Test
  void thousandsOfRecords() {
    List<RecordData> records = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      records.add(new RecordData.Txt(List.of("v=DMARC1; p=reject")));
    }
    Resolver dns = (name, type) -> FakeDns.answer(name, type, Answer.Status.FOUND, records, "");
    assertThat(Judging.evaluate(dns, "example.com").outcome()).isEqualTo(DmarcOutcome.NONE);
  }

  @Test
  void aThousandLabels() {
    FakeDns dns = new FakeDns();
    String labels = "a.".repeat(1_000) + "example.com";
    byte[] header = ("From: x@" + labels + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    AuthorDomains authors = AuthorDomains.of(Headers.parse(header, MessageLimits.DEFAULT));
    assertThat(authors.problem()).isEqualTo(AuthorDomains.Problem.NO_DOMAIN);
    Judging.evaluate(dns, Judging.request(authors, "spf=pass:" + labels, "dkim=pass:" + labels));
    assertThat(dns.asked).isEmpty();
    String most = "a.".repeat(121) + "example.com"; // 253 characters
    DmarcResult result = Judging.evaluate(dns, most, "dkim=pass:b." + most, "spf=pass:" + most);
    assertThat(result.outcome()).isEqualTo(DmarcOutcome.NONE);
    assertThat(dns.asked).hasSizeLessThanOrEqualTo(8);
  }

  /** Five authors of eight labels, a hundred signatures of as many domains for each. */
  @Test
  void theMostQuestions() {
    FakeDns dns = new FakeDns();
    List<DomainName> authors =
        IntStream.range(0, 5)
            .mapToObj(i -> DomainName.of("a.b.c.d.e.f.g.h.o" + i + ".example"))
            .toList();
    List<String> identifiers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      dns.record("o" + i + ".example", "v=DMARC1; p=none; np=reject");
      for (int j = 0; j < 100; j++) {
        identifiers.add("dkim=pass:x" + j + ".1.2.3.4.5.6.7.o" + i + ".example");
      }
    }
    DmarcRequest request =
        Judging.request(
            new AuthorDomains(authors, AuthorDomains.Problem.SEVERAL_DOMAINS),
            identifiers.toArray(String[]::new));
    DmarcResult result = Judging.evaluate(dns, request);
    assertThat(dns.asked).hasSizeLessThanOrEqualTo(DmarcSettings.QUESTIONS);
    assertThat(result.outcome()).isEqualTo(DmarcOutcome.PASS);
  }

  /** Only so many domains of signatures are looked up, if none of them is aligned. */
  @Test
  void signaturesOfManyBranches() {
    FakeDns dns = new FakeDns().record("example.com", "v=DMARC1; p=reject");
    String[] identifiers = new String[200];
    for (int i = 0; i < identifiers.length; i++) {
      identifiers[i] = "dkim=pass:b" + i + ".example.com";
      dns.record("b" + i + ".example.com", "v=DMARC1; psd=n");
    }
    DmarcResult result = Judging.evaluate(dns, "example.com", identifiers);
    assertThat(dns.asked).hasSize(2 + AuthorEvaluation.MAX_WALKS);
    assertThat(result.outcome()).isEqualTo(DmarcOutcome.TEMPERROR);
    assertThat(LocalPolicy.DEFAULT.decide(result, Optional.empty()))
        .isInstanceOf(Disposition.Defer.class);
  }

  /** A DNS that takes its time is asked no longer than is allowed. */
  @Test
  void slowness() {
    Slow time = new Slow();
    FakeDns dns = new FakeDns();
    Resolver slow =
        (name, type) -> {
          time.pause(Duration.ofSeconds(9));
          return dns.ask(name, type);
        };
    DmarcResult result =
        new DmarcEvaluator(slow, DmarcSettings.DEFAULT, time)
            .evaluate(Judging.request("a.b.c.d.e.example"));
    assertThat(dns.asked).hasSize(3);
    assertThat(result.outcome()).isEqualTo(DmarcOutcome.TEMPERROR);
    assertThat(result.reason()).startsWith("after 20 s we do not ask for TXT of _dmarc.");
  }

  @Test
  void aHeaderOfManyAuthors() {
    StringBuilder header = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      header.append("From: x@d").append(i).append(".example, y@e").append(i).append(".example\r\n");
    }
    byte[] octets = header.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    AuthorDomains authors = AuthorDomains.of(Headers.parse(octets, MessageLimits.DEFAULT));
    assertThat(authors.domains()).hasSize(AuthorDomains.MAX_DOMAINS);
    assertThat(authors.problem()).isEqualTo(AuthorDomains.Problem.TOO_MANY_DOMAINS);
  }

  private static final class Slow implements Time {
    private Duration passed = Duration.ZERO;

    @Override
    public Instant now() {
      return Instant.EPOCH.plus(passed);
    }

    @Override
    public long ticks() {
      return passed.toNanos();
    }

    @Override
    public void pause(Duration duration) {
      passed = passed.plus(duration);
    }
  }
}

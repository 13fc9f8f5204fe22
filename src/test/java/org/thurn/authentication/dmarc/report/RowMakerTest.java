package org.thurn.authentication.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.authentication.dmarc.AuthenticationCode;
import org.thurn.authentication.dmarc.AuthorDomains;
import org.thurn.authentication.dmarc.Disposition;
import org.thurn.authentication.dmarc.DkimInput;
import org.thurn.authentication.dmarc.DmarcEvaluator;
import org.thurn.authentication.dmarc.DmarcRequest;
import org.thurn.authentication.dmarc.DmarcResult;
import org.thurn.authentication.dmarc.DmarcSettings;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.dmarc.FakeDns;
import org.thurn.authentication.dmarc.LocalPolicy;
import org.thurn.authentication.dmarc.SpfInput;
import org.thurn.name.IpAddress;
import org.thurn.time.Time;

class RowMakerTest {
  private static final RowMaker MAKER =
      new RowMaker(IpAddress.of("192.0.2.1"), "bounce.example.com", Optional.of("r.example"));

  private static Optional<ReportRow> row(String record, SpfInput spf, List<DkimInput> dkim) {
    FakeDns dns = new FakeDns().record("example.com", "v=DMARC1; " + record);
    AuthorDomains authors = AuthorDomains.of(DomainName.of("example.com"));
    DmarcRequest request = new DmarcRequest(authors, Optional.of(spf), dkim);
    DmarcResult result =
        new DmarcEvaluator(dns, DmarcSettings.DEFAULT, Time.system()).evaluate(request);
    Disposition disposition = LocalPolicy.DEFAULT.decide(result, Optional.empty());
    return MAKER.row(request, result.decisive().orElseThrow(), disposition);
  }

  @ParameterizedTest
  @CsvSource({
    "p=none, PASS, NONE, ''",
    "p=reject, PASS, PASS, ''",
    "p=reject, FAIL, REJECT, ''",
    "p=reject; t=y, FAIL, QUARANTINE, policy_test_mode",
    "p=none, FAIL, NONE, ''",
  })
  void dispositions(
      String record, AuthenticationCode code, ReportedDisposition disposition, String reason) {
    ReportRow row = row(record, new SpfInput(code, "example.com"), List.of()).orElseThrow();
    assertThat(row.disposition()).isEqualTo(disposition);
    assertThat(row.spfAligned()).isEqualTo(code == AuthenticationCode.PASS);
    assertThat(row.dkimAligned()).isFalse();
    assertThat(row.reasons().stream().map(ReportReason::type))
        .isEqualTo(reason.isEmpty() ? List.of() : List.of(reason));
    assertThat(row.source()).isEqualTo("192.0.2.1");
    assertThat(row.headerFrom()).isEqualTo("example.com");
  }

  @Test
  void whatIsNotJudgedHasNoRow() {
    SpfInput unknown = new SpfInput(AuthenticationCode.TEMPERROR, "example.com");
    assertThat(row("p=none", unknown, List.of())).isEmpty();
    SpfInput pass = new SpfInput(AuthenticationCode.PASS, "example.com");
    assertThat(row("p=deny", pass, List.of())).isEmpty();
  }

  @Test
  void theBestSignaturesComeFirst() {
    List<DkimInput> dkim =
        Stream.of("fail:example.com", "pass:a.example", "pass:b.example.com", "pass:example.com")
            .map(text -> text.split(":"))
            .map(p -> new DkimInput(AuthenticationCode.of(p[0]).orElseThrow(), p[1], "s"))
            .toList();
    SpfInput spf = new SpfInput(AuthenticationCode.FAIL, "a\nb", "why\u0000");
    ReportRow row = row("p=none", spf, dkim).orElseThrow();
    assertThat(row.dkim())
        .extracting(AuthResult.Dkim::domain)
        .containsExactly("example.com", "b.example.com", "a.example", "example.com");
    assertThat(row.spf().getFirst().domain()).isEqualTo("a\ufffdb");
    List<DkimInput> many = Collections.nCopies(1_000, dkim.getFirst());
    assertThat(row("p=none", spf, many).orElseThrow().dkim()).hasSize(RowMaker.MAX_SIGNATURES);
  }
}

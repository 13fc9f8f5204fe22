package org.thurn.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9989 §4.7 and §4.8. */
class DmarcRecordTest {
  private static DmarcRecord record(String rest) {
    try {
      return DmarcRecord.parse("v=DMARC1" + rest);
    } catch (DmarcSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyTag() {
    DmarcRecord record =
        record(
            "; p=reject; sp=quarantine; np=none; psd=n; t=y; adkim=s; aspf=s; fo=1:d:s;"
                + " rua=mailto:a@example.com,mailto:b@example.com; ruf=mailto:c@example.com;");
    assertThat(record.mistakes()).isEmpty();
    assertThat(record.remarks()).isEmpty();
    assertThat(record.forDomain()).isEqualTo(Policy.REJECT);
    assertThat(record.forSubdomains()).isEqualTo(Policy.QUARANTINE);
    assertThat(record.forNonExistent()).isEqualTo(Policy.NONE);
    assertThat(record.psd()).isEqualTo(PsdTag.NO);
    assertThat(record.testing()).isTrue();
    assertThat(record.dkimMode()).isEqualTo(AlignmentMode.STRICT);
    assertThat(record.spfMode()).isEqualTo(AlignmentMode.STRICT);
    assertThat(record.failureOptions())
        .containsExactlyInAnyOrder(FailureOption.ANY, FailureOption.DKIM, FailureOption.SPF);
    assertThat(record.aggregateReports())
        .extracting(DmarcUri::text)
        .containsExactly("mailto:a@example.com", "mailto:b@example.com");
    assertThat(record.failureReports()).hasSize(1);
  }

  @Test
  void theDefaults() {
    DmarcRecord record = record(";p=quarantine");
    assertThat(record.forSubdomains()).isEqualTo(Policy.QUARANTINE);
    assertThat(record.forNonExistent()).isEqualTo(Policy.QUARANTINE);
    assertThat(record.psd()).isEqualTo(PsdTag.UNKNOWN);
    assertThat(record.testing()).isFalse();
    assertThat(record.dkimMode()).isEqualTo(AlignmentMode.RELAXED);
    assertThat(record.failureOptions()).containsExactly(FailureOption.ALL);
    assertThat(record(";p=reject;sp=none").forNonExistent()).isEqualTo(Policy.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v=DMARC",
        "v=dmarc1; p=none",
        "v=DMARC10; p=none",
        "v=DMARC1 p=none",
        " v=DMARC1; p=none",
        "p=none; v=DMARC1",
        "v=spf1 -all",
        "v DMARC1",
        "\u00a0v=DMARC1"
      })
  void noRecordAtAll(String text) {
    assertThatThrownBy(() -> DmarcRecord.parse(text)).isInstanceOf(DmarcSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=DMARC1;p=reject",
        "V = DMARC1 ; P = Reject ;",
        "v=DMARC1\t;\tp=REJECT",
        "v=DMARC1; rua=mailto:a@b.c; p=reject",
        "v=DMARC1;; p=reject",
        "v=DMARC1; x; p=reject",
        "v=DMARC1; =y; p=reject",
        "v=DMARC1; adkim=z; aspf=; fo=0:1; psd=x; t=maybe; p=reject",
        "v=DMARC1; p=reject; p=none",
        "v=DMARC1; p=reject; pct=0; rf=afrf; ri=3600; new=thing"
      })
  void theRestIsForgiven(String text) throws DmarcSyntaxException {
    DmarcRecord record = DmarcRecord.parse(text);
    assertThat(record.forDomain()).isEqualTo(Policy.REJECT);
    assertThat(record.dkimMode()).isEqualTo(AlignmentMode.RELAXED);
    assertThat(record.failureOptions()).containsExactly(FailureOption.ALL);
    assertThat(record.applies()).isTrue();
  }

  @Test
  void mistakesAndRemarksAreTold() {
    DmarcRecord record =
        record(";; p=deny; adkim=z; p=none; fo=0:1; x y; rua=mailto:a!b, pct=; ri=5; zz=1");
    assertThat(record.mistakes())
        .containsExactly(
            "there is nothing between two semicolons",
            "p= stands there twice, the first counts",
            "\"x y\" is no tag with a value",
            "p= cannot be \"deny\"",
            "adkim= cannot be \"z\"",
            "in rua=: \"mailto:a!b\" is no URI",
            "in rua=: \"pct=\" is no URI",
            "fo= cannot be \"0:1\"");
    assertThat(record.remarks())
        .containsExactly(
            "ri= is of RFC 7489 and has no effect any more", "zz= is no tag that we know");
  }

  @ParameterizedTest
  @CsvSource({
    "'; p=deny', false, NONE",
    "'; p=deny; rua=mailto:a@example.com', true, NONE",
    "'; p=reject; sp=deny', false, NONE",
    "'; p=reject; sp=deny; rua=mailto:a@example.com', true, NONE",
    "'; p=reject; np=deny; rua=https://example.com/', true, NONE",
    "'; p=reject; np=deny; rua=nonsense', false, NONE",
    "'', true, NONE",
    "'; rua=mailto:a@example.com', true, NONE",
    "'; p=', false, NONE",
    "'; p=reject', true, REJECT",
  })
  void brokenPolicies(String rest, boolean applies, Policy policy) {
    assertThat(record(rest).applies()).isEqualTo(applies);
    assertThat(record(rest).forDomain()).isEqualTo(policy);
  }

  @Test
  void aBrokenOneHoldsNoPolicyAtAll() {
    DmarcRecord record = record("; p=reject; sp=quarantine; np=x; rua=mailto:a@example.com");
    assertThat(List.of(record.forDomain(), record.forSubdomains(), record.forNonExistent()))
        .containsOnly(Policy.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "mailto:a@example.com, a@example.com, -1, example.com",
    "MailTo:a@EXAMPLE.com!10m, a@example.com, 10485760, example.com",
    "mailto:a@example.com!1, a@example.com, 1, example.com",
    "mailto:a@example.com!999999999999t, a@example.com, 9223372036854775807, example.com",
    "mailto:a%2Bb%21@example.com, a+b!@example.com, -1, example.com",
    "mailto:a@example.com?subject=x, a@example.com, -1, example.com",
    "mailto:a@xn--bcher-kva.example, a@xn--bcher-kva.example, -1, xn--bcher-kva.example",
    "mailto:a@b%C3%BCcher.example, a@xn--bcher-kva.example, -1, xn--bcher-kva.example",
    "https://Reports.example.com:8443/in?x=y!2g, -, 2147483648, reports.example.com",
    "https://user@reports.example.com, -, -1, reports.example.com",
    "urn:x, -, -1, -",
  })
  void uris(String text, String mailbox, long size, String host) throws DmarcSyntaxException {
    DmarcUri uri = DmarcUri.parse(text);
    assertThat(uri.mailbox().map(Object::toString).orElse("-")).isEqualTo(mailbox);
    assertThat(uri.maximumSize().orElse(-1)).isEqualTo(size);
    assertThat(uri.host().map(DomainName::text).orElse("-")).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a@example.com",
        "mailto:",
        "mailto:a",
        "mailto:a@example.com,b@example.com",
        "mailto:a@example.com%2Cb@example.com",
        "mailto:a!b@example.com",
        "mailto:a@example.com!",
        "mailto:a@example.com!10x",
        "mailto:%0D%0ARCPT@example.com",
        "mailto:%zz@example.com",
        "mailto:a@example.com ",
        "1http://x"
      })
  void noUris(String text) {
    assertThatThrownBy(() -> DmarcUri.parse(text)).isInstanceOf(DmarcSyntaxException.class);
  }

  @Test
  void urisHaveALimit() {
    DmarcRecord record = record("; rua=" + "mailto:a@example.com,".repeat(500));
    assertThat(record.aggregateReports()).hasSize(DmarcRecordParser.MAX_URIS);
    assertThat(record.mistakes())
        .containsExactly("rua= names more than 10 URIs, the rest does not count");
  }
}

package org.thurn.authentication.dmarc.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.authentication.dmarc.DmarcSettings;
import org.thurn.authentication.dmarc.DmarcSyntaxException;
import org.thurn.authentication.dmarc.DmarcUri;
import org.thurn.authentication.dmarc.DomainName;
import org.thurn.authentication.dmarc.FakeDns;
import org.thurn.authentication.dmarc.report.ExternalDestinations.Kind;
import org.thurn.authentication.dmarc.report.ExternalDestinations.Verification;
import org.thurn.time.Time;

/** RFC 9990 §4, with its own example. */
class ExternalDestinationsTest {
  private static final String NAME = "blue.example.com._report._dmarc.red.example.net";

  private static Verification verify(FakeDns dns, String domain, String uri)
      throws DmarcSyntaxException {
    return new ExternalDestinations(dns, DmarcSettings.DEFAULT, Time.system())
        .verify(DomainName.of(domain), DmarcUri.parse(uri), Kind.AGGREGATE);
  }

  private static String outcome(Verification verification) {
    return switch (verification) {
      case Verification.Internal(DmarcUri uri) -> "internal " + uri;
      case Verification.Authorized(DmarcUri uri) -> "authorized " + uri;
      case Verification.Replaced(var uris) -> "replaced " + uris;
      case Verification.Refused(String reason) -> reason;
      case Verification.Unknown(String reason) -> reason;
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v=DMARC1 | authorized mailto:reports@red.example.net",
        "v=DMARC1; | authorized mailto:reports@red.example.net",
        "v=DMARC1; rua=mailto:r@red.example.net | replaced [mailto:r@red.example.net]",
        "v=DMARC1; rua=mailto:r@x.example.net | the record at " + NAME + " names another host",
        "v=DMARC1; ruf=mailto:r@x.example.net | authorized mailto:reports@red.example.net",
        "v=DMARC2 | no record at " + NAME + " says that it may be",
        "rua=mailto:a@b.c; v=DMARC1 | no record at " + NAME + " says that it may be",
      })
  void theConfirmingRecord(String record, String expected) throws DmarcSyntaxException {
    FakeDns dns = new FakeDns().txt(NAME, record);
    Verification verification = verify(dns, "blue.example.com", "mailto:reports@red.example.net");
    assertThat(outcome(verification)).isEqualTo(expected);
    assertThat(dns.asked).last().isEqualTo("TXT " + NAME);
  }

  @Test
  void withoutOneNothingIsSent() throws DmarcSyntaxException {
    assertThat(verify(new FakeDns(), "blue.example.com", "mailto:reports@red.example.net"))
        .isInstanceOf(Verification.Refused.class);
  }

  @Test
  void theSameOrganizationNeedsNone() throws DmarcSyntaxException {
    FakeDns dns = new FakeDns().record("example.com", "v=DMARC1; p=none");
    assertThat(outcome(verify(dns, "a.example.com", "mailto:r@b.example.com")))
        .isEqualTo("internal mailto:r@b.example.com");
    assertThat(outcome(verify(new FakeDns(), "a.example.com", "mailto:r@a.example.com")))
        .isEqualTo("internal mailto:r@a.example.com");
  }

  @Test
  void anOrganizationOfItsOwnDoes() throws DmarcSyntaxException {
    FakeDns dns =
        new FakeDns()
            .record("example.com", "v=DMARC1; p=none")
            .record("b.example.com", "v=DMARC1; psd=n");
    assertThat(verify(dns, "a.example.com", "mailto:r@b.example.com"))
        .isInstanceOf(Verification.Refused.class);
  }

  @Test
  void failuresOfTheDns() throws DmarcSyntaxException {
    FakeDns record = new FakeDns().silent(NAME);
    assertThat(verify(record, "blue.example.com", "mailto:reports@red.example.net"))
        .isEqualTo(new Verification.Unknown("the DNS did not answer for TXT of " + NAME));
    FakeDns walk = new FakeDns().silent("_dmarc.example.net").txt(NAME, "v=DMARC1");
    assertThat(verify(walk, "blue.example.com", "mailto:reports@red.example.net"))
        .isInstanceOf(Verification.Unknown.class);
  }

  @Test
  void noRoomForTheName() throws DmarcSyntaxException {
    String domain = ("x".repeat(60) + ".").repeat(3) + "example.com";
    String host = "y".repeat(60) + ".example.net";
    assertThat(verify(new FakeDns(), domain, "mailto:r@" + host))
        .isEqualTo(
            new Verification.Refused("the name that would confirm it is longer than names may be"));
  }

  @Test
  void noHost() throws DmarcSyntaxException {
    assertThat(verify(new FakeDns(), "example.com", "mailto:r@[192.0.2.1]"))
        .isInstanceOf(Verification.Refused.class);
  }

  @Test
  void failureReportsHaveTheirOwnTag() throws DmarcSyntaxException {
    FakeDns dns = new FakeDns().txt(NAME, "v=DMARC1; rua=mailto:r@x.example");
    Verification verification =
        new ExternalDestinations(dns, DmarcSettings.DEFAULT, Time.system())
            .verify(
                DomainName.of("blue.example.com"),
                DmarcUri.parse("mailto:reports@red.example.net"),
                Kind.FAILURE);
    assertThat(verification).isInstanceOf(Verification.Authorized.class);
  }
}

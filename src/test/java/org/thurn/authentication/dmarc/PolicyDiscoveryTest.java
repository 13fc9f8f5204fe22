package org.thurn.authentication.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.time.Time;

/** RFC 9989 §4.10, with its own examples. */
class PolicyDiscoveryTest {
  private static Discovered discover(FakeDns dns, String domain) {
    return new PolicyDiscovery(dns, DmarcSettings.DEFAULT, Time.system())
        .discover(DomainName.of(domain));
  }

  @Test
  void aLongNameTakesEightQuestions() {
    FakeDns dns = new FakeDns();
    discover(dns, "a.b.c.d.e.f.g.h.i.j.mail.example.com");
    assertThat(dns.asked)
        .containsExactly(
            "TXT _dmarc.a.b.c.d.e.f.g.h.i.j.mail.example.com",
            "TXT _dmarc.g.h.i.j.mail.example.com",
            "TXT _dmarc.h.i.j.mail.example.com",
            "TXT _dmarc.i.j.mail.example.com",
            "TXT _dmarc.j.mail.example.com",
            "TXT _dmarc.mail.example.com",
            "TXT _dmarc.example.com",
            "TXT _dmarc.com");
  }

  @ParameterizedTest
  @CsvSource({
    "com, 1",
    "example.com, 2",
    "1.2.3.4.5.6.7, 7",
    "1.2.3.4.5.6.7.8, 8",
    "1.2.3.4.5.6.7.8.9, 8",
    "1.2.3.4.5.6.7.8.9.10, 8"
  })
  void questions(String domain, int questions) {
    FakeDns dns = new FakeDns();
    discover(dns, domain);
    assertThat(dns.asked).hasSize(questions);
  }

  /**
   * Records as {@code place=psd}, and whether the policy is of the domain's own record, by whose
   * place it stands.
   */
  @ParameterizedTest
  @CsvSource({
    // the examples of §4.10.2
    "a.mail.example.com, mail.example.com=u example.com=u, example.com, example.com",
    "a.mail.example.com, mail.example.com=n example.com=u, mail.example.com, mail.example.com",
    "a.mail.example.com, com=y, example.com, com",
    // of §4.10.2, rule 2
    "mail.example.com, example.com=y, mail.example.com, example.com",
    // its own record, whatever is above
    "a.example.com, a.example.com=u example.com=u, example.com, a.example.com",
    "a.example.com, a.example.com=n example.com=u, a.example.com, a.example.com",
    // a public suffix as author: its record is its own
    "example.com, example.com=y com=u, example.com, example.com",
    // a record between the organization and the author belongs to nobody
    "a.b.example.com, b.example.com=u com=y, example.com, com",
    "a.b.example.com, b.example.com=u example.com=u com=y, example.com, example.com",
    // a top-level domain that does not say what it is
    "a.example.com, com=u, com, com",
    "a.example.com, '', a.example.com, -",
  })
  void organizations(String domain, String records, String organization, String at)
      throws DmarcSyntaxException {
    FakeDns dns = new FakeDns();
    for (String record : records.split(" ")) {
      if (!record.isEmpty()) {
        String[] parts = record.split("=");
        dns.record(parts[0], "v=DMARC1; p=none; psd=" + parts[1]);
      }
    }
    Discovered discovered = discover(dns, domain);
    assertThat(discovered.organization()).contains(DomainName.of(organization));
    assertThat(discovered.policy().map(f -> f.at().text()).orElse("-")).isEqualTo(at);
    assertThat(discovered.failure()).isEmpty();
  }

  @Test
  void theWalkStopsWhereARecordSaysSo() {
    FakeDns dns = new FakeDns().record("b.example.com", "v=DMARC1; psd=n");
    discover(dns, "a.b.example.com");
    assertThat(dns.asked).containsExactly("TXT _dmarc.a.b.example.com", "TXT _dmarc.b.example.com");
  }

  @Test
  void severalRecordsAreNone() {
    FakeDns dns =
        new FakeDns()
            .record("a.example.com", "v=DMARC1; p=reject")
            .record("a.example.com", "v=DMARC1; p=none")
            .record("a.example.com", "v=spf1 -all")
            .record("example.com", "v=DMARC1; p=quarantine")
            .record("example.com", "something else");
    assertThat(discover(dns, "a.example.com").policy().orElseThrow().at().text())
        .isEqualTo("example.com");
  }

  @Test
  void stringsAreJoined() {
    FakeDns dns = new FakeDns().txt("_dmarc.example.com", "v=DMA", "RC1; p=rej", "ect");
    assertThat(discover(dns, "example.com").policy().orElseThrow().record().forDomain())
        .isEqualTo(Policy.REJECT);
  }

  @Test
  void aFailureHidesWhatIsAbove() {
    FakeDns dns =
        new FakeDns().record("a.example.com", "v=DMARC1; p=reject").silent("_dmarc.example.com");
    Discovered own = discover(dns, "a.example.com");
    assertThat(own.policy()).isPresent();
    assertThat(own.organization()).isEmpty();
    Discovered below = discover(dns, "b.a.example.com");
    assertThat(below.policy()).isEmpty();
    assertThat(below.failure())
        .contains("the DNS did not answer for TXT of _dmarc.example.com: no reply");
  }

  @Test
  void aNameWithoutRoomForTheLabelHasNoRecord() {
    String label = "x".repeat(61);
    String longest = String.join(".", label, label, label, label) + ".co.uk"; // 253 characters
    FakeDns dns = new FakeDns().record("co.uk", "v=DMARC1; psd=y");
    assertThat(discover(dns, longest).policy().orElseThrow().at().text()).isEqualTo("co.uk");
    assertThat(dns.asked).hasSize(4); // of the longest none, and none above psd=y
  }
}

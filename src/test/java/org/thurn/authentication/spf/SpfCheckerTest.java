package org.thurn.authentication.spf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.dns.Answer;
import org.thurn.dns.RecordType;
import org.thurn.name.IpAddress;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;

/** What a result says, and whose name is checked. */
class SpfCheckerTest {
  private static SpfResult check(ZoneData zone, String client, String sender, String helo) {
    return Checks.check(zone, Checks.request(client, sender, helo));
  }

  @Test
  void anIncludedMatchShowsItsPath() {
    ZoneData zone =
        new ZoneData()
            .txt("example.com", "v=spf1 redirect=_spf.example.com")
            .txt("_spf.example.com", "v=spf1 a:no.example.com ~include:%{d1}.example.net -all")
            .txt("com.example.net", "v=spf1 ip4:192.0.2.0/24 -all");
    SpfResult result = Checks.check(zone, "192.0.2.1");
    assertThat(result.outcome()).isEqualTo(Outcome.SOFTFAIL);
    assertThat(result.identity()).isEqualTo(Identity.MAILFROM);
    assertThat(result.domain()).isEqualTo("example.com");
    Match match = result.match().orElseThrow();
    assertThat(match.directive()).hasToString("ip4:192.0.2.0/24");
    assertThat(match.domain()).isEqualTo("com.example.net");
    assertThat(match.outermost()).hasToString("~include:%{d1}.example.net");
    assertThat(match.via())
        .extracting(via -> via.domain() + " " + via.term())
        .containsExactly(
            "example.com redirect=_spf.example.com", "_spf.example.com ~include:%{d1}.example.net");
    assertThat(result.reason())
        .isEqualTo(
            "ip4:192.0.2.0/24 matches 192.0.2.1 in the record of com.example.net, reached from"
                + " example.com by redirect=_spf.example.com, ~include:%{d1}.example.net");
    assertThat(result.lookUps()).isEqualTo(3);
    assertThat(result.voidLookUps()).isEqualTo(1);
    assertThat(result.answers())
        .extracting(Answer::type, answer -> answer.name().text())
        .containsExactly(
            tuple(RecordType.TXT, "example.com"),
            tuple(RecordType.TXT, "_spf.example.com"),
            tuple(RecordType.A, "no.example.com"),
            tuple(RecordType.TXT, "com.example.net"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v=spf1 a:mail.example.com   | PASS | a:mail.example.com matches 192.0.2.1 in the record of example.com: mail.example.com has the address 192.0.2.1
          v=spf1 -mx/16               | FAIL | -mx/16 matches 192.0.2.1 in the record of example.com: mx.example.com has the address 192.0.3.1
          v=spf1 ptr:com              | PERMERROR | a mistake in the record of example.com: com does not end like a domain name at character 12
          v=spf1 ptr                  | PASS | ptr matches 192.0.2.1 in the record of example.com: the client's name is mail.example.com
          v=spf1 ?exists:%{l}.example.com | NEUTRAL | ?exists:%{l}.example.com matches 192.0.2.1 in the record of example.com: me.example.com exists
          v=spf1 ?all                 | NEUTRAL | ?all matches 192.0.2.1 in the record of example.com
          v=spf1                      | NEUTRAL | nothing matches 192.0.2.1 in the record of example.com
          v=spf1 redirect=b.example   | NEUTRAL | nothing matches 192.0.2.1 in the record of b.example, reached from example.com by redirect=b.example
          v=spf1 include:no.example   | PERMERROR | include:no.example in the record of example.com leads to no record: no.example does not exist
          v=spf1 redirect=mail.example.com | PERMERROR | redirect=mail.example.com in the record of example.com leads to no record: mail.example.com has no SPF record
          v=spf1 include:c.example    | PERMERROR | a mistake in the record of c.example, reached from example.com by include:c.example: no mechanism is named "moo" at character 8
          v=spf1 a:silent.example     | TEMPERROR | the DNS did not answer for A of silent.example: no reply
          v=spf1 include:d.example    | PERMERROR | d.example has 2 SPF records, not one
          """)
  void reasons(String record, Outcome outcome, String reason) {
    ZoneData zone =
        new ZoneData()
            .txt("example.com", record)
            .a("mail.example.com", "192.0.2.1")
            .mx("example.com", 10, "mx.example.com")
            .a("mx.example.com", "192.0.3.1")
            .a("me.example.com", "127.0.0.2")
            .ptr("1.2.0.192.in-addr.arpa", "mail.example.com")
            .txt("b.example", "v=spf1 ip4:192.0.2.9")
            .txt("c.example", "v=spf1 moo")
            .txt("d.example", "v=spf1 +all")
            .txt("d.example", "v=spf1 +all")
            .silent("silent.example");
    SpfResult result = Checks.check(zone, "192.0.2.1");
    assertThat(result.outcome()).isEqualTo(outcome);
    assertThat(result.reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          example.com    | NONE    | example.com does not exist
          a.example      | NONE    | a.example has no SPF record
          example        | NONE    | "example" is no name of a domain
          [192.0.2.1]    | NONE    | "[192.0.2.1]" is no name of a domain
          a..example     | NONE    | "a..example" is no name of a domain
          ''             | NONE    | "" is no name of a domain
          a/b.example    | NONE    | "a/b.example" is no name of a domain
          b.example      | NEUTRAL | nothing matches 192.0.2.1 in the record of b.example
          B.Example.     | NEUTRAL | nothing matches 192.0.2.1 in the record of B.Example
          b.example..    | NONE    | "b.example." is no name of a domain
          _x.b.example   | NEUTRAL | nothing matches 192.0.2.1 in the record of _x.b.example
          """)
  void domainsThatCanBeChecked(String domain, Outcome outcome, String reason) {
    ZoneData zone =
        new ZoneData()
            .a("a.example", "192.0.2.1")
            .txt("b.example", "v=spf1 ")
            .txt("_x.b.example", "v=spf1");
    for (Identity identity : Identity.values()) {
      SpfRequest request =
          new SpfRequest(IpAddress.of("192.0.2.1"), domain, identity, "me", domain);
      SpfResult result = Checks.check(zone, request);
      assertThat(result.outcome()).isEqualTo(outcome);
      assertThat(result.identity()).isEqualTo(identity);
      assertThat(result.reason()).isEqualTo(reason);
    }
  }

  @Test
  void aNameThatIsTooLongIsNotCutToAnother() {
    String name = "x.".repeat(200) + "b.example";
    ZoneData zone = new ZoneData().txt(TargetName.of(name).text(), "v=spf1 +all");
    assertThat(check(zone, "192.0.2.1", "me@" + name, name).outcome()).isEqualTo(Outcome.NONE);
    assertThat(zone.asked).isEmpty();
  }

  @Test
  void aFinalDotIsNoPartOfTheDomain() {
    ZoneData zone = new ZoneData().txt("b.example", "v=spf1 -all exp=why.%{d2}");
    zone.txt("why.b.example", "%{o} %{d} %{s}");
    assertThat(check(zone, "192.0.2.1", "me@b.example.", "x.y").explanation())
        .contains("b.example b.example me@b.example");
  }

  @Test
  void twoFinalDotsAreNoName() {
    ZoneData zone = new ZoneData().txt("b.example", "v=spf1 +all");
    for (String term : List.of("include:%{d}%{h}", "redirect=%{d}%{h}")) {
      zone.txt(term.length() + ".example", "v=spf1 ".concat(term.replace("%{d}", "b.example")));
      SpfResult result = check(zone, "192.0.2.1", "me@" + term.length() + ".example", "..");
      assertThat(result.outcome()).as(result.reason()).isEqualTo(Outcome.PERMERROR);
    }
  }

  @Test
  void theNullPathIsPostmasterAtTheHeloName() {
    ZoneData zone =
        new ZoneData()
            .txt("mail.example.org", "v=spf1 exists:%{l}.%{o}.x.y -all")
            .a("postmaster.mail.example.org.x.y", "127.0.0.2");
    SpfRequest request =
        SpfRequest.mailFrom(
            IpAddress.of("192.0.2.1"), "mail.example.org", ReversePath.Null.INSTANCE);
    assertThat(request.sender()).isEqualTo("postmaster@mail.example.org");
    assertThat(Checks.check(zone, request).outcome()).isEqualTo(Outcome.PASS);
    SpfRequest helo = SpfRequest.helo(IpAddress.of("192.0.2.1"), "mail.example.org");
    assertThat(Checks.check(zone, helo).outcome()).isEqualTo(Outcome.PASS);
    assertThat(Checks.check(zone, helo).identity()).isEqualTo(Identity.HELO);
  }

  @Test
  void aPathGivesItsMailboxWithoutQuotes() {
    ReversePath path = ReversePath.of(Mailbox.of("\"a b\"@example.com"));
    SpfRequest request = SpfRequest.mailFrom(IpAddress.of("192.0.2.1"), "x.y", path);
    assertThat(request.sender()).isEqualTo("a b@example.com");
  }

  /** RFC 8616 §4. */
  @Test
  void uLabelsBecomeALabels() {
    ZoneData zone =
        new ZoneData()
            .txt("xn--grn-ioa.example", "v=spf1 exists:%{h}.%{o}.%{d}.x.y -all")
            .a("xn--h-bga.example.xn--grn-ioa.example.xn--grn-ioa.example.x.y", "127.0.0.2");
    SpfResult result = check(zone, "192.0.2.1", "me@gr\u00fcn.example", "h\u00e9.example");
    assertThat(result.domain()).isEqualTo("xn--grn-ioa.example");
    assertThat(result.outcome()).as(result.reason()).isEqualTo(Outcome.PASS);
  }

  /** RFC 8616 §4: a term with such a local part matches nothing, and is no error. */
  @ParameterizedTest
  @CsvSource({
    "exists:%{l}.example.com ?all, NEUTRAL",
    "exists:%{S}.example.com ~all, SOFTFAIL",
    "a:%{l1r-}.example.com ~all, SOFTFAIL",
    "include:%{l}.example.com ~all, SOFTFAIL",
    "redirect=%{l}.example.com, NEUTRAL",
    "exp=%{l}.example.com -all, FAIL",
    "exists:%{o}.ok.example.com -all, PASS"
  })
  void aLocalPartThatIsNotAsciiMatchesNothing(String terms, Outcome outcome) {
    ZoneData zone =
        new ZoneData()
            .txt("example.com", "v=spf1 " + terms)
            .a("example.com.ok.example.com", "127.0.0.2");
    SpfResult result = check(zone, "192.0.2.1", "gr\u00fcn@example.com", "x.y");
    assertThat(result.outcome()).isEqualTo(outcome);
    assertThat(result.explanation()).isEmpty();
  }

  @Test
  void strangeTextStaysOutOfTheReason() {
    SpfResult result =
        check(new ZoneData(), "192.0.2.1", "me@a\u0001\r\n\u202e..b" + "x".repeat(1000), "x.y");
    assertThat(result.reason()).doesNotContainPattern("[\\p{Cc}\\p{Cf}]").hasSizeLessThan(200);
    assertThat(result.domain()).hasSizeLessThanOrEqualTo(SpfRequest.MAX_TEXT);
  }

  @Test
  void anExplanationIsTheWordsOfTheRecordThatFailed() {
    ZoneData zone =
        new ZoneData()
            .txt("example.com", "v=spf1 include:a.example exp=why.%{d} redirect=b.example")
            .txt("why.example.com", "not these")
            .txt("a.example", "v=spf1 -all exp=why.example.com")
            .txt("b.example", "v=spf1 -all exp=why.%{d}")
            .txt(
                "why.b.example", "%{i} is not ", "ours, says %{d}; see http://%{o}/?s=%{S}&r=%{r}");
    SpfResult result = Checks.check(zone, "192.0.2.1");
    assertThat(result.explanation())
        .contains(
            "192.0.2.1 is not ours, says b.example; see"
                + " http://example.com/?s=me%40example.com&r=mx.receiver.example");
    assertThat(result.lookUps()).as("exp does not count").isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"two", "none", "gone", "silent", "syntax", "latin", "blank", "a..b"})
  void anExplanationThatIsNoneIsLeftOut(String where) {
    ZoneData zone =
        new ZoneData()
            .txt("example.com", "v=spf1 a:x.gone a:y.gone -all exp=" + where + ".example")
            .txt("two.example", "one")
            .txt("two.example", "two")
            .a("none.example", "192.0.2.1")
            .silent("silent.example")
            .txt("syntax.example", "100% sure")
            .txt("latin.example", "gr\u00fcn")
            .txt("blank.example", " ");
    SpfResult result = Checks.check(zone, "192.0.2.1");
    assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(result.explanation()).isEmpty();
    assertThat(result.voidLookUps()).isEqualTo(2);
  }

  @Test
  void onlyAFailIsExplained() {
    for (String terms : List.of("~all", "?all", "all", "ip4:192.0.2.9", "all moo")) {
      ZoneData zone =
          new ZoneData()
              .txt("example.com", "v=spf1 exp=why.example.com " + terms)
              .txt("why.example.com", "words");
      SpfResult result = Checks.check(zone, "192.0.2.1");
      assertThat(result.explanation()).isEmpty();
      assertThat(zone.asked).hasSize(1);
    }
  }
}

package org.thurn.authentication.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.authentication.spf.Checks.StillTime;
import org.thurn.dns.Resolver;

/** The limits of RFC 7208 §4.6.4, and what a hostile record can cost: questions, not seconds. */
class LimitsTest {
  /**
   * The domain's TXT; ten terms of which each asks for at most eleven names, beside the client's
   * own names, asked for once; and one explanation.
   */
  private static final int MOST_QUESTIONS = 1 + 10 * 11 + 11 + 1;

  private static String repeated(int times, String term) {
    return IntStream.range(0, times)
        .mapToObj(i -> " " + term.replace("#", String.valueOf(i)))
        .collect(Collectors.joining());
  }

  private static ZoneData mxOf(ZoneData zone, String domain, int hosts) {
    for (int i = 0; i < hosts; i++) {
      zone.mx(domain, i, "mx" + i + "." + domain).a("mx" + i + "." + domain, "198.51.100." + i);
    }
    return zone;
  }

  @ParameterizedTest
  @CsvSource({
    "10, a, NEUTRAL, 10",
    "11, a, PERMERROR, 10",
    "11, ip4:192.0.2.9, NEUTRAL, 0",
    "10, exists:no.example.com redirect=example.com, PERMERROR, 3",
    "9, include:b.example redirect=b.example, NEUTRAL, 10",
    "10, include:b.example redirect=b.example, PERMERROR, 10",
    "10, ptr, NEUTRAL, 10",
    "11, ptr, PERMERROR, 10",
  })
  void termsThatLookUp(int times, String terms, Outcome outcome, int lookUps) {
    String first = terms.split(" ")[0];
    String rest = terms.substring(first.length());
    ZoneData zone =
        new ZoneData()
            .txt("example.com", "v=spf1" + repeated(times, first) + rest)
            .txt("b.example", "v=spf1")
            .ptr("1.2.0.192.in-addr.arpa", "elsewhere.example")
            .a("elsewhere.example", "198.51.100.3")
            .a("example.com", "198.51.100.1");
    SpfResult result = Checks.check(zone, "192.0.2.1");
    assertThat(result.outcome()).as(result.reason()).isEqualTo(outcome);
    assertThat(result.lookUps()).isEqualTo(lookUps);
  }

  @Test
  void theReasonNamesTheTermThatIsTooMany() {
    ZoneData zone =
        new ZoneData()
            .txt("example.com", "v=spf1" + repeated(10, "a") + " include:b.example")
            .a("example.com", "198.51.100.1");
    assertThat(Checks.check(zone, "192.0.2.1").reason())
        .isEqualTo(
            "more than 10 terms look something up: include:b.example in the record of example.com"
                + " is one too many");
  }

  /** It is terms that are counted, not questions: an mx of four IPv4 hosts is one for IPv6. */
  @ParameterizedTest
  @CsvSource({
    "a:x.example a:y.example, 192.0.2.1, NEUTRAL, 2",
    "a:x.example a:y.example a:z.example, 192.0.2.1, PERMERROR, 2",
    "a:x.example exists:y.example mx:z.example, 192.0.2.1, PERMERROR, 2",
    "mx, 2001:db8::1, NEUTRAL, 1",
    "mx a:mx0.example.com a:mx1.example.com, 2001:db8::1, PERMERROR, 2",
    "ptr ptr a, 192.0.2.1, PERMERROR, 2",
    "exists:%{p}.example ptr, 192.0.2.1, NEUTRAL, 2",
  })
  void termsThatFindNothing(String terms, String client, Outcome outcome, int voids) {
    ZoneData zone = mxOf(new ZoneData(), "example.com", 4).txt("example.com", "v=spf1 " + terms);
    SpfResult result = Checks.check(zone, client);
    assertThat(result.outcome()).as(result.reason()).isEqualTo(outcome);
    assertThat(result.voidLookUps()).isEqualTo(voids);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 192.0.2.1, NEUTRAL, 12",
    "11, 192.0.2.1, PERMERROR, 12",
    "60, 192.0.2.1, PERMERROR, 12",
    "60, 198.51.100.9, PASS, 12",
    "60, 198.51.100.10, PERMERROR, 12",
  })
  void hostsOfAnMx(int hosts, String client, Outcome outcome, int questions) {
    ZoneData zone = mxOf(new ZoneData(), "example.com", hosts).txt("example.com", "v=spf1 mx");
    SpfResult result = Checks.check(zone, client);
    assertThat(result.outcome()).as(result.reason()).isEqualTo(outcome);
    assertThat(result.answers()).hasSize(questions);
  }

  @ParameterizedTest
  @CsvSource({"9, PASS", "10, NEUTRAL", "60, NEUTRAL"})
  void namesOfTheClient(int before, Outcome outcome) {
    ZoneData zone = new ZoneData().txt("example.com", "v=spf1 ptr");
    for (int i = 0; i < before; i++) {
      zone.ptr("1.2.0.192.in-addr.arpa", "n" + i + ".example").a("n" + i + ".example", "192.0.2.9");
    }
    zone.ptr("1.2.0.192.in-addr.arpa", "a.example.com").a("a.example.com", "192.0.2.1");
    SpfResult result = Checks.check(zone, "192.0.2.1");
    assertThat(result.outcome()).isEqualTo(outcome);
    assertThat(result.answers()).hasSizeLessThanOrEqualTo(12);
  }

  @Test
  void afterItsTimeNothingMoreIsAsked() {
    ZoneData zone =
        new ZoneData()
            .txt("example.com", "v=spf1 a:a.example a:b.example a:c.example -all")
            .a("a.example", "192.0.2.9")
            .a("b.example", "192.0.2.9")
            .a("c.example", "192.0.2.9");
    SpfResult result = checkSlowly(zone, Duration.ofSeconds(7));
    assertThat(result.outcome()).isEqualTo(Outcome.TEMPERROR);
    assertThat(result.reason()).isEqualTo("the check took longer than 20 s");
    assertThat(result.answers()).hasSize(3);
  }

  @Test
  void anExplanationThatComesTooLateIsLeftOut() {
    ZoneData zone =
        new ZoneData()
            .txt("example.com", "v=spf1 -all exp=why.example.com")
            .txt("why.example.com", "because");
    SpfResult result = checkSlowly(zone, Duration.ofSeconds(21));
    assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(result.explanation()).isEmpty();
  }

  /** A check in which each question takes so long. */
  private static SpfResult checkSlowly(ZoneData zone, Duration each) {
    StillTime time = new StillTime();
    Resolver slow =
        (name, type) -> {
          time.pass(each);
          return zone.ask(name, type);
        };
    return new SpfChecker(slow, Checks.SETTINGS, time)
        .check(Checks.request("192.0.2.1", "me@example.com", "x.y"));
  }

  @Test
  void anExplanationIsCut() {
    ZoneData zone =
        new ZoneData()
            .txt("example.com", "v=spf1 -all exp=why.example.com")
            .txt("why.example.com", "%{l}-".repeat(500));
    assertThat(Checks.check(zone, "192.0.2.1").explanation().orElseThrow())
        .hasSize(SpfSettings.EXPLANATION_LENGTH)
        .startsWith("me-me-");
  }

  @ParameterizedTest
  @CsvSource({
    "v=spf1 include:example.com, 1",
    "v=spf1 redirect=example.com, 1",
    "v=spf1 include:b.example redirect=b.example, 2",
    "v=spf1 include:%{d}, 1",
    "v=spf1 include:%{d}.example.com, 2",
  })
  void loopsEndAtTheLimit(String record, int questions) {
    ZoneData zone =
        new ZoneData()
            .txt("example.com", record)
            .txt("b.example", "v=spf1 include:example.com redirect=example.com");
    SpfResult result = Checks.check(zone, "192.0.2.1");
    assertThat(result.outcome()).isEqualTo(Outcome.PERMERROR);
    assertThat(result.answers()).hasSize(questions);
  }

  @Test
  void aTreeOfManyBranchesEndsAtTheLimit() {
    String record = "v=spf1" + repeated(4_000, "include:n#.e.f");
    ZoneData zone = new ZoneData().txt("example.com", record);
    for (int i = 0; i < 4_000; i++) {
      zone.txt("n" + i + ".e.f", record.replace("v=spf1", "v=spf1 include:n" + (i + 1) + ".e.f"));
    }
    SpfResult result = Checks.check(zone, "192.0.2.1");
    assertThat(result.outcome()).isEqualTo(Outcome.PERMERROR);
    assertThat(result.answers()).hasSize(11);
  }

  @Test
  void theDearestRecordAsksNoMoreThanItMay() {
    ZoneData zone = new ZoneData();
    zone.txt(
        "example.com",
        "v=spf1"
            + repeated(4, "mx:%{p}.m#.e.f")
            + repeated(6, "mx:m#.e.f")
            + " -all exp=why.%{p}.e.f");
    zone.txt("why.p0.x.y.e.f", "%{p} %{p}");
    for (int i = 0; i < 10; i++) {
      mxOf(zone, "p0.x.y.m" + i + ".e.f", 10);
      mxOf(zone, "m" + i + ".e.f", 10);
      zone.ptr("1.2.0.192.in-addr.arpa", "p" + i + ".x.y").a("p" + i + ".x.y", "192.0.2.1");
    }
    SpfResult result = Checks.check(zone, "192.0.2.1");
    assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(result.explanation()).contains("p0.x.y p0.x.y");
    assertThat(result.answers()).hasSize(MOST_QUESTIONS);
  }

  /** What one TXT record can hold: 65,535 octets, in strings of 255. */
  @ParameterizedTest
  @CsvSource({
    "ip4:192.0.2.9, 4600, NEUTRAL, 1",
    "moo=, 13000, NEUTRAL, 1",
    "moo, 16000, PERMERROR, 1",
    "-, 32000, PERMERROR, 1",
    "a, 32000, PERMERROR, 2",
    "exists:%{S}%{S}%{S}%{S}%{S}%{S}%{S}.x, 1800, PERMERROR, 2",
  })
  void thousandsOfTerms(String term, int times, Outcome outcome, int questions) {
    ZoneData zone =
        new ZoneData()
            .txt("example.com", "v=spf1" + repeated(times, term))
            .a("example.com", "198.51.100.1");
    SpfResult result = Checks.check(zone, "192.0.2.1");
    assertThat(result.outcome()).as(result.reason()).isEqualTo(outcome);
    assertThat(result.answers()).hasSize(questions);
  }

  @ParameterizedTest
  @CsvSource({"%{s}", "%{S}", "%{h1r}", "%{d9999r.-+}", "%%", "%{h1}", "%{p}"})
  void aMacroBombIsOneName(String macro) {
    String helo = "h.".repeat(1000);
    ZoneData zone =
        new ZoneData()
            .txt("example.com", "v=spf1 exists:" + macro.repeat(MacroParser.MAX_PARTS) + " -all")
            .a("example.com", "198.51.100.1");
    SpfResult result =
        Checks.check(zone, Checks.request("192.0.2.1", "me".repeat(2000) + "@example.com", helo));
    assertThat(result.outcome()).isEqualTo(Outcome.FAIL);
    assertThat(result.answers()).hasSizeLessThanOrEqualTo(3);
    assertThat(zone.asked).allMatch(question -> question.length() <= 258);
  }

  @Test
  void aLargerOneIsAMistake() {
    ZoneData zone =
        new ZoneData()
            .txt(
                "example.com", "v=spf1 exists:" + "%%".repeat(MacroParser.MAX_PARTS + 1) + " -all");
    SpfResult result = Checks.check(zone, "192.0.2.1");
    assertThat(result.outcome()).isEqualTo(Outcome.PERMERROR);
    assertThat(result.reason())
        .endsWith("more than 1000 macros and texts in one at character 2015");
  }

  @Test
  void settingsMayBeOthers() {
    SpfSettings settings = new SpfSettings(Checks.RECEIVER, 2, 1, 1, 1, Duration.ofSeconds(1), 5);
    ZoneData zone =
        new ZoneData()
            .txt("example.com", "v=spf1 a -all exp=why.example.com")
            .a("example.com", "198.51.100.1")
            .txt("why.example.com", "because it is so");
    SpfChecker checker = new SpfChecker(zone, settings, new StillTime());
    SpfResult result = checker.check(Checks.request("192.0.2.1", "me@example.com", "x.y"));
    assertThat(result.explanation()).contains("becau");
  }
}

package org.thurn.authentication.spf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;

/** Each mechanism and modifier, RFC 7208 §5 and §6, on one small tree of zones. */
class MechanismsTest {
  private static ZoneData zone(String record) {
    return new ZoneData()
        .txt("example.com", record)
        .a("example.com", "192.0.2.1", "192.0.2.65")
        .aaaa("example.com", "2001:db8::1")
        .mx("example.com", 20, "mx2.example.com")
        .mx("example.com", 10, "mx1.example.com")
        .a("mx1.example.com", "192.0.2.10")
        .aaaa("mx1.example.com", "2001:db8::10")
        .a("mx2.example.com", "192.0.2.20")
        .mx("null.example.com", 0, "")
        .mx("broken.example.com", 10, "mx1.example.com")
        .mx("broken.example.com", 20, "silent.example.com")
        .silent("silent.example.com")
        .cname("alias.example.com", "example.com")
        .a("192.0.2.1.ok.example.com", "127.0.0.2")
        .aaaa("six.example.com", "2001:db8::6")
        .ptr("1.2.0.192.in-addr.arpa", "example.com")
        .ptr("2.2.0.192.in-addr.arpa", "false.example.com")
        .ptr("2.2.0.192.in-addr.arpa", "a.b.example.com")
        .ptr("3.2.0.192.in-addr.arpa", "example.com")
        .ptr("4.2.0.192.in-addr.arpa", "silent.example.com")
        .ptr("4.2.0.192.in-addr.arpa", "d.example.com")
        .silent("5.2.0.192.in-addr.arpa")
        .ptr("6.2.0.192.in-addr.arpa", "wexample.com")
        .a("a.b.example.com", "192.0.2.2")
        .a("false.example.com", "192.0.2.222")
        .a("d.example.com", "192.0.2.4")
        .a("wexample.com", "192.0.2.6")
        .txt("pass.example.com", "v=spf1 +all")
        .txt("fail.example.com", "v=spf1 -all")
        .txt("softfail.example.com", "v=spf1 ~all")
        .txt("neutral.example.com", "v=spf1 ?all")
        .txt("mistake.example.com", "v=spf1 +all moo")
        .txt("two.example.com", "v=spf1 +all")
        .txt("two.example.com", "v=spf1 -all")
        .txt("none.example.com", "something else");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # all, §5.1
          all                              | 192.0.2.1   | PASS
          -all                             | 192.0.2.1   | FAIL
          ~all                             | 192.0.2.1   | SOFTFAIL
          ?all                             | 192.0.2.1   | NEUTRAL
          +all -all                        | 2001:db8::1 | PASS
          # ip4, ip6, §5.6
          ip4:192.0.2.1 -all               | 192.0.2.1   | PASS
          ip4:192.0.2.1 -all               | 192.0.2.2   | FAIL
          ip4:192.0.2.255/24 -all          | 192.0.2.1   | PASS
          ip4:192.0.2.0/31 -all            | 192.0.2.2   | FAIL
          ip4:0.0.0.0/0 -all               | 203.0.113.9 | PASS
          ip4:0.0.0.0/0 -all               | 2001:db8::1 | FAIL
          ip4:192.0.2.1 -all               | ::ffff:192.0.2.1 | PASS
          ip6:2001:db8::1 -all             | 2001:db8::1 | PASS
          ip6:2001:db8::/32 -all           | 2001:db8:ffff::1 | PASS
          ip6:2001:db8::/33 -all           | 2001:db8:ffff::1 | FAIL
          ip6:::/0 -all                    | 2001:db8::1 | PASS
          ip6:::/0 -all                    | 192.0.2.1   | FAIL
          ip6:::ffff:192.0.2.1 -all        | 192.0.2.1   | FAIL
          ip6:::ffff:0:0/96 -all           | ::ffff:192.0.2.1 | FAIL
          # a, §5.3
          a -all                           | 192.0.2.1   | PASS
          a -all                           | 192.0.2.65  | PASS
          a -all                           | 192.0.2.2   | FAIL
          a -all                           | 2001:db8::1 | PASS
          a/24 -all                        | 192.0.2.200 | PASS
          a/24 -all                        | 2001:db8::2 | FAIL
          a/24//32 -all                    | 2001:db8::2 | PASS
          a//32 -all                       | 192.0.2.2   | FAIL
          a/0 -all                         | 2001:db8::2 | FAIL
          a:alias.example.com -all         | 192.0.2.1   | PASS
          a:mx2.example.com//0 -all        | 2001:db8::2 | FAIL
          a:nowhere.example.com/0 -all     | 192.0.2.1   | FAIL
          a:silent.example.com -all        | 192.0.2.1   | TEMPERROR
          a:a..example.com -all            | 192.0.2.1   | FAIL
          a:%{h}.x.y -all                  | 192.0.2.1   | FAIL
          # mx, §5.4
          mx -all                          | 192.0.2.10  | PASS
          mx -all                          | 192.0.2.20  | PASS
          mx -all                          | 192.0.2.1   | FAIL
          mx -all                          | 2001:db8::10 | PASS
          mx/24 -all                       | 192.0.2.99  | PASS
          mx//64 -all                      | 2001:db8::99 | PASS
          mx:null.example.com/0 -all       | 192.0.2.1   | FAIL
          mx:mx1.example.com -all          | 192.0.2.10  | FAIL
          mx:silent.example.com -all       | 192.0.2.10  | TEMPERROR
          mx:broken.example.com -all       | 192.0.2.10  | PASS
          mx:broken.example.com -all       | 192.0.2.11  | TEMPERROR
          mx:a..example.com -all           | 192.0.2.10  | FAIL
          # ptr, §5.5
          ptr -all                         | 192.0.2.1   | PASS
          ptr -all                         | 192.0.2.2   | PASS
          ptr:b.example.com -all           | 192.0.2.2   | PASS
          ptr:B.Example.COM. -all          | 192.0.2.2   | PASS
          ptr:c.example.com -all           | 192.0.2.2   | FAIL
          ptr:false.example.com -all       | 192.0.2.2   | FAIL
          ptr -all                         | 192.0.2.3   | FAIL
          ptr -all                         | 192.0.2.4   | PASS
          ptr -all                         | 192.0.2.5   | FAIL
          ptr -all                         | 192.0.2.6   | FAIL
          ptr -all                         | 192.0.2.7   | FAIL
          # exists, §5.7
          exists:%{i}.ok.example.com -all  | 192.0.2.1   | PASS
          exists:%{i}.ok.example.com -all  | 192.0.2.2   | FAIL
          exists:six.example.com -all      | 2001:db8::6 | FAIL
          exists:mx1.example.com -all      | 2001:db8::6 | PASS
          exists:silent.example.com -all   | 192.0.2.1   | TEMPERROR
          exists:a..example.com -all       | 192.0.2.1   | FAIL
          # include, §5.2
          include:pass.example.com -all    | 192.0.2.1   | PASS
          -include:pass.example.com all    | 192.0.2.1   | FAIL
          ?include:pass.example.com all    | 192.0.2.1   | NEUTRAL
          include:fail.example.com ~all    | 192.0.2.1   | SOFTFAIL
          include:softfail.example.com -all| 192.0.2.1   | FAIL
          include:neutral.example.com -all | 192.0.2.1   | FAIL
          include:silent.example.com -all  | 192.0.2.1   | TEMPERROR
          include:mistake.example.com all  | 192.0.2.1   | PERMERROR
          include:two.example.com all      | 192.0.2.1   | PERMERROR
          include:none.example.com all     | 192.0.2.1   | PERMERROR
          include:nowhere.example.com all  | 192.0.2.1   | PERMERROR
          include:a..example.com all       | 192.0.2.1   | PERMERROR
          # redirect, §6.1
          redirect=pass.example.com        | 192.0.2.1   | PASS
          redirect=fail.example.com        | 192.0.2.1   | FAIL
          redirect=neutral.example.com     | 192.0.2.1   | NEUTRAL
          redirect=silent.example.com      | 192.0.2.1   | TEMPERROR
          redirect=mistake.example.com     | 192.0.2.1   | PERMERROR
          redirect=none.example.com        | 192.0.2.1   | PERMERROR
          redirect=nowhere.example.com     | 192.0.2.1   | PERMERROR
          redirect=a..example.com          | 192.0.2.1   | PERMERROR
          redirect=none.example.com -all   | 192.0.2.1   | FAIL
          redirect=fail.example.com a      | 192.0.2.1   | PASS
          # the rest of §4 and §6
          ip4:192.0.2.9                    | 192.0.2.1   | NEUTRAL
          all moo                          | 192.0.2.1   | PERMERROR
          moo=all -all                     | 192.0.2.1   | FAIL
          moo= moo= -all                   | 192.0.2.1   | FAIL
          exp=nowhere.example.com -all     | 192.0.2.1   | FAIL
          """)
  void outcome(String terms, String client, Outcome outcome) {
    SpfResult result = Checks.check(zone("v=spf1 " + terms), client);
    assertThat(result.outcome()).as(result.reason()).isEqualTo(outcome);
  }

  @Test
  void aNameWithAnEscapedDotIsNotBelowTheDomain() {
    ZoneData zone =
        new ZoneData().txt("example.com", "v=spf1 ptr -all").ptr("9.2.0.192.in-addr.arpa", "x.y");
    DnsName odd = new DnsName("evil\\.example.com");
    zone.add("9.2.0.192.in-addr.arpa", new RecordData.Ptr(odd));
    assertThat(Checks.check(zone, "192.0.2.9").outcome()).isEqualTo(Outcome.FAIL);
    assertThat(zone.asked).noneMatch(question -> question.contains("\\"));
  }

  @Test
  void hostsOfAnMxAreTriedInTheirOrder() {
    SpfResult result = Checks.check(zone("v=spf1 mx -all"), "192.0.2.10");
    assertThat(result.answers())
        .extracting(answer -> answer.name().text())
        .containsExactly("example.com", "example.com", "mx1.example.com");
  }
}

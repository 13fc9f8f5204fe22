package org.thurn.authentication.spf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.authentication.spf.MacroString.Escape;
import org.thurn.authentication.spf.MacroString.Expansion;
import org.thurn.authentication.spf.MacroString.Literal;

/** The grammar: RFC 7208 §4.5, §4.6.1, §5, §6, §7.1 and its collected ABNF in §12. */
class SpfRecordTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          v=spf1|v=spf1
          V=SPF1  |v=spf1
          v=spf1 +ALL|v=spf1 all
          v=spf1   -a   ~mx  ?ptr |v=spf1 -a ~mx ?ptr
          v=spf1 a/0|v=spf1 a/0
          v=spf1 a/32//128|v=spf1 a
          v=spf1 A:Mail.Example.COM/24//64|v=spf1 a:Mail.Example.COM/24//64
          v=spf1 a//64|v=spf1 a//64
          v=spf1 a:%{d}/8|v=spf1 a:%{d}/8
          v=spf1 a:foo:bar/baz.example.com/24|v=spf1 a:foo:bar/baz.example.com/24
          v=spf1 mx:a.b.|v=spf1 mx:a.b.
          v=spf1 mx/1//2|v=spf1 mx/1//2
          v=spf1 ptr:a.b|v=spf1 ptr:a.b
          v=spf1 exists:%{IR}.%{v}.x%-y%_z%%|v=spf1 exists:%{Ir}.%{v}.x%-y%_z%%
          v=spf1 exists:%{l0012r+-}.x.1-2|v=spf1 exists:%{l12r+-}.x.1-2
          v=spf1 exists:%{d9999999999999}|v=spf1 exists:%{d2147483647}
          v=spf1 exists:.com|v=spf1 exists:.com
          v=spf1 exists:%{s.-+,/_=}|v=spf1 exists:%{s.-+,/_=}
          v=spf1 include:a.example.xn--zckzah|v=spf1 include:a.example.xn--zckzah
          v=spf1 ip4:192.0.2.1/32|v=spf1 ip4:192.0.2.1
          v=spf1 IP4:192.0.2.1/0|v=spf1 ip4:192.0.2.1/0
          v=spf1 ip6:2001:DB8::0:1|v=spf1 ip6:2001:db8::1
          v=spf1 ip6:::FFFF:192.0.2.1/96|v=spf1 ip6:::ffff:c000:201/96
          v=spf1 ip6:::/0|v=spf1 ip6:::/0
          v=spf1 redirect=%{d}.x.y|v=spf1 redirect=%{d}.x.y
          v=spf1 Exp=a.b Redirect=c.d|v=spf1 exp=a.b redirect=c.d
          v=spf1 moo.cow-far_out=man:dog/cat|v=spf1 moo.cow-far_out=man:dog/cat
          v=spf1 x= x=%{i}=%{d2} -all|v=spf1 x= x=%{i}=%{d2} -all
          """)
  void isReadAndWrittenPlainly(String text, String plain) throws SpfSyntaxException {
    SpfRecord record = SpfRecord.parse(text);
    assertThat(record).hasToString(plain);
    assertThat(SpfRecord.parse(plain)).isEqualTo(record);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          v=spf10|1|a record begins with "v=spf1"
          spf1 a|1|a record begins with "v=spf1"
          v=spf1 moo|8|no mechanism is named "moo"
          v=spf1 -all moo|13|no mechanism is named "moo"
          v=spf1 -redirect=a.b|9|no mechanism is named "redirect=a.b"
          v=spf1 1up=foo|8|no mechanism is named "1up=foo"
          v=spf1 =all|8|no mechanism is named "=all"
          v=spf1 ++all|9|no mechanism is named "+all"
          v=spf1 -|9|no mechanism is named ""
          v=spf1 a=b/c d:e=f|14|no mechanism is named "d"
          v=spf1 all:x|11|"all" takes nothing behind it
          v=spf1 all/8|11|"all" takes nothing behind it
          v=spf1 all.|8|no mechanism is named "all."
          v=spf1 include|15|"include" lacks ":" and a domain name
          v=spf1 include:|16|a domain name is missing
          v=spf1 include/24|15|"include/24" lacks ":" and a domain name
          v=spf1 include:a.b/24|16|a.b/24 does not end like a domain name
          v=spf1 exists|14|"exists" lacks ":" and a domain name
          v=spf1 a:|10|a domain name is missing
          v=spf1 a:/24|10|a domain name is missing
          v=spf1 a/|9|"a/" lacks ":" and a domain name
          v=spf1 a/33|10|"/33" is no length of 0 to 32 bits
          v=spf1 a/032|10|"/032" is no length of 0 to 32 bits
          v=spf1 a/00|10|"/00" is no length of 0 to 32 bits
          v=spf1 a//129|11|"/129" is no length of 0 to 128 bits
          v=spf1 a/24/64|13|"/64" is no length of 0 to 32 bits
          v=spf1 a/99999999999|10|"/99999999999" is no length of 0 to 32 bits
          v=spf1 mx:museum|11|museum does not end like a domain name
          v=spf1 mx:museum.|11|museum. does not end like a domain name
          v=spf1 mx:a.-b|11|a.-b does not end like a domain name
          v=spf1 mx:a.b-|11|a.b- does not end like a domain name
          v=spf1 mx:a.123|11|a.123 does not end like a domain name
          v=spf1 mx:a.b..|11|a.b.. does not end like a domain name
          v=spf1 mx:%{d}.|11|%{d}. does not end like a domain name
          v=spf1 mx:%{d}x|11|%{d}x does not end like a domain name
          v=spf1 a:192.0.2.1|10|192.0.2.1 does not end like a domain name: an address needs ip4: or ip6:
          v=spf1 a:2001:db8::1|10|2001:db8::1 does not end like a domain name: an address needs ip4: or ip6:
          v=spf1 ptr/24|11|"ptr/24" lacks ":" and a domain name
          v=spf1 ip4|11|"ip4" lacks ":" and an address
          v=spf1 ip4/24|11|"ip4/24" lacks ":" and an address
          v=spf1 ip4:|12|"" is not an IPv4 address
          v=spf1 ip4:1.2.3|12|"1.2.3" is not an IPv4 address
          v=spf1 ip4:1.2.3.04|12|"1.2.3.04" is not an IPv4 address
          v=spf1 ip4:1.2.3.256|12|"1.2.3.256" is not an IPv4 address
          v=spf1 ip4:1.2.3.4:25|12|"1.2.3.4:25" is not an IPv4 address
          v=spf1 ip4:1.2.3.4//32|12|"1.2.3.4/" is not an IPv4 address
          v=spf1 ip4:1.2.3.4/33|20|"/33" is no length of 0 to 32 bits
          v=spf1 ip6:1.2.3.4|12|"1.2.3.4" is not an IPv6 address
          v=spf1 ip6::1.2.3.04|12|":1.2.3.04" is not an IPv6 address
          v=spf1 ip6:::1.2|12|"::1.2" is not an IPv6 address
          v=spf1 ip6::CAFE::BABE|12|":CAFE::BABE" is not an IPv6 address
          v=spf1 ip6:::1/129|16|"/129" is no length of 0 to 128 bits
          v=spf1 ip6:fe80::1%eth0|12|"fe80::1%eth0" is not an IPv6 address
          v=spf1 redirect=|17|a domain name is missing
          v=spf1 redirect=-all|17|-all does not end like a domain name
          v=spf1 exp=|12|a domain name is missing
          v=spf1 exp=%{c}.x.y|12|the macro %{c} may stand only in an explanation
          v=spf1 x=%{T}|10|the macro %{T} may stand only in an explanation
          v=spf1 redirect=a.b redirect=a.b|21|redirect=a.b is the second of its kind
          v=spf1 exp=a.b -all EXP=c.d|21|exp=c.d is the second of its kind
          v=spf1 x=%|10|a macro that is cut off
          v=spf1 x=ab%{|12|a macro that is cut off
          v=spf1 x=%{d|10|a macro that is cut off
          v=spf1 x=%(d)|10|"%" must be followed by "{", "%", "_" or "-"
          v=spf1 x=%{a}|10|no macro has the letter a
          v=spf1 x=%{d0}|10|a macro that keeps no part
          v=spf1 x=%{d000r}|10|a macro that keeps no part
          v=spf1 x=%{dr2}|10|a macro that does not end with "}"
          v=spf1 x=%{d*}|10|a macro that does not end with "}"
          v=spf1 x=%{d-r}|10|a macro that does not end with "}"
          """)
  void mistakesAreToldWithTheirPlace(String text, int position, String words) {
    assertThatExceptionOfType(SpfSyntaxException.class)
        .isThrownBy(() -> SpfRecord.parse(text))
        .satisfies(e -> assertThat(e.position()).isEqualTo(position))
        .withMessage(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\tmx", "a\u00a0mx", "a:\u00e9.b", "x=\u007f", "\u0080a", "ip4:1.2.3.4\n"})
  void onlyVisibleAsciiAndSpaces(String terms) {
    assertThatExceptionOfType(SpfSyntaxException.class)
        .isThrownBy(() -> SpfRecord.parse("v=spf1 " + terms))
        .satisfies(
            e -> assertThat(e.shown()).matches("[ -~\ufffd\u00e9\u00a0]+ at character \\d+"));
  }

  @Test
  void termsAreWhatTheySay() throws SpfSyntaxException {
    SpfRecord record = SpfRecord.parse("v=spf1 exp=e.f ~a:%{d2}.x.y//64 redirect=c.d k=v");
    DomainSpec target =
        new DomainSpec(
            new MacroString(
                List.of(
                    new Expansion(MacroLetter.DOMAIN, 2, false, "", false), new Literal(".x.y"))));
    assertThat(record.directives())
        .containsExactly(
            new Directive(
                Qualifier.SOFTFAIL, new Mechanism.A(Optional.of(target), new DualCidr(32, 64))));
    assertThat(record.redirect().map(Object::toString)).contains("redirect=c.d");
    assertThat(record.explanation().map(Object::toString)).contains("exp=e.f");
    assertThat(record.terms().getLast())
        .isEqualTo(new Modifier.Unknown("k", new MacroString(List.of(new Literal("v")))));
    assertThat(record.reached()).hasSize(2);
    assertThat(SpfRecord.parse("v=spf1 a all mx redirect=c.d").reached()).hasSize(2);
  }

  @Test
  void anExplanationHasSpacesAndMoreMacros() throws SpfSyntaxException {
    assertThat(MacroParser.explainString("See %{R} at%_%{t} %%").parts())
        .containsExactly(
            new Literal("See "),
            new Expansion(MacroLetter.RECEIVER, 0, false, "", true),
            new Literal(" at"),
            Escape.SPACE,
            new Expansion(MacroLetter.TIME, 0, false, "", false),
            new Literal(" "),
            Escape.PERCENT);
    assertThatExceptionOfType(SpfSyntaxException.class)
        .isThrownBy(() -> MacroParser.explainString("The %{x}-files."))
        .satisfies(e -> assertThat(e.position()).isEqualTo(5));
    assertThatExceptionOfType(SpfSyntaxException.class)
        .isThrownBy(() -> MacroParser.explainString("tab\there"));
  }
}

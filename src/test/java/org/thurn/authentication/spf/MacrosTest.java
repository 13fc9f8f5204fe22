package org.thurn.authentication.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.dns.DnsName;

/** Macros, RFC 7208 §7: every letter and transformer, with the examples of §7.4. */
class MacrosTest {
  private static final String SENDER = "strong-bad@email.example.com";
  private static final String HELO = "mail.example.org";

  private static MacroExpander expander(ZoneData zone, SpfRequest request) {
    Questions questions = new Questions(zone, Checks.SETTINGS, new Checks.StillTime());
    ClientNames names = new ClientNames(request.client(), questions, Checks.SETTINGS);
    return new MacroExpander(request, Checks.SETTINGS, names, new Checks.StillTime().now());
  }

  private static ZoneData zone() {
    return new ZoneData()
        .ptr("3.2.0.192.in-addr.arpa", "mx.example.org")
        .a("mx.example.org", "192.0.2.3");
  }

  private static String expanded(String macro, String client, String sender, String domain)
      throws Exception {
    return expander(zone(), Checks.request(client, sender, HELO))
        .explanation(MacroParser.explainString(macro), domain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          %{s}                                 | strong-bad@email.example.com
          %{o}                                 | email.example.com
          %{d}                                 | email.example.com
          %{d4}                                | email.example.com
          %{d3}                                | email.example.com
          %{d2}                                | example.com
          %{d1}                                | com
          %{dr}                                | com.example.email
          %{d2r}                               | example.email
          %{l}                                 | strong-bad
          %{l-}                                | strong.bad
          %{lr}                                | strong-bad
          %{lr-}                               | bad.strong
          %{l1r-}                              | strong
          %{ir}.%{v}._spf.%{d2}                | 3.2.0.192.in-addr._spf.example.com
          %{lr-}.lp._spf.%{d2}                 | bad.strong.lp._spf.example.com
          %{lr-}.lp.%{ir}.%{v}._spf.%{d2}      | bad.strong.lp.3.2.0.192.in-addr._spf.example.com
          %{ir}.%{v}.%{l1r-}.lp._spf.%{d2}     | 3.2.0.192.in-addr.strong.lp._spf.example.com
          %{d2}.trusted-domains.example.net    | example.com.trusted-domains.example.net
          %{i}                                 | 192.0.2.3
          %{p}                                 | mx.example.org
          %{p2}                                | example.org
          %{v}                                 | in-addr
          %{h}                                 | mail.example.org
          %{hr}                                | org.example.mail
          %{c}                                 | 192.0.2.3
          %{r}                                 | mx.receiver.example
          %{r1}                                | example
          %{t}                                 | 1700000000
          %{S}                                 | strong-bad%40email.example.com
          %{L}                                 | strong-bad
          %{D2R}                               | example.email
          %{d256}                              | email.example.com
          a%%b%_c%-d                           | a%b c%20d
          %{l1}                                | strong-bad
          %{s1.-}                              | com
          %{s2.-}                              | example.com
          %{sr.-}                              | com.example.bad@email.strong
          %{s/_=,+}                            | strong-bad@email.example.com
          """)
  void examplesOfTheRfc(String macro, String expanded) throws Exception {
    assertThat(expanded(macro, "192.0.2.3", SENDER, "email.example.com")).isEqualTo(expanded);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          %{i}  | 2.0.0.1.0.D.B.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.C.B.0.1
          %{ir} | 1.0.B.C.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.B.D.0.1.0.0.2
          %{i2} | 0.1
          %{v}  | ip6
          %{c}  | 2001:db8::cb01
          %{C}  | 2001%3Adb8%3A%3Acb01
          %{p}  | unknown
          """)
  void ofIpv6(String macro, String expanded) throws Exception {
    assertThat(expanded(macro, "2001:db8::cb01", SENDER, "email.example.com")).isEqualTo(expanded);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          example.org        | mx.example.org
          mx.example.org     | mx.example.org
          MX.EXAMPLE.ORG     | mx.example.org
          second.example     | second.example
          example            | second.example
          elsewhere.example  | zzz.xample.org
          ample.org          | zzz.xample.org
          """)
  void theValidatedNameIsTheDomainsOwnIfThereIsOne(String domain, String name) throws Exception {
    ZoneData zone =
        new ZoneData()
            .ptr("3.2.0.192.in-addr.arpa", "false.example.org")
            .ptr("3.2.0.192.in-addr.arpa", "zzz.xample.org")
            .ptr("3.2.0.192.in-addr.arpa", "mx.example.org")
            .ptr("3.2.0.192.in-addr.arpa", "second.example")
            .a("false.example.org", "192.0.2.4")
            .a("zzz.xample.org", "192.0.2.3")
            .a("mx.example.org", "192.0.2.3")
            .a("second.example", "192.0.2.9", "192.0.2.3");
    MacroExpander macros = expander(zone, Checks.request("192.0.2.3", SENDER, HELO));
    assertThat(macros.explanation(MacroParser.explainString("%{p}"), domain)).isEqualTo(name);
    assertThat(macros.explanation(MacroParser.explainString("%{p}"), domain)).isEqualTo(name);
    assertThat(zone.asked).as("asked once").hasSize(5);
  }

  @Test
  void aFailureMakesTheNameUnknown() throws Exception {
    ZoneData silent = new ZoneData().silent("3.2.0.192.in-addr.arpa");
    MacroExpander macros = expander(silent, Checks.request("192.0.2.3", SENDER, HELO));
    assertThat(macros.explanation(MacroParser.explainString("%{p}"), "a.b")).isEqualTo("unknown");
  }

  @Test
  void escapesAreOfUtf8Octets() throws Exception {
    assertThat(expanded("%{L}", "192.0.2.3", "gr\u00fcn ~&=_@example.com", "x.y"))
        .isEqualTo("gr%C3%BCn%20~%26%3D_");
  }

  @Test
  void whatIsNotAsciiIsNoPartOfAnExplanation() throws Exception {
    assertThat(expanded("%{l}!", "192.0.2.3", "gr\u00fcn\r\n\u0001@example.com", "x.y"))
        .isEqualTo("gr?n???!");
  }

  private static Optional<String> name(String expanded) {
    return TargetName.of(expanded).name().map(DnsName::text);
  }

  @Test
  void namesAreCutFromTheLeft() {
    String label = "a".repeat(49) + ".";
    assertThat(TargetName.of("x.".repeat(10) + label.repeat(5) + "com").text())
        .isEqualTo(label.repeat(5) + "com")
        .hasSize(253);
    assertThat(TargetName.of("x.".repeat(10) + label.repeat(5) + "comm").text())
        .isEqualTo(label.repeat(4) + "comm");
    assertThat(TargetName.of("a.b.").text()).isEqualTo("a.b");
    assertThat(name("a".repeat(300))).isEmpty();
  }

  @Test
  void whatNoNameIsLikeIsNeverAskedFor() {
    assertThat(name("a..b")).isEmpty();
    assertThat(name(".a.b")).isEmpty();
    assertThat(name("a.b..")).isEmpty();
    assertThat(name("")).isEmpty();
    assertThat(name("a".repeat(64) + ".b")).isEmpty();
    assertThat(name("a".repeat(63) + ".b")).isPresent();
    assertThat(name("\u00e9".repeat(32) + ".b")).as("octets count").isEmpty();
    assertThat(name("\\".repeat(60) + "." + "\"".repeat(60) + "." + "(".repeat(60)))
        .as("our names are held with their escapes")
        .isEmpty();
  }

  @Test
  void otherOctetsAreEscaped() {
    assertThat(name("a b\"\\;@$().c")).contains("a\\032b\\\"\\\\\\;\\@\\$\\(\\).c");
    assertThat(name("\u0142.c")).contains("\\197\\130.c");
    assertThat(name("A/b:c%d.E")).contains("a/b:c%d.e");
    assertThat(name("\u007f\u0000.c")).contains("\\127\\000.c");
  }
}

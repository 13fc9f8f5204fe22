package org.thurn.tls.mtasts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurn.name.Domain;

/** The policy's grammar, RFC 8461 §3.2, a row each; {@code |} stands for an end of line. */
class PolicyTextTest {
  private static final String GOOD = "enforce [mx.a.example] PT24H";

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("version: STSv1|mode: enforce|mx: mx.a.example|max_age: 86400", GOOD),
        arguments("version: STSv1|mode: enforce|mx: mx.a.example|max_age: 86400|", GOOD),
        arguments("version:STSv1|mode:enforce|mx:mx.a.example|max_age:86400|", GOOD),
        arguments("version:\t STSv1 \t|mode: enforce |mx: mx.a.example|max_age: 86400\t|", GOOD),
        arguments("max_age: 86400|mx: MX.A.example|mode: enforce|version: STSv1|", GOOD),
        arguments("version: STSv1||mode: enforce| \t|mx: mx.a.example|max_age: 86400||", GOOD),
        arguments(
            "version: STSv1|mode: enforce|mx: mx.a.example|max_age: 86400|mode: none|"
                + "max_age: x|version: STSv2|",
            GOOD),
        arguments(
            "x-1.y_z: a: b=c; d|Mode: none|version: STSv1|mode: enforce|mx: mx.a.example|"
                + "max_age: 86400|\u00fc: 1",
            "line 7: what stands before its colon is no name of a field"),
        arguments(
            "x: d\u00fcrfen \u20ac \ud83d\ude00|version: STSv1|mode: enforce|mx: mx.a.example|"
                + "max_age: 86400",
            GOOD),
        arguments(
            "version: STSv1|mode: testing|mx: *.a.example|mx: b.example|max_age: 0",
            "testing [*.a.example, b.example] PT0S"),
        arguments("version: STSv1|mode: none|max_age: 60", "none [] PT1M"),
        arguments("version: STSv1|mode: none|mx: a.example|max_age: 60", "none [a.example] PT1M"),
        arguments(
            "version: STSv1|mode: enforce|mx: a.example|max_age: 9999999999",
            "enforce [a.example] PT2777777H46M39S"),
        arguments("version: STSv1|mode: enforce|mx: a.example|max_age: 99999999999", MAX_AGE),
        arguments("version: STSv1|mode: enforce|mx: a.example|max_age: -1", MAX_AGE),
        arguments("version: STSv1|mode: enforce|mx: a.example|max_age: 1d", MAX_AGE),
        arguments("version: STSv1|mode: enforce|mx: a.example", "it has no field max_age"),
        arguments("version: STSv1|mx: a.example|max_age: 1", "it has no field mode"),
        arguments("mode: none|max_age: 1", "it has no field version"),
        arguments("version: STSv1|mode: testing|max_age: 1", "it has no field mx"),
        arguments("version: STSv2|mode: none|max_age: 1", "line 1: the version is not STSv1"),
        arguments("version: stsv1|mode: none|max_age: 1", "line 1: the version is not STSv1"),
        arguments("version: STSv1|mode: Enforce|max_age: 1", MODE),
        arguments("version: STSv1|mode: report|max_age: 1", MODE),
        arguments("version: STSv1|mode:|max_age: 1", "line 2: the field mode has no proper value"),
        arguments("version: STSv1|mode : none|max_age: 1", NAME),
        arguments("version: STSv1| mode: none|max_age: 1", NAME),
        arguments("version: STSv1|mode none|max_age: 1", "line 2: it has no colon"),
        arguments(
            "version: STSv1|x: a\u0007b|max_age: 1", "line 2: the field x has no proper value"),
        arguments("version: STSv1|x: a\tb|max_age: 1", "line 2: the field x has no proper value"),
        arguments(
            "version: STSv1|mode: none|max_age: 1\r",
            "line 3: the field max_age has no proper value"),
        arguments("version: STSv1\rmode: none", "line 1: the field version has no proper value"),
        arguments("<html>|<p>No such page: sorry", "line 1: it has no colon"),
        arguments("", "it has no field version"));
  }

  private static final String MAX_AGE = "line 4: max_age is no number of seconds";
  private static final String MODE = "line 2: the mode is none of enforce, testing and none";
  private static final String NAME = "line 2: what stands before its colon is no name of a field";

  @ParameterizedTest
  @MethodSource("texts")
  void oneFile(String text, String expected) {
    assertThat(read(text.replace("|", "\n"))).isEqualTo(expected);
    assertThat(read(text.replace("|", "\r\n"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "*, false",
    "*., false",
    "*a.example, false",
    "a.*.example, false",
    "*.*.example, false",
    "a.example., false",
    ".a.example, false",
    "a..example, false",
    "m\u00fcller.example, false",
    "xn--mller-kva.example, true",
    "a_b.example, false",
    "[192.0.2.1], false",
    "*.example, true",
    "localhost, true",
  })
  void hosts(String mx, boolean good) {
    String text = "version: STSv1\nmode: enforce\nmx: " + mx + "\nmax_age: 1";
    assertThat(read(text))
        .isEqualTo(good ? "enforce [" + mx + "] PT1S" : "line 3: mx is no host name");
  }

  private static String read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String read(byte[] octets) {
    return switch (PolicyText.parse(octets)) {
      case PolicyReading.Read(StsPolicy policy) ->
          policy.mode().word() + " " + policy.mx() + " " + policy.maxAge();
      case PolicyReading.Invalid(String why) -> why;
    };
  }

  @Test
  void octetsThatAreNoText() {
    byte[] octets = "version: STSv1\nx: \u00e4".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(read(octets)).isEqualTo("it is not UTF-8");
  }

  @Test
  @Timeout(5)
  void theLargestFile() {
    String text = "version: STSv1\nmode: none\nmax_age: 1\nx: a";
    byte[] full =
        text.concat(" ".repeat(PolicyText.MAX_OCTETS - text.length()))
            .getBytes(StandardCharsets.US_ASCII);
    assertThat(read(full)).isEqualTo("none [] PT1S");
    assertThat(read(new byte[PolicyText.MAX_OCTETS + 1]))
        .isEqualTo("it is larger than 65536 octets");
    assertThat(read(":".repeat(60_000))).startsWith("line 1: what stands before");
    assertThat(read("x: " + " a".repeat(30_000))).isEqualTo("it has no field version");
  }

  @ParameterizedTest
  @CsvSource({
    "mail.example.com, mail.example.com, true",
    "mail.example.com, MAIL.Example.com, true",
    "mail.example.com, a.mail.example.com, false",
    "*.example.com, mail.example.com, true",
    "*.example.com, example.com, false",
    "*.example.com, foo.bar.example.com, false",
    "*.example.com, mail.example.net, false",
    "*.com, example.com, true",
  })
  void matching(String pattern, String host, boolean matches) {
    assertThat(MxPattern.parse(pattern).orElseThrow().matches(Domain.of(host))).isEqualTo(matches);
  }

  @Test
  void whatIsServedIsReadAgain() {
    StsPolicy policy =
        new StsPolicy(
            Mode.TESTING,
            List.of(
                MxPattern.of(Domain.of("mx.a.example")),
                MxPattern.parse("*.b.example").orElseThrow()),
            Duration.ofDays(7));
    assertThat(policy.text())
        .isEqualTo(
            "version: STSv1\r\nmode: testing\r\nmx: mx.a.example\r\nmx: *.b.example\r\nmax_age: 604800\r\n");
    assertThat(PolicyText.parse(policy.text().getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(new PolicyReading.Read(policy));
    assertThat(policy.allows(Domain.of("x.b.example"))).isTrue();
    assertThat(policy.allows(Domain.of("b.example"))).isFalse();
  }

  @Test
  void anotherPolicyHasAnotherId() {
    StsPolicy one = new StsPolicy(Mode.NONE, List.of(), Duration.ofDays(1));
    StsPolicy other = new StsPolicy(Mode.NONE, List.of(), Duration.ofDays(2));
    assertThat(one.id()).matches("[0-9a-f]{20}").isNotEqualTo(other.id());
    assertThat(one.id()).isEqualTo(new StsPolicy(Mode.NONE, List.of(), Duration.ofDays(1)).id());
  }

  @Test
  void aYearIsTheLongestLife() {
    List<MxPattern> mx = List.of(MxPattern.of(Domain.of("a.example")));
    StsPolicy eager = new StsPolicy(Mode.ENFORCE, mx, Duration.ofSeconds(9_999_999_999L));
    assertThat(eager.lifetime().toSeconds()).isEqualTo(31_557_600);
    assertThat(new StsPolicy(Mode.ENFORCE, mx, Duration.ofDays(1)).lifetime())
        .isEqualTo(Duration.ofDays(1));
  }
}

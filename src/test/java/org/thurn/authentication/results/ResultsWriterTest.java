package org.thurn.authentication.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;

/** What is written is read back; what a stranger said changes nothing around it. */
class ResultsWriterTest {
  private static final AuthenticationResults USUAL =
      AuthenticationResults.of(
          "mx.thurn.example",
          List.of(
              Method.SPF.result("pass").with("smtp", "mailfrom", "anna@sender.example"),
              Method.DKIM
                  .result("fail")
                  .because("the body was changed")
                  .with("header", "d", "sender.example")
                  .with("header", "s", "k2026")
                  .with("header", "b", "ab/cd+ef"),
              Method.DMARC.result("pass").with("header", "from", "sender.example")));

  @Test
  void theValue() {
    assertThat(ResultsWriter.value(USUAL))
        .isEqualTo(
            "mx.thurn.example; spf=pass smtp.mailfrom=anna@sender.example;"
                + " dkim=fail reason=\"the body was changed\" header.d=sender.example header.s=k2026"
                + " header.b=\"ab/cd+ef\"; dmarc=pass header.from=sender.example");
  }

  @Test
  void theFieldHasALineForEachResult() {
    assertThat(ResultsWriter.field(USUAL))
        .hasToString(
            "Authentication-Results: mx.thurn.example;\r\n"
                + "    spf=pass smtp.mailfrom=anna@sender.example;\r\n"
                + "    dkim=fail reason=\"the body was changed\" header.d=sender.example\r\n"
                + "      header.s=k2026 header.b=\"ab/cd+ef\";\r\n"
                + "    dmarc=pass header.from=sender.example\r\n");
    assertThat(ResultsWriter.field("ARC-Authentication-Results", "i=1; ", USUAL).toString())
        .startsWith("ARC-Authentication-Results: i=1; mx.thurn.example;\r\n    spf=pass");
  }

  @Test
  void nothingIsNone() {
    assertThat(ResultsWriter.value(AuthenticationResults.of("mx.example", List.of())))
        .isEqualTo("mx.example; none");
    assertThat(ResultsWriter.value(new AuthenticationResults("a b", 2, List.of())))
        .isEqualTo("\"a b\" 2; none");
  }

  @Test
  void whatOthersMayWriteWeDoNot() {
    assertThatThrownBy(() -> ResultsWriter.value(AuthenticationResults.of("", List.of())))
        .isInstanceOf(IllegalArgumentException.class);
    for (String value : List.of("m; a=b c=d", "m; a=b x.is_org=y", "m; a_b=c", "m; a-=b")) {
      assertThatThrownBy(() -> ResultsWriter.value(Parsed.of(value)))
          .as(value)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void noRecordHoldsAWordThatIsMore() {
    for (String word : List.of("", "a b", "a=b", "a;b", "a.b", "a\r\nb", "ä", "a".repeat(65))) {
      assertThatThrownBy(() -> MethodResult.of(word, "pass"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> MethodResult.of("spf", word))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new Property("smtp", word, ""))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\r\nAuthentication-Results: mx.example; spf=pass",
        "a\nb",
        "a\rb",
        "a\u0000b",
        "a\u0085b\u2028c\u2029d",
        "\u202egnp.exe",
        "\ud800",
        "a; dkim=pass header.d=bank.example",
        "\"; dkim=pass header.d=bank.example; x=\"",
        "\\",
        "\\\"; dkim=pass",
        "a\\",
        "(",
        ")",
        "x) ; dkim=pass (",
        "\"a; dkim=pass\"@evil.example",
        "=?utf-8?q?=3B_dkim=3Dpass?=",
        "@",
        "a@b@c",
        "a@",
        "",
        " ",
        "\t",
        "a  b",
        "none",
      })
  void nothingIsInjected(String stranger) throws ResultsSyntaxException {
    AuthenticationResults results =
        AuthenticationResults.of(
            "mx.example",
            List.of(
                Method.SPF
                    .result("fail")
                    .because(stranger)
                    .with("smtp", "helo", stranger)
                    .with("smtp", "mailfrom", stranger + "@" + stranger),
                Method.DMARC.result("fail").with("header", "from", stranger)));
    HeaderField field = ResultsWriter.field(results);
    Headers headers =
        Headers.parse(
            (field + "\r\n").getBytes(StandardCharsets.ISO_8859_1), MessageLimits.DEFAULT);
    assertThat(headers.fields()).containsExactly(field);
    assertThat(headers.defects()).isSubsetOf(org.thurn.message.Defect.EIGHT_BIT_HEADER);
    for (AuthenticationResults read :
        List.of(ResultsParser.parse(field), Parsed.of(ResultsWriter.value(results)))) {
      assertThat(read.results()).extracting(MethodResult::method).containsExactly("spf", "dmarc");
      assertThat(read.results()).extracting(MethodResult::result).containsOnly("fail");
      assertThat(read.results().getFirst().properties())
          .extracting(Property::name)
          .containsExactly("helo", "mailfrom");
      assertThat(read.results().getLast().properties()).hasSize(1);
    }
    naiveReadersSeeTheSame(field.unfolded());
  }

  /** They split at semicolons and drop parentheses without a look at quotes. */
  private static void naiveReadersSeeTheSame(String value) {
    String bare = value.replaceAll("\\([^)]*\\)", "");
    assertThat(bare).isEqualTo(value);
    assertThat(Arrays.stream(bare.split(";")).map(String::strip).map(s -> s.split("[= ]", 2)[0]))
        .containsExactly("mx.example", "spf", "dmarc");
  }

  @Test
  void whatIsTooLongIsCutAndSaysSo() {
    String longest = "ä".repeat(ResultsWriter.MAX_VALUE / 2);
    for (String value : List.of(longest, longest + "b", "\"".repeat(9_999), "𝄞".repeat(9_999))) {
      MethodResult result = Method.SPF.result("none").with("smtp", "helo", value).because(value);
      HeaderField field = ResultsWriter.field(AuthenticationResults.of("m", List.of(result)));
      MethodResult read = Parsed.of(field.unfolded()).results().getFirst();
      assertThat(read.value("smtp", "helo")).isEqualTo(read.reason());
      String kept = read.reason().orElseThrow();
      assertThat(kept.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(317, 323);
      assertThat(kept.endsWith("...")).isEqualTo(!value.equals(longest));
      assertThat(value).startsWith(kept.replaceAll("\\.\\.\\.$", ""));
      assertThat(field.toString().lines()).allMatch(line -> line.length() <= 998);
    }
  }

  @Test
  void whatIsWrittenIsReadBack() throws ResultsSyntaxException {
    Random random = new Random(8601);
    for (int round = 0; round < 5_000; round++) {
      AuthenticationResults results = results(random);
      String value = ResultsWriter.value(results);
      assertThat(ResultsParser.parse(value)).as(value).isEqualTo(results);
      assertThat(ResultsParser.parse(ResultsWriter.field(results))).as(value).isEqualTo(results);
    }
  }

  private static AuthenticationResults results(Random random) {
    List<MethodResult> results = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      List<Property> properties = new ArrayList<>();
      for (int k = random.nextInt(4); k > 0; k--) {
        properties.add(new Property(keyword(random), keyword(random), text(random)));
      }
      Optional<String> reason = random.nextBoolean() ? Optional.of(text(random)) : Optional.empty();
      int version = 1 + random.nextInt(2);
      results.add(new MethodResult(keyword(random), version, keyword(random), reason, properties));
    }
    String id = random.nextBoolean() ? "mx.example" : text(random) + "x";
    return new AuthenticationResults(id, 1 + random.nextInt(2), results);
  }

  /** May be "none" and "reason", which are no methods and properties only in other places. */
  private static String keyword(Random random) {
    List<String> known = List.of("dkim", "none", "reason", "x-1", "pass", "a", "7", "mailfrom");
    return known.get(random.nextInt(known.size()));
  }

  private static String text(Random random) {
    String letters = "ab0@.=/\\\"<>,:[]?' \tä中𝄞-_{}";
    int[] points = letters.codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString().replace('\t', '~');
  }
}

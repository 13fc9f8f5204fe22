package org.thurn.authentication.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.message.HeaderField;

/** The grammar, the shapes of RFC 8601's Appendix B, and those of writers that many have. */
class ResultsParserTest {
  private static MethodResult result(String method, String result, Property... properties) {
    return new MethodResult(method, 1, result, Optional.empty(), List.of(properties));
  }

  private static Property property(String ptype, String name, String value) {
    return new Property(ptype, name, value);
  }

  private static AuthenticationResults results(String id, MethodResult... results) {
    return AuthenticationResults.of(id, List.of(results));
  }

  @Test
  void appendixB2NothingDone() {
    assertThat(Parsed.of("mail.example 1; none")).isEqualTo(results("mail.example"));
  }

  @Test
  void appendixB3OneMethod() {
    assertThat(Parsed.of("mail.example; spf=pass smtp.mailfrom=sender.example"))
        .isEqualTo(
            results(
                "mail.example",
                result("spf", "pass", property("smtp", "mailfrom", "sender.example"))));
  }

  @Test
  void appendixB4SeveralMethodsInOneField() {
    assertThat(
            Parsed.of(
                "mail.example; auth=pass (cram-md5) smtp.auth=anna@sender.example;"
                    + " spf=pass smtp.mailfrom=sender.example"))
        .isEqualTo(
            results(
                "mail.example",
                result("auth", "pass", property("smtp", "auth", "anna@sender.example")),
                result("spf", "pass", property("smtp", "mailfrom", "sender.example"))));
  }

  @Test
  void appendixB5SeveralFieldsAndAReason() {
    AuthenticationResults lower = Parsed.of("mail.example; iprev=pass policy.iprev=192.0.2.200");
    assertThat(lower.first("iprev").orElseThrow().value("policy", "iprev")).contains("192.0.2.200");
    MethodResult signed =
        Parsed.of(
                "mail.example; dkim=fail reason=\"the body was changed; by a list\""
                    + " header.d=sender.example")
            .first("DKIM")
            .orElseThrow();
    assertThat(signed.reason()).contains("the body was changed; by a list");
    assertThat(signed.value("Header", "D")).contains("sender.example");
    assertThat(signed.isPass()).isFalse();
  }

  @Test
  void appendixB6SeveralResultsOfOneMethod() {
    AuthenticationResults results =
        Parsed.of(
            "list.example; dkim=pass reason=\"good signature\" header.i=@mail-router.example;"
                + " dkim=fail reason=\"bad signature\" header.i=@sender.example");
    assertThat(results.all("dkim"))
        .extracting(MethodResult::result)
        .containsExactly("pass", "fail");
    assertThat(results.all("dkim").getLast().value("header", "i")).contains("@sender.example");
  }

  @Test
  void appendixB7CommentsEverywhere() {
    assertThat(
            Parsed.of(
                "(a) foo.example (b (c)) 1 (d) ; (e) dkim (f) / (g) 1 (h) = (i) fail (j)"
                    + " reason (k) = (l) lost (m) policy (n) . (o) expired (p) = (q) 1362471462 (r)"))
        .isEqualTo(
            results(
                "foo.example",
                new MethodResult(
                    "dkim",
                    1,
                    "fail",
                    Optional.of("lost"),
                    List.of(property("policy", "expired", "1362471462")))));
  }

  @Test
  void versionsOtherThanOneAreTold() {
    AuthenticationResults results = Parsed.of("\"mail example\" 2; DKIM/3=Pass");
    assertThat(results.authservId()).isEqualTo("mail example");
    assertThat(results.version()).isEqualTo(2);
    assertThat(results.results())
        .containsExactly(new MethodResult("dkim", 3, "pass", Optional.empty(), List.of()));
  }

  @Test
  void aFoldedFieldIsReadAsOne() throws ResultsSyntaxException {
    HeaderField field =
        HeaderField.raw(
            "Authentication-Results: m.example;\r\n\tspf=pass\r\n\tsmtp.helo=\"a\r\n b\"\r\n"
                .getBytes(StandardCharsets.US_ASCII));
    assertThat(ResultsParser.parse(field))
        .isEqualTo(results("m.example", result("spf", "pass", property("smtp", "helo", "a b"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "smtp.mailfrom=a.b+c@x.example | a.b+c@x.example",
        "smtp.mailfrom=\"a b\"@x.example | \"a b\"@x.example",
        "smtp.mailfrom=\"prvs=1=a@x.example\" | prvs=1=a@x.example",
        "smtp.mailfrom=\"a\\\"b\\\\c\" | a\"b\\c",
        "smtp.mailfrom=@x.example | @x.example",
        "smtp.mailfrom=grün@straße.example | grün@straße.example",
        "smtp.mailfrom=\"\" | ''",
        "smtp.mailfrom= (nothing) | ''",
        "smtp.mailfrom=<> | <>",
        "smtp.remote-ip=2001:db8::1 | 2001:db8::1",
        "header.b=ab/c+d== | ab/c+d==",
        "policy.authority-uri=https://x.example/a?b=c | https://x.example/a?b=c",
        "header.from=x.example(really) | x.example",
      })
  void values(String written, String value) {
    assertThat(Parsed.of("m.example; x=pass " + written).results().getFirst().properties())
        .singleElement()
        .extracting(Property::value)
        .isEqualTo(value);
  }

  @Test
  void gmail() {
    AuthenticationResults results =
        Parsed.of(
            "mx.google.com;       dkim=pass header.i=@lists.example header.s=k1 header.b=\"dh/8=+a\";"
                + "       arc=pass (i=1 spf=pass spfdomain=x.example dkim=pass dkdomain=x.example);"
                + "       spf=pass (google.com: domain of bounces+anna=x.example@lists.example"
                + " designates 2001:db8::3 as permitted sender)"
                + " smtp.mailfrom=\"bounces+anna=x.example@lists.example\";"
                + "       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=lists.example");
    assertThat(results.authservId()).isEqualTo("mx.google.com");
    assertThat(results.results())
        .extracting(MethodResult::method)
        .containsExactly("dkim", "arc", "spf", "dmarc");
    assertThat(results.first("spf").orElseThrow().value("smtp", "mailfrom"))
        .contains("bounces+anna=x.example@lists.example");
  }

  @Test
  void microsoft() {
    AuthenticationResults results =
        Parsed.of(
            "spf=none (sender IP is 192.0.2.7) smtp.mailfrom=; dkim=pass (signature was verified)"
                + " header.d=x.example;dmarc=pass action=none header.from=x.example;"
                + "compauth=pass reason=100");
    assertThat(results.authservId()).isEmpty();
    assertThat(results.results())
        .extracting(MethodResult::method)
        .containsExactly("spf", "dkim", "dmarc", "compauth");
    MethodResult dmarc = results.first("dmarc").orElseThrow();
    assertThat(dmarc.value("", "action")).contains("none");
    assertThat(dmarc.value("header", "from")).contains("x.example");
    assertThat(results.first("compauth").orElseThrow().reason()).contains("100");
    assertThat(
            Parsed.of(
                    "mx.microsoft.com 1; spf=pass smtp.mailfrom=x.example; dmarc=pass action=none"
                        + " header.from=x.example; dkim=pass header.d=x.example; arc=none")
                .version())
        .isEqualTo(1);
  }

  @Test
  void fastmail() {
    AuthenticationResults results =
        Parsed.of(
            "mx1.messagingengine.com; x-csa=none; x-me-sender=none; x-ptr=pass smtp.helo=a.example"
                + " policy.ptr=a.example; arc=none (no signatures found); bimi=skipped (DMARC Policy"
                + " is not at enforcement); dkim=pass (2048-bit rsa key sha256) header.d=x.example"
                + " header.i=@x.example header.b=Ab0/De1+ header.a=rsa-sha256 header.s=s1"
                + " x-bits=2048; dmarc=pass policy.published-domain-policy=none"
                + " policy.applied-disposition=none policy.evaluated-disposition=none"
                + " (p=none,d=none,d.eval=none) policy.policy-from=p header.from=x.example;"
                + " iprev=pass smtp.remote-ip=192.0.2.9 (a.example); spf=pass smtp.mailfrom=b@x.example"
                + " smtp.helo=a.example; x-return-mx=pass header.domain=x.example policy.is_org=yes"
                + " (MX Records found: mx.x.example); x-vs=clean score=-51 state=0");
    assertThat(results.results()).hasSize(11);
    assertThat(results.first("x-return-mx").orElseThrow().value("policy", "is_org"))
        .contains("yes");
    assertThat(results.first("dkim").orElseThrow().value("", "x-bits")).contains("2048");
    assertThat(results.first("x-vs").orElseThrow().value("", "score")).contains("-51");
  }

  @Test
  void yahooAndICloud() {
    AuthenticationResults yahoo =
        Parsed.of(
            "atlas101.mail.example; dkim=pass header.i=@x.example header.s=s1;"
                + " spf=pass smtp.mailfrom=x.example; dmarc=pass(p=REJECT) header.from=x.example;");
    assertThat(yahoo.results()).hasSize(3);
    AuthenticationResults apple =
        Parsed.of(
            "bimi.icloud.example; bimi=pass header.d=x.example header.selector=default"
                + " policy.authority=pass policy.authority-uri=https://x.example/vmc.pem");
    assertThat(apple.results().getFirst().value("policy", "authority-uri"))
        .contains("https://x.example/vmc.pem");
  }

  @Test
  void aMailingListBehindAmavis() {
    AuthenticationResults results =
        Parsed.of(
            "lists.example (amavisd-new); dkim=softfail (2048-bit key) reason=\"fail (message has"
                + " been altered)\" header.d=x.example; dkim=pass (1024-bit key)"
                + " header.d=lists.example");
    assertThat(results.authservId()).isEqualTo("lists.example");
    assertThat(results.all("dkim").getFirst().reason()).contains("fail (message has been altered)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " (only a comment) ",
        "m.example",
        "m.example;",
        "m.example; ;",
        "m.example; none; none",
        "m.example; spf=pass; none",
        "m.example; none; spf=pass",
        "m.example; spf",
        "m.example; spf pass",
        "m.example; spf=",
        "m.example; spf=pass;;dkim=pass",
        "m.example; =pass",
        "m.example; spf/=pass",
        "m.example; spf/12345=pass",
        "m.example 99999; none",
        "m.example x; none",
        "m.example; spf=pass smtp.mailfrom",
        "m.example; spf=pass smtp.=x",
        "m.example; spf=pass smtp..mailfrom=x",
        "m.example; spf=pass .mailfrom=x",
        "m.example; spf=pass smtp.mailfrom=\"x",
        "m.example; spf=pass smtp.mailfrom=x\"y\"",
        "m.example; spf=pass smtp.mailfrom=\"x\"y",
        "m.example; spf=pass (x",
        "m.example; spf=pass smtp.mailfrom=a\r\n b",
        "m.example; spf=pass smtp.mailfrom=a\u0000",
        "m.example; späf=pass",
        ";none",
        "\"m.example; none",
        "a@b; none",
      })
  void mistakes(String value) {
    assertThatThrownBy(() -> ResultsParser.parse(value))
        .isInstanceOf(ResultsSyntaxException.class)
        .message()
        .matches("[ -~]{8,200}");
  }

  @Test
  void thereAreLimits() {
    assertThat(Parsed.of("m" + "; a=b".repeat(ResultsParser.MAX_RESULTS)).results())
        .hasSize(ResultsParser.MAX_RESULTS);
    assertThatThrownBy(
            () -> ResultsParser.parse("m" + "; a=b".repeat(ResultsParser.MAX_RESULTS + 1)))
        .hasMessageContaining("too many results");
    String most = "m; a=b" + " c.d=e".repeat(ResultsParser.MAX_PROPERTIES);
    assertThat(Parsed.of(most).results().getFirst().properties())
        .hasSize(ResultsParser.MAX_PROPERTIES);
    assertThatThrownBy(() -> ResultsParser.parse(most + " c.d=e"))
        .hasMessageContaining("too many properties");
    assertThatThrownBy(() -> ResultsParser.parse("m; a=" + "b".repeat(65)))
        .hasMessageContaining("too long");
    assertThatThrownBy(() -> ResultsParser.parse(" ".repeat(40_000)))
        .hasMessageContaining("longer");
    assertThatThrownBy(() -> ResultsParser.parse("(".repeat(30_000)))
        .hasMessageContaining("comment");
  }

  @Test
  void theRegistryKnowsItsWords() {
    assertThat(Method.of(MethodResult.of("SPF", "softfail"))).contains(Method.SPF);
    assertThat(Method.of(MethodResult.of("x-ptr", "pass"))).isEmpty();
    assertThat(Method.DKIM.result("policy")).isEqualTo(MethodResult.of("dkim", "policy"));
    assertThat(Method.IPREV.results()).doesNotContain("none");
    assertThatThrownBy(() -> Method.ARC.result("softfail"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

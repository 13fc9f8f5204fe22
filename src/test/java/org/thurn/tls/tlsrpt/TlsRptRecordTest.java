package org.thurn.tls.tlsrpt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurn.dns.DnsName;
import org.thurn.name.Domain;

/** The record's grammar, RFC 8460 §3, a row each. */
class TlsRptRecordTest {
  private static final String FORM = "wrong: a field of it is not of the form name=value";
  private static final String NOWHERE = "wrong: its rua has no mailto or https URI";
  private static final String BEGINNING = "wrong: it does not begin with v=TLSRPTv1;";

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("v=TLSRPTv1; rua=mailto:reports@a.example", "mailto:reports@a.example"),
        arguments("v=TLSRPTv1;rua=https://r.a.example/v1;", "https://r.a.example/v1"),
        arguments("v=TLSRPTv1 ;\trua=mailto:x@a.example ; ", "mailto:x@a.example"),
        arguments(
            "v=TLSRPTv1; rua=mailto:x@a.example , https://a.example/?k=v",
            "mailto:x@a.example https://a.example/?k=v"),
        arguments("v=TLSRPTv1; rua=MAILTO:x@a.example", "MAILTO:x@a.example"),
        arguments("v=TLSRPTv1; rua=mailto:x@a.example,mailto:x@a.example", "mailto:x@a.example"),
        arguments("v=TLSRPTv1; rua=ftp://a.example/,mailto:x@a.example", "mailto:x@a.example"),
        arguments("v=TLSRPTv1; rua=http://a.example/", NOWHERE),
        arguments("v=TLSRPTv1; rua=https:///v1", NOWHERE),
        arguments("v=TLSRPTv1; rua=https://user:word@a.example/", NOWHERE),
        arguments("v=TLSRPTv1; rua=mailto:", NOWHERE),
        arguments("v=TLSRPTv1; rua=", NOWHERE),
        arguments("v=TLSRPTv1; rua= a b", NOWHERE),
        arguments(
            "v=TLSRPTv1; rua=mailto:x@a.example; rua=mailto:y@a.example", "mailto:x@a.example"),
        arguments("v=TLSRPTv1; new=1; rua=mailto:x@a.example; n-e.w_=2", "mailto:x@a.example"),
        arguments("v=TLSRPTv1; new=a b; rua=mailto:x@a.example", FORM),
        arguments("v=TLSRPTv1; -new=1; rua=mailto:x@a.example", FORM),
        arguments("v=TLSRPTv1; ; rua=mailto:x@a.example", FORM),
        arguments("v=TLSRPTv1;", FORM),
        arguments("v=TLSRPTv1; RUA=mailto:x@a.example", "wrong: it has no rua"),
        arguments("v=TLSRPTv1; new=1", "wrong: it has no rua"),
        arguments("v=tlsrptv1; rua=mailto:x@a.example", BEGINNING),
        arguments("v=TLSRPTv10; rua=mailto:x@a.example", BEGINNING),
        arguments("v=TLSRPTv1", BEGINNING),
        arguments("", BEGINNING));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void isReadByItsGrammar(String text, String expected) {
    String read =
        switch (TlsRptRecord.parse(text)) {
          case TlsRptRecord.Reading.Wanted(TlsRptRecord record) ->
              record.rua().stream().map(URI::toString).collect(Collectors.joining(" "));
          case TlsRptRecord.Reading.Wrong(String why) -> "wrong: " + why;
          case TlsRptRecord.Reading.Silent _ -> "silent";
          case TlsRptRecord.Reading.Unanswered(String why) -> "unanswered: " + why;
        };
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void standsBelowTheDomain() throws Exception {
    assertThat(TlsRptRecord.nameFor(Domain.parse("a.example")).map(DnsName::text))
        .contains("_smtp._tls.a.example");
  }
}

package org.thurn.authentication.spf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.message.HeaderField;
import org.thurn.name.IpAddress;

/** The field of RFC 7208 §9.1. */
class ReceivedSpfTest {
  private static HeaderField field(ZoneData zone, SpfRequest request) {
    return ReceivedSpf.of(request, Checks.check(zone, request), Checks.RECEIVER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          all           | pass (mx.receiver.example: all matches 192.0.2.1 in the record of example.com) client-ip=192.0.2.1; envelope-from="me@example.com"; helo=mail.example.com; receiver=mx.receiver.example; identity=mailfrom; mechanism=all
          -ip4:192.0.2.0/24 | fail (mx.receiver.example: -ip4:192.0.2.0/24 matches 192.0.2.1 in the record of example.com) client-ip=192.0.2.1; envelope-from="me@example.com"; helo=mail.example.com; receiver=mx.receiver.example; identity=mailfrom; mechanism="-ip4:192.0.2.0/24"
          ~include:b.example| softfail (mx.receiver.example: all matches 192.0.2.1 in the record of b.example, reached from example.com by ~include:b.example) client-ip=192.0.2.1; envelope-from="me@example.com"; helo=mail.example.com; receiver=mx.receiver.example; identity=mailfrom; mechanism="~include:b.example"
          x=y           | neutral (mx.receiver.example: nothing matches 192.0.2.1 in the record of example.com) client-ip=192.0.2.1; envelope-from="me@example.com"; helo=mail.example.com; receiver=mx.receiver.example; identity=mailfrom; mechanism=default
          a:silent.example | temperror (mx.receiver.example: the DNS did not answer for A of silent.example: no reply) client-ip=192.0.2.1; envelope-from="me@example.com"; helo=mail.example.com; receiver=mx.receiver.example; identity=mailfrom; problem="the DNS did not answer for A of silent.example: no reply"
          (moo)         | permerror (mx.receiver.example: a mistake in the record of example.com: no mechanism is named "\\(moo\\)" at character 8) client-ip=192.0.2.1; envelope-from="me@example.com"; helo=mail.example.com; receiver=mx.receiver.example; identity=mailfrom; problem="a mistake in the record of example.com: no mechanism is named \\"(moo)\\" at character 8"
          """)
  void isWrittenByItsGrammar(String terms, String value) {
    ZoneData zone =
        new ZoneData()
            .txt("example.com", "v=spf1 " + terms)
            .txt("b.example", "v=spf1 all")
            .silent("silent.example");
    HeaderField field =
        field(zone, Checks.request("192.0.2.1", "me@example.com", "mail.example.com"));
    assertThat(field.name()).isEqualTo("Received-SPF");
    assertThat(field.unfolded()).isEqualTo(value);
  }

  @Test
  void theHeloIdentityHasNoEnvelope() {
    assertThat(
            field(new ZoneData(), SpfRequest.helo(IpAddress.of("2001:db8::1"), "[x y]")).unfolded())
        .isEqualTo(
            "none (mx.receiver.example: \"[x y]\" is no name of a domain)"
                + " client-ip=\"2001:db8::1\"; helo=\"[x y]\"; receiver=mx.receiver.example;"
                + " identity=helo");
  }

  @Test
  void strangeTextBecomesNoOtherField() {
    HeaderField field =
        field(
            new ZoneData(),
            Checks.request(
                "192.0.2.1", "a\"b\\c\r\nX: \u0001gr\u00fcn@exa\\mple(.com", "h\u0000)\u00e9\"\\"));
    assertThat(field.unfolded())
        .contains("envelope-from=\"a\\\"b\\\\c??X: ?gr\u00fcn@exa\\\\mple(.com\"")
        .contains("helo=\"h?)?\\\"\\\\\"")
        .contains("\"exa\\\\mple\\(.com\" is no name");
    assertThat(field.toString().split("\r\n"))
        .allMatch(line -> line.matches("Received-SPF: .*| .*"));
  }
}

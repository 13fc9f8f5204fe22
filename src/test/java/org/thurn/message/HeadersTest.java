package org.thurn.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
  private static Headers parse(String text) {
    return Headers.parse(text.getBytes(UTF_8), MessageLimits.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n",
        "\n",
        "A: b\r\n\r\nbody",
        "A: b\n\nbody",
        "A: b\r\n c\r\n\td\r\n\r\n",
        "A: b",
        "A: b\r\n",
        "From me Mon Jan 1\r\nA: b\r\n\r\n",
        "no colon\r\nA: b\r\n\r\n",
        " starts with a fold\r\nA: b\r\n\r\n",
        "A : b\r\n\r\n",
        ": no name\r\n\r\n",
        "A: b\rc\r\nd: e\u0000\r\n\r\n",
        "A: b\r\r\n\r\n"
      })
  void noOctetIsLost(String message) throws IOException {
    byte[] octets = message.getBytes(UTF_8);
    Headers headers = Headers.parse(octets, MessageLimits.DEFAULT);
    int length = headers.length();
    assertThat(headers.toByteArray()).isEqualTo(message.substring(0, length).getBytes(UTF_8));
    Headers streamed = Headers.read(new ByteArrayInputStream(octets), MessageLimits.DEFAULT);
    assertThat(streamed.toByteArray()).isEqualTo(headers.toByteArray());
    assertThat(streamed.fields()).isEqualTo(headers.fields());
    assertThat(message.substring(length)).isIn("", "body");
  }

  @Test
  void findsByNameInAnyCase() {
    Headers headers = parse("Received: 1\r\nreceived: 2\r\nX: y\r\nRECEIVED : 3\r\n\r\n");
    assertThat(headers.count("Received")).isEqualTo(3);
    assertThat(headers.first("receiveD").orElseThrow().unfolded()).isEqualTo("1");
    assertThat(headers.last("Received").orElseThrow().unfolded()).isEqualTo("3");
    assertThat(headers.all("Received")).hasSize(3);
    assertThat(headers.first("Receive")).isEmpty();
  }

  @Test
  void unfoldsAndDecodes() {
    HeaderField field =
        parse("Subject:  a\r\n\tb \r\n =?utf-8?q?=C3=A4?=\r\n =?utf-8?B?w7Y=?=\r\n\r\n")
            .fields()
            .getFirst();
    assertThat(field.unfolded()).isEqualTo("a\tb  =?utf-8?q?=C3=A4?= =?utf-8?B?w7Y=?=");
    assertThat(field.decoded()).isEqualTo("a\tb  äö");
    assertThat(field.rawValue()).startsWith(' ', ' ', 'a', '\r', '\n');
  }

  @Test
  void readsUtf8AndLatin1() {
    assertThat(parse("S: grün\r\n").fields().getFirst().unfolded()).isEqualTo("grün");
    Headers latin = Headers.parse("S: grün\r\n".getBytes(ISO_8859_1), MessageLimits.DEFAULT);
    assertThat(latin.fields().getFirst().unfolded()).isEqualTo("grün");
    assertThat(latin.defects()).containsExactly(Defect.EIGHT_BIT_HEADER);
  }

  @Test
  void changesLeaveOtherOctetsAlone() {
    Headers headers = parse("A: 1\r\n x\r\nB : 2\nC: 3\r\n\r\n");
    HeaderField top = HeaderField.of("Return-Path", "<>");
    assertThat(text(headers.prepend(top)))
        .isEqualTo("Return-Path: <>\r\nA: 1\r\n x\r\nB : 2\nC: 3\r\n\r\n");
    assertThat(text(headers.without("b"))).isEqualTo("A: 1\r\n x\r\nC: 3\r\n\r\n");
    assertThat(text(headers.append(top)))
        .isEqualTo("A: 1\r\n x\r\nB : 2\nC: 3\r\nReturn-Path: <>\r\n\r\n");
    assertThat(text(headers)).isEqualTo("A: 1\r\n x\r\nB : 2\nC: 3\r\n\r\n");
  }

  private static String text(Headers headers) {
    return new String(headers.toByteArray(), UTF_8);
  }

  @Test
  void tellsWhatIsWrong() {
    assertThat(parse("From x\r\nA: b\r\n\r\n").defects()).containsExactly(Defect.MBOX_FROM);
    assertThat(parse("A: b\r\nFrom x\r\n\r\n").defects()).containsExactly(Defect.NO_COLON);
    assertThat(parse("A: b\n\n").defects()).containsExactly(Defect.BARE_LF);
    assertThat(parse("A: b\rc\r\n\r\n").defects()).containsExactly(Defect.BARE_CR);
    assertThat(parse("A: \u0000\r\n\r\n").defects()).containsExactly(Defect.NUL);
    assertThat(parse("A: " + "x".repeat(999) + "\r\n\r\n").defects())
        .containsExactly(Defect.LINE_TOO_LONG);
    assertThat(parse("A: b\r\n\r\n").defects()).isEmpty();
  }

  @Test
  void endsAtItsLimitsWithWholeLines() throws IOException {
    MessageLimits limits = new MessageLimits(20, 3, 998, 5, 5);
    String many = "A: 1\r\nA: 2\r\n c\r\nA: 3\r\nA: 4\r\n\r\n";
    MessageLimits three = new MessageLimits(1000, 3, 998, 5, 5);
    Headers fields = Headers.parse(many.getBytes(UTF_8), three);
    assertThat(text(fields)).isEqualTo("A: 1\r\nA: 2\r\n c\r\nA: 3\r\n");
    assertThat(fields.defects()).containsExactly(Defect.TOO_MANY_FIELDS);
    for (String tail : new String[] {"B: 0123456789\r\n\r\n", "B: " + "x".repeat(50_000)}) {
      byte[] octets = ("A: 1\r\n" + tail).getBytes(UTF_8);
      Headers headers = Headers.parse(octets, limits);
      assertThat(text(headers)).isEqualTo("A: 1\r\n");
      assertThat(headers.defects()).containsExactly(Defect.HEADER_TOO_LARGE);
      assertThat(Headers.read(new ByteArrayInputStream(octets), limits).toByteArray())
          .isEqualTo(headers.toByteArray());
    }
  }

  @Test
  void aFieldThatWeWriteIsFolded() {
    String value = "word ".repeat(40).strip();
    String text = HeaderField.of("Subject", value).toString();
    assertThat(text.split("\r\n")).allSatisfy(line -> assertThat(line).hasSizeLessThan(79));
    Headers parsed = parse(text);
    assertThat(parsed.fields()).hasSize(1);
    assertThat(parsed.fields().getFirst().unfolded()).isEqualTo(value);
  }

  @Test
  void foldsNeverMakeALineOfSpacesAlone() {
    String text = HeaderField.of("Subject", "x".repeat(70) + " ".repeat(90) + "y").toString();
    assertThat(text.split("\r\n")).noneMatch(String::isBlank);
    assertThat(parse(text).fields()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nBcc: x", "a\nb", "a\rb", "a\u0000b"})
  void nobodyInjectsAField(String value) {
    assertThatThrownBy(() -> HeaderField.of("Subject", value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A: b", "A: b\n", "A: b\r\nB: c\r\n", "A: b\r\n\r\n", "x\r\n"})
  void aRawFieldIsExactlyOne(String text) {
    assertThatThrownBy(() -> HeaderField.raw(text.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(HeaderField.raw("A: b\r\n\tc\r\n".getBytes(UTF_8)).unfolded()).isEqualTo("b\tc");
  }
}

package org.thurn.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DowngradeTest {
  private static final String TEXT =
      "From: a@x.test\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
          + "Content-Transfer-Encoding: 8bit\r\nSubject: s\r\n\r\n";

  private static Downgrade plan(byte[] message, DataClass target) {
    return Downgrade.plan(MimeParser.parse(message, MessageLimits.DEFAULT), target);
  }

  private static String convert(byte[] message, DataClass target) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Downgrade plan = plan(message, target);
    assertThat(plan).isInstanceOf(Downgrade.Possible.class);
    ((Downgrade.Possible) plan).writeTo(OctetSource.of(message), out);
    return out.toString(ISO_8859_1);
  }

  @Test
  void textBecomesQuotedPrintableAndTheHeaderStays() throws IOException {
    String body = "grün \r\n.\r\nFrom here = there\r\n" + "ä".repeat(100) + "\r\n";
    String converted = convert((TEXT + body).getBytes(UTF_8), DataClass.SEVEN_BIT);
    assertThat(converted)
        .startsWith(
            TEXT.replace("8bit", "quoted-printable") + "gr=C3=BCn=20\r\n=2E\r\n=46rom here");
    byte[] octets = converted.getBytes(ISO_8859_1);
    MimeTree tree = MimeParser.parse(octets, MessageLimits.DEFAULT);
    assertThat(tree.traits().dataClass()).isEqualTo(DataClass.SEVEN_BIT);
    assertThat(tree.traits().longestLine()).isLessThanOrEqualTo(76);
    assertThat(tree.root().text(OctetSource.of(octets), 10_000)).isEqualTo(body);
  }

  @Test
  void onlyTheWideLeafOfAMultipartChanges() throws IOException {
    String message =
        """
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b
        Content-Transfer-Encoding: 8bit

        prä
        --b
        Content-Type: image/png
        Content-Transfer-Encoding: binary

        \u0000png\u00ff
        --b
        Content-Type: message/rfc822
        Content-Transfer-Encoding: 8bit

        Subject: inner
        Content-Type: text/plain; charset=iso-8859-1

        \u00fc
        --b
        Content-Type: text/plain

        plain
        --b--
        """
            .replace("\n", "\r\n");
    assertThat(convert(message.getBytes(ISO_8859_1), DataClass.SEVEN_BIT))
        .isEqualTo(
            """
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b
            Content-Transfer-Encoding: 7bit

            pr?
            --b
            Content-Type: image/png
            Content-Transfer-Encoding: base64

            AHBuZ/8=
            --b
            Content-Type: message/rfc822
            Content-Transfer-Encoding: 7bit

            Subject: inner
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            =FC
            --b
            Content-Type: text/plain

            plain
            --b--
            """
                .replace("\n", "\r\n"));
    assertThat(convert(message.getBytes(ISO_8859_1), DataClass.EIGHT_BIT))
        .contains("AHBuZ/8=", "\r\n\u00fc\r\n", "Content-Transfer-Encoding: 8bit", "prä");
  }

  @Test
  void aMessageThatIsNotMimeBecomesIt() throws IOException {
    String converted =
        convert("From: a@x.test\r\n\r\n\u00fc\r\n".getBytes(ISO_8859_1), DataClass.SEVEN_BIT);
    assertThat(converted)
        .isEqualTo(
            "From: a@x.test\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=unknown-8bit\r\n"
                + "Content-Transfer-Encoding: quoted-printable\r\n\r\n=FC\r\n");
  }

  @Test
  void longLinesAndBrokenQuotedPrintableAreMended() throws IOException {
    String head = TEXT.replace("8bit", "quoted-printable");
    byte[] message = (head + "=C3=A4\u00e4" + "x".repeat(2000) + "\r\n").getBytes(ISO_8859_1);
    String converted = convert(message, DataClass.SEVEN_BIT);
    assertThat(converted).startsWith(head + "=C3=A4=E4xxx");
    assertThat(converted.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(77));
  }

  @Test
  void bareLineFeedsAreDataOnlyInBinary() throws IOException {
    byte[] text = (TEXT + "ä\nb\n").getBytes(UTF_8);
    assertThat(convert(text, DataClass.SEVEN_BIT)).endsWith("\r\n\r\n=C3=A4\r\nb\r\n");
    byte[] binary = (TEXT.replace("8bit", "binary") + "ä\nb\n").getBytes(UTF_8);
    assertThat(convert(binary, DataClass.SEVEN_BIT)).endsWith("\r\n\r\n=C3=A4=0Ab=0A");
    assertThat(plan((TEXT + "a\nb\n").getBytes(UTF_8), DataClass.SEVEN_BIT))
        .isEqualTo(Downgrade.Unneeded.INSTANCE);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "multipart/signed,text/plain,SIGNED",
        "multipart/encrypted,application/octet-stream,ENCRYPTED",
        "multipart/mixed,message/delivery-status,OPAQUE",
        "multipart/mixed,multipart/mixed,OPAQUE"
      })
  void someMessagesMustNotBeTouched(String outer, String inner, Downgrade.Obstacle obstacle) {
    String message =
        "Content-Type: %s; boundary=b\r\n\r\n--b\r\nContent-Type: %s\r\n\r\n%s\r\n--b--\r\n";
    assertThat(plan(message.formatted(outer, inner, "ä").getBytes(UTF_8), DataClass.SEVEN_BIT))
        .isEqualTo(new Downgrade.Impossible(obstacle));
    assertThat(plan(message.formatted(outer, inner, "ä").getBytes(UTF_8), DataClass.EIGHT_BIT))
        .isEqualTo(Downgrade.Unneeded.INSTANCE);
    assertThat(plan(message.formatted(outer, inner, "a").getBytes(UTF_8), DataClass.SEVEN_BIT))
        .isEqualTo(Downgrade.Unneeded.INSTANCE);
  }

  @Test
  void aSignedPartThatFitsStaysAsItIs() throws IOException {
    String signed =
        "Content-Type: multipart/signed; boundary=s\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            + "--s\r\n\r\nfine\r\n--s--";
    String message =
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
            + signed
            + "\r\n--b\r\n\r\n\u00fc\r\n--b--\r\n";
    assertThat(convert(message.getBytes(ISO_8859_1), DataClass.SEVEN_BIT))
        .contains(signed)
        .contains("=FC");
  }

  @Test
  void utf8HeadersNeedSmtpUtf8Instead() {
    assertThat(plan("Subject: ä\r\n\r\nx".getBytes(UTF_8), DataClass.SEVEN_BIT))
        .isEqualTo(new Downgrade.Impossible(Downgrade.Obstacle.EIGHT_BIT_HEADER));
  }
}

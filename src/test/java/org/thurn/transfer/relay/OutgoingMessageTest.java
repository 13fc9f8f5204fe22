package org.thurn.transfer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thurn.journey.QueueId;
import org.thurn.name.ReversePath;
import org.thurn.queue.Envelope;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.smtp.client.Extension;
import org.thurn.smtp.client.Extensions;
import org.thurn.tls.policy.Wish;
import org.thurn.transfer.relay.OutgoingMessage.Form;

/** In which form a message goes where, one row a rule. */
class OutgoingMessageTest {
  private static final String HEAD =
      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";
  private static final String ASCII = HEAD + "\r\nhello\r\n";
  private static final String EIGHT =
      HEAD + "Content-Transfer-Encoding: 8bit\r\n\r\ngr\u00c3\u00bcn\r\n";
  private static final String BINARY =
      "MIME-Version: 1.0\r\nContent-Type: application/octet-stream\r\n"
          + "Content-Transfer-Encoding: binary\r\n\r\n\0\n.\n\r\u00ff";
  private static final String SIGNED =
      "MIME-Version: 1.0\r\nContent-Type: multipart/signed; boundary=x; micalg=sha-256;"
          + " protocol=\"application/pgp-signature\"\r\n\r\n--x\r\n"
          + EIGHT
          + "\r\n--x\r\nContent-Type: application/pgp-signature\r\n\r\nabc\r\n--x--\r\n";
  private static final String UTF8_HEADER = "Subject: gr\u00c3\u00bcn\r\n" + ASCII;

  private static Extensions offers(Extension... extensions) {
    Set<Extension> offered = EnumSet.noneOf(Extension.class);
    offered.addAll(List.of(extensions));
    return new Extensions(
        offered, OptionalLong.empty(), List.of(), OptionalInt.empty(), OptionalInt.empty());
  }

  private static Form form(String text, BodyType declared, boolean utf8, Extensions extensions)
      throws IOException {
    Envelope envelope =
        new Envelope(
            new QueueId("0000000000001"),
            Optional.empty(),
            ReversePath.Null.INSTANCE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            declared,
            utf8,
            Instant.EPOCH,
            false,
            false,
            Wish.USUAL);
    return OutgoingMessage.of(envelope, new RelayBench.Octets(text)).form(extensions, false);
  }

  private static Form form(String text, BodyType declared, Extensions extensions)
      throws IOException {
    return form(text, declared, false, extensions);
  }

  private static String sent(Form form) throws IOException {
    assertThat(form).isInstanceOf(Form.Sendable.class);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ((Form.Sendable) form).content().writeTo(out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static BodyType type(Form form) {
    assertThat(form).isInstanceOf(Form.Sendable.class);
    return ((Form.Sendable) form).parameters().body();
  }

  private static void assertUnsendable(Form form, String status) {
    assertThat(form)
        .isInstanceOfSatisfying(
            Form.Unsendable.class,
            u -> assertThat(u.status()).isEqualTo(EnhancedStatus.of(status)));
  }

  @Test
  void asciiGoesAnywhereAsItIs() throws IOException {
    Form form = form(ASCII, BodyType.EIGHT_BIT_MIME, offers());
    assertThat(type(form)).isEqualTo(BodyType.SEVEN_BIT);
    assertThat(sent(form)).isEqualTo(ASCII);
  }

  @Test
  void eightBitGoesAsItIsWhereItIsTakenEvenUndeclared() throws IOException {
    for (BodyType declared : BodyType.values()) {
      Form form = form(EIGHT, declared, offers(Extension.EIGHT_BIT_MIME));
      assertThat(type(form)).isEqualTo(BodyType.EIGHT_BIT_MIME);
      assertThat(sent(form)).isEqualTo(EIGHT);
    }
  }

  @Test
  void eightBitIsConvertedWhereItIsNotTaken() throws IOException {
    Form form = form(EIGHT, BodyType.EIGHT_BIT_MIME, offers());
    assertThat(type(form)).isEqualTo(BodyType.SEVEN_BIT);
    assertThat(sent(form).chars()).allMatch(c -> c < 0x80);
    assertThat(sent(form)).contains("gr=C3=BCn");
    assertThat(((Form.Sendable) form).parameters().size()).hasValue(sent(form).length());
  }

  @Test
  void aSignedMessageIsNeverConverted() throws IOException {
    assertUnsendable(form(SIGNED, BodyType.EIGHT_BIT_MIME, offers()), "5.6.3");
    assertThat(sent(form(SIGNED, BodyType.EIGHT_BIT_MIME, offers(Extension.EIGHT_BIT_MIME))))
        .isEqualTo(SIGNED);
  }

  @Test
  void binaryGoesAsItIsToWhoTakesBinary() throws IOException {
    Extensions all = offers(Extension.CHUNKING, Extension.BINARY_MIME, Extension.EIGHT_BIT_MIME);
    Form form = form(BINARY, BodyType.BINARY_MIME, all);
    assertThat(type(form)).isEqualTo(BodyType.BINARY_MIME);
    assertThat(sent(form)).isEqualTo(BINARY);
  }

  @Test
  void binaryIsConvertedForOthers() throws IOException {
    for (Extensions lacking :
        List.of(offers(), offers(Extension.BINARY_MIME), offers(Extension.EIGHT_BIT_MIME))) {
      Form form = form(BINARY, BodyType.BINARY_MIME, lacking);
      assertThat(sent(form)).contains("base64").doesNotContain("\0");
      assertThat(type(form)).isNotEqualTo(BodyType.BINARY_MIME);
    }
  }

  @Test
  void binaryThatCannotBeConvertedFails() throws IOException {
    String signed = SIGNED.replace("gr\u00c3\u00bcn", "gr\0n").replace("8bit", "binary");
    assertUnsendable(form(signed, BodyType.BINARY_MIME, offers()), "5.6.1");
  }

  @Test
  void utf8HeadersNeedSmtpUtf8() throws IOException {
    Extensions eight = offers(Extension.EIGHT_BIT_MIME);
    assertUnsendable(form(UTF8_HEADER, BodyType.EIGHT_BIT_MIME, true, eight), "5.6.7");
    Form form =
        form(
            UTF8_HEADER,
            BodyType.EIGHT_BIT_MIME,
            true,
            offers(Extension.EIGHT_BIT_MIME, Extension.SMTP_UTF8));
    assertThat(((Form.Sendable) form).parameters().smtpUtf8()).isTrue();
  }

  @Test
  void whatDeclaredSmtpUtf8ButIsAsciiGoesWithoutIt() throws IOException {
    Form form = form(ASCII, BodyType.SEVEN_BIT, true, offers());
    assertThat(form).isInstanceOf(Form.Sendable.class);
    assertThat(((Form.Sendable) form).parameters().smtpUtf8()).isFalse();
  }

  @Test
  void aMessageThatIsTooLargeFails() throws IOException {
    Extensions small =
        new Extensions(
            Set.of(Extension.SIZE),
            OptionalLong.of(10),
            List.of(),
            OptionalInt.empty(),
            OptionalInt.empty());
    assertUnsendable(form(ASCII, BodyType.SEVEN_BIT, small), "5.3.4");
  }
}

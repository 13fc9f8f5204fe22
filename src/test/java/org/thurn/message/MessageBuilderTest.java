package org.thurn.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.time.Time;

class MessageBuilderTest {
  private static final Time TIME =
      new Time() {
        @Override
        public Instant now() {
          return Instant.parse("2026-01-02T03:04:05Z");
        }

        @Override
        public long ticks() {
          return 0;
        }

        @Override
        public void pause(Duration duration) {
          throw new AssertionError("nothing here waits");
        }
      };

  private static MessageBuilder builder() {
    Supplier<String> unique =
        new Supplier<>() {
          private int next = 1;

          @Override
          public String get() {
            return "u" + next++;
          }
        };
    return new MessageBuilder(TIME, Domain.of("mx.x.test"), unique)
        .from(Mailbox.of("a@x.test"))
        .to(Mailbox.of("b@y.test"));
  }

  private static String crlf(String text) {
    return text.replace("\n", "\r\n");
  }

  @Test
  void plainText() {
    byte[] message = builder().subject("Hi").content(Content.text("one\ntwo")).build();
    assertThat(message)
        .asString(UTF_8)
        .isEqualTo(
            crlf(
                """
                Date: Fri, 2 Jan 2026 03:04:05 +0000
                From: a@x.test
                To: b@y.test
                Subject: Hi
                Message-ID: <u1@mx.x.test>
                MIME-Version: 1.0
                Content-Type: text/plain; charset=us-ascii

                one
                two
                """));
  }

  @Test
  void deliveryStatusReport() {
    List<HeaderField> perMessage = List.of(HeaderField.of("Reporting-MTA", "dns; mx.x.test"));
    List<HeaderField> perRecipient =
        List.of(
            HeaderField.of("Final-Recipient", "rfc822; b@y.test"),
            HeaderField.of("Action", "failed"),
            HeaderField.of("Status", "5.1.1"));
    Headers original =
        Headers.parse("Subject: lost\r\n\r\nbody".getBytes(UTF_8), MessageLimits.DEFAULT);
    Content report =
        new Content.Report(
            "delivery-status",
            new Content.Text("plain", "Sorry.\n"),
            List.of(perMessage, perRecipient),
            new Content.Returned.HeadersOnly(original));
    assertThat(builder().content(report).build())
        .asString(UTF_8)
        .endsWith(
            crlf(
                """
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status;
                 boundary="=_u2"

                --=_u2
                Content-Type: text/plain; charset=us-ascii

                Sorry.

                --=_u2
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.x.test

                Final-Recipient: rfc822; b@y.test
                Action: failed
                Status: 5.1.1

                --=_u2
                Content-Type: text/rfc822-headers

                Subject: lost


                --=_u2--
                """));
  }

  @Test
  void reportsOfInternationalMailUseTheGlobalTypes() {
    Content report =
        new Content.Report(
            "delivery-status",
            new Content.Text("plain", "x"),
            List.of(List.of(HeaderField.of("Final-Recipient", "utf-8; ü@y.test"))),
            new Content.Returned.Whole("Subject: ü\nX: y\n\nbody\n".getBytes(UTF_8)));
    byte[] message = builder().content(report).build();
    MimePart root = MimeParser.parse(message, MessageLimits.DEFAULT).root();
    assertThat(root.children().get(1).contentType()).hasToString("message/global-delivery-status");
    assertThat(root.children().get(2).contentType()).hasToString("message/global");
    assertThat(root.children().get(2)).isInstanceOf(MimePart.Embedded.class);
    assertThat(new String(message, UTF_8)).contains("Subject: ü\r\nX: y\r\n\r\nbody\r\n");
  }

  @Test
  void returnedLatin1HeadersTravelEncoded() throws IOException {
    byte[] raw = "Subject: ü\r\n\r\n".getBytes(ISO_8859_1);
    Content report =
        new Content.Report(
            "delivery-status",
            new Content.Text("plain", "x"),
            List.of(List.of(HeaderField.of("A", "b"))),
            new Content.Returned.HeadersOnly(Headers.parse(raw, MessageLimits.DEFAULT)));
    byte[] message = builder().content(report).build();
    MimeTree tree = MimeParser.parse(message, MessageLimits.DEFAULT);
    assertThat(tree.traits().dataClass()).isEqualTo(DataClass.SEVEN_BIT);
    MimePart returned = tree.root().children().get(2);
    assertThat(returned.contentType()).hasToString("text/rfc822-headers");
    assertThat(returned.decoded(OctetSource.of(message)).readAllBytes()).isEqualTo(raw);
  }

  @Test
  void whatIsBuiltIsReadBack() throws IOException {
    String text = "Grüße, " + "x".repeat(1500) + "\r\n.\r\nFrom me\r\n\r\n";
    String cyrillic = "Привет, мир\r\n".repeat(20);
    byte[] file = new byte[3000];
    new java.util.Random(1).nextBytes(file);
    String name = "Прайс-лист \"2026\" с очень длинным именем; и знаками %.pdf";
    byte[] message =
        builder()
            .addresses(
                "Cc",
                AddressList.parse("Zoë <z@x.test>, \"P, Q\" <p@x.test>, g: h@x.test;").addresses())
            .subject("Schöne Grüße ".repeat(12))
            .content(
                new Content.Multi(
                    "mixed",
                    List.of(
                        new Content.Multi(
                            "alternative",
                            List.of(Content.text(text), new Content.Text("html", cyrillic))),
                        new Content.Attachment(name, ContentType.of("application", "pdf"), file))))
            .build();
    MimeTree tree = MimeParser.parse(message, MessageLimits.DEFAULT);
    assertThat(tree.defects()).isEmpty();
    assertThat(tree.traits().dataClass()).isEqualTo(DataClass.SEVEN_BIT);
    assertThat(tree.traits().longestLine()).isLessThanOrEqualTo(78);
    OctetSource source = OctetSource.of(message);
    MimePart alternative = tree.root().children().get(0);
    assertThat(alternative.children().get(0).text(source, 10_000)).isEqualTo(text);
    assertThat(alternative.children().get(1).text(source, 10_000)).isEqualTo(cyrillic);
    MimePart pdf = tree.root().children().get(1);
    assertThat(pdf.decoded(source).readAllBytes()).isEqualTo(file);
    assertThat(pdf.entity().fileName()).hasValue(name);
    assertThat(tree.root().headers().first("Subject").orElseThrow().decoded())
        .isEqualTo("Schöne Grüße ".repeat(12).strip());
    AddressList cc = AddressList.parse(tree.root().headers().first("Cc").orElseThrow());
    assertThat(cc.wellFormed()).isTrue();
    assertThat(cc.mailboxes().stream().map(Address::displayName))
        .containsExactly("Zoë", "P, Q", "");
  }

  @Test
  void utf8AddressesNeedSmtpUtf8() {
    MessageBuilder plain = builder();
    assertThat(plain.needsSmtpUtf8()).isFalse();
    assertThat(plain.to(Mailbox.of("grün@exämple.test")).needsSmtpUtf8()).isTrue();
    assertThat(new String(plain.build(), UTF_8)).contains("grün@xn--exmple-cua.test");
  }

  @Test
  void strangersTextBecomesNoField() {
    byte[] message = builder().subject("a\r\nBcc: evil@x.test").build();
    Headers headers = Headers.parse(message, MessageLimits.DEFAULT);
    assertThat(headers.count("Bcc")).isZero();
    assertThat(headers.first("Subject").orElseThrow().decoded()).contains("Bcc: evil@x.test");
  }

  @Test
  void returnedMessagesLeaveInCrlf() throws IOException {
    Content mail =
        new Content.Attachment(
            "m.eml", ContentType.MESSAGE_RFC822, "A: b\n\n.\rx\n".getBytes(UTF_8));
    byte[] message = builder().content(mail).build();
    Traits traits = LineEndings.examine(new ByteArrayInputStream(message));
    assertThat(traits.bareCr() || traits.bareLf()).isFalse();
  }
}

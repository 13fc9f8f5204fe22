package org.thurn.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages broken at random, by a seed: nothing throws, hangs or loses an octet. */
class MutationTest {
  private static final MessageLimits SMALL = new MessageLimits(300, 8, 998, 4, 6);
  private static final String[] PIECES = {
    "\r\n",
    "\n",
    "\r",
    "\r\n\r\n",
    "--b",
    "--b--",
    "--c\r\n",
    "--c--",
    ":",
    ";",
    "\"",
    "=?utf-8?q?",
    "?=",
    "=",
    "=\r\n",
    "(",
    ")",
    "<",
    ">",
    "@",
    ",",
    "\u0000",
    "\u00e4",
    "From ",
    " ",
    "\t",
    "*0*=",
    "Content-Type: multipart/mixed; boundary=c\r\n",
    "Content-Type: message/rfc822\r\n\r\n",
    "Content-Transfer-Encoding: base64\r\n",
    "boundary=\"b\"",
    "X: y\r\n"
  };
  private static final String SEED =
      "From: \"A, B\" <a@x.test>, g: c@d;\r\nDate: Fri, 21 Nov 1997 09:55:06 -0600\r\n"
          + "Subject: =?utf-8?q?=C3=A4?= =?utf-8?B?w7Y=?=\r\n"
          + "Content-Type: multipart/mixed; boundary=b; x*0*=utf-8''a; x*1=b\r\n\r\npre\r\n--b\r\n"
          + "Content-Type: text/plain; charset=iso-8859-1\r\n"
          + "Content-Transfer-Encoding: quoted-printable\r\n\r\na=FCb\r\n--b\r\n"
          + "Content-Type: message/rfc822\r\n\r\nSubject: in\r\n"
          + "Content-Type: multipart/digest; boundary=c\r\n\r\n--c\r\n\r\nA: b\r\n\r\nx\r\n--c--\r\n"
          + "--b\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD\r\n--b--\r\nepi\r\n";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothingThrowsOrLosesOctets(int seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < 1500; round++) {
      byte[] message = mutate(random).getBytes(StandardCharsets.ISO_8859_1);
      MessageLimits limits = random.nextBoolean() ? SMALL : MessageLimits.DEFAULT;
      MimeTree tree = MimeParser.parse(message, limits);
      assertThat(tree.size()).isEqualTo(message.length);
      ByteArrayOutputStream copy = new ByteArrayOutputStream();
      check(tree.root(), message, copy);
      int end = (int) tree.root().entity().body().end();
      copy.write(message, end, message.length - end);
      assertThat(copy.toByteArray()).isEqualTo(message);
      readEverything(tree, message);
      downgrade(tree, message);
    }
  }

  private static String mutate(Random random) {
    StringBuilder text = new StringBuilder(SEED);
    for (int i = random.nextInt(12); i >= 0; i--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
        case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 60)));
        default -> text.setLength(random.nextInt(10) == 0 ? at : text.length());
      }
    }
    return text.toString();
  }

  /** Copies the message piece by piece as its tree says; each part must lie within its parent. */
  private static void check(MimePart part, byte[] message, ByteArrayOutputStream copy)
      throws IOException {
    Extent header = part.entity().header();
    Extent body = part.entity().body();
    assertThat(copy.size()).isEqualTo((int) header.offset());
    assertThat(header.end()).isEqualTo(body.offset());
    part.headers().writeTo(copy);
    assertThat(copy.size()).isEqualTo((int) header.end());
    assertThat(part.entity().lines()).isEqualTo(lineFeeds(message, body));
    for (MimePart child : part.children()) {
      int from = (int) child.entity().header().offset();
      assertThat(child.entity().body().end()).isLessThanOrEqualTo(body.end());
      copy.write(message, copy.size(), from - copy.size());
      check(child, message, copy);
    }
    copy.write(message, copy.size(), (int) body.end() - copy.size());
  }

  private static long lineFeeds(byte[] message, Extent extent) {
    long count = 0;
    for (long i = extent.offset(); i < extent.end(); i++) {
      count += message[(int) i] == '\n' ? 1 : 0;
    }
    return count;
  }

  private static void readEverything(MimeTree tree, byte[] message) throws IOException {
    List<MimePart> todo = new ArrayList<>(List.of(tree.root()));
    while (!todo.isEmpty()) {
      MimePart part = todo.removeLast();
      todo.addAll(part.children());
      assertThat(part.text(OctetSource.of(message), 1 << 20)).isNotNull();
      Entity entity = part.entity();
      assertThat(entity.fileName()).isNotNull();
      assertThat(entity.languages()).isNotNull();
      assertThat(part.contentType().parameters().get("x")).isNotNull();
      Envelope envelope = new Envelope(part.headers());
      assertThat(envelope.replyTo()).isNotNull();
      assertThat(envelope.date().flatMap(DateTime::parse)).isNotNull();
      for (HeaderField field : part.headers()) {
        assertThat(AddressList.parse(field).mailboxes())
            .allSatisfy(single -> assertThat(single.mailbox()).isNotNull());
        assertThat(field.decoded()).doesNotContain("\n");
      }
    }
  }

  private static void downgrade(MimeTree tree, byte[] message) throws IOException {
    if (Downgrade.plan(tree, DataClass.SEVEN_BIT) instanceof Downgrade.Possible possible) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      possible.writeTo(OctetSource.of(message), out);
      for (byte b : out.toByteArray()) {
        assertThat(b).isNotNegative();
      }
    }
  }
}

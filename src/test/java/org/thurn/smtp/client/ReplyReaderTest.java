package org.thurn.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.net.CrlfReader;
import org.thurn.smtp.Reply;

class ReplyReaderTest {
  private static ReplyReader reader(String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return new ReplyReader(new CrlfReader(new ByteArrayInputStream(octets), 64));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "250 OK|250 OK",
        "250|250 ",
        "250 |250 ",
        "250 2.1.5 fine|250 2.1.5 fine",
        "250 2.1.5|250 2.1.5 ",
        "299 unlisted but positive|299 unlisted but positive",
        "599 9.9.9 no status|599 9.9.9 no status",
        "550 5.1.1 no such user|550 5.1.1 no such user",
        "550 4.1.1 of the wrong class|550 4.1.1 of the wrong class",
        "550-5.7.1 one~550-5.7.1 two~550 5.7.1 three|550 5.7.1 one / two / three",
        "550-5.7.1 one~550 two|550 5.7.1 one / two",
        "550-~550 late|550  / late",
      })
  void readsWhatRfc5321Allows(String wire, String shown) throws IOException {
    assertThat(reader(wire.replace("~", "\r\n") + "\r\n").read().toString().strip())
        .isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n",
        "25 short\r\n",
        "2500 long\r\n",
        "150 preliminary\r\n",
        "650 beyond\r\n",
        "000 nothing\r\n",
        "\r\n",
        "250_odd\r\n",
        "250-one\r\n550 two\r\n",
        "250 bare\n250 second\r\n",
        "250 bare\r250 second\r\n",
        "２５０ fullwidth\r\n",
      })
  void whatIsNoReplyIsAnError(String wire) {
    assertThatThrownBy(() -> reader(wire).read()).isInstanceOf(ReplySyntaxException.class);
  }

  @Test
  void theEndOfTheStreamIsAnErrorEvenInMidReply() {
    assertThatThrownBy(() -> reader("250-one\r\n").read()).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> reader("250 one").read()).isInstanceOf(EOFException.class);
  }

  @Test
  void linesAndTheirNumberAreBounded() throws IOException {
    String longest = "250 " + "x".repeat(ReplyReader.MAX_LINE - 4) + "\r\n";
    assertThat(reader(longest).read().code()).isEqualTo(250);
    assertThatThrownBy(() -> reader("2" + longest).read()).isInstanceOf(ReplySyntaxException.class);
    String most = "250-x\r\n".repeat(ReplyReader.MAX_LINES - 1);
    assertThat(reader(most + "250 x\r\n").read().lines()).hasSize(ReplyReader.MAX_LINES);
    assertThatThrownBy(() -> reader(most + "250-x\r\n250 x\r\n").read())
        .isInstanceOf(ReplySyntaxException.class);
  }

  @Test
  void controlCharactersNeverPass() throws IOException {
    Reply reply = reader("550 5.1.1 a\u0000b\u0007\tc\u001b[2J\r\n").read();
    assertThat(String.join("", reply.lines()).chars()).allMatch(c -> c >= 0x20 && c != 0x7f);
  }

  @Test
  void aGreetingHasNoStatusUnlessItSaysNo() throws IOException {
    assertThat(reader("220 2.0.0 mx\r\n").readGreeting().status()).isEqualTo(Optional.empty());
    assertThat(reader("554 5.7.1 go away\r\n").readGreeting().status()).isPresent();
  }

  /** Whatever comes, the reader answers with a reply or an IOException, and ends. */
  @Test
  void survivesNoise() {
    Random random = new Random(5321);
    String alphabet = "2345019 -.\r\n\r\n\r\n250 abc";
    for (int round = 0; round < 20_000; round++) {
      StringBuilder noise = new StringBuilder(random.nextBoolean() ? "250" : "");
      int length = random.nextInt(40);
      for (int i = 0; i < length; i++) {
        noise.append(
            random.nextInt(50) == 0
                ? (char) random.nextInt(256)
                : alphabet.charAt(random.nextInt(alphabet.length())));
      }
      ReplyReader reader = reader(noise.toString());
      try {
        Reply reply = reader.read();
        assertThat(reply.code()).isBetween(200, 599);
        assertThat(reply.toString()).doesNotContain("\r", "\n");
      } catch (IOException e) {
        assertThat(e).isInstanceOfAny(ReplySyntaxException.class, EOFException.class);
      }
    }
  }
}

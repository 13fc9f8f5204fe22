package org.thurn.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.net.CrlfReader;
import org.thurn.smtp.Verdict;

/** Only {@code CRLF.CRLF} ends a message, whatever stands around a dot. */
@Timeout(60)
class SmugglingTest {
  private static final String SECOND =
      "MAIL FROM:<admin@mx.example>\\r\\nRCPT TO:<victim@mx.example>\\r\\nDATA\\r\\nforged";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\n.\\n",
        "\\n.\\r\\n",
        "\\r\\n.\\n",
        "\\r.\\r",
        "\\r.\\r\\n",
        "\\r\\n.\\r",
        "\\r.\\n",
        "\\n.\\r",
        "\\r\\n.\\r\\r\\n",
        "\\r\\n.\\n\\n",
        "\\r\\n\\r.\\r\\n",
        "\\r\\n\\n.\\r\\n",
        "\\r\\r\\n.\\r\\r\\n",
        "\\n\\n.\\n\\n",
        "\\r\\n.\\r\\u0000\\n",
        "\\u0000\\n.\\r\\n",
      })
  void aFalseEndIsPartOfAMessageThatIsRefused(String end) throws Exception {
    try (Served served = new Served(Served.settings(Protocol.SMTP));
        Served.Client client = served.greeted()) {
      client.say("HELO x.example");
      client.say("MAIL FROM:<a@b.example>");
      client.say("RCPT TO:<c@mx.example>");
      assertThat(client.say("DATA")).startsWith("354");

      client.send(unescape("Subject: x\\r\\n\\r\\nhello" + end + SECOND));
      assertThat(client.silent()).isTrue();

      assertThat(client.send("\r\n.\r\n").hear()).startsWith("550 5.6.11 ");
      assertThat(client.say("NOOP")).startsWith("250");
      assertThat(served.receiver.aborted.poll(5, TimeUnit.SECONDS)).isEqualTo("a@b.example");
      assertThat(served.receiver.messages).isEmpty();
      assertThat(served.events("command-received")).noneMatch(event -> event.contains("victim"));
    }
  }

  @Test
  void octetsThatAreOnlyUnusualAreTaken() throws Exception {
    try (Served served = new Served(Served.settings(Protocol.SMTP));
        Served.Client client = served.greeted()) {
      client.say("HELO x.example");
      client.say("MAIL FROM:<a@b.example>");
      client.say("RCPT TO:<c@mx.example>");
      client.say("DATA");
      String line = "x".repeat(5_000);

      assertThat(client.send(".\u0000\r\n..\r\n.a\r\né" + line + "\r\n.\r\n").hear())
          .startsWith("250");
      assertThat(served.receiver.messages.poll(5, TimeUnit.SECONDS))
          .endsWith(": \u0000\\r\\n.\\r\\na\\r\\n\u00c3\u00a9" + line + "\\r\\n");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesWithAPlainReaderHoweverTheOctetsCome(long seed) throws Exception {
    Random random = new Random(seed);
    for (int round = 0; round < 3_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append(
            switch (random.nextInt(6)) {
              case 0, 1 -> "\r\n";
              case 2, 3 -> ".";
              case 4 -> random.nextInt(8) == 0 ? (random.nextBoolean() ? "\r" : "\n") : "b";
              default -> "a";
            });
      }
      String sent = text + "\r\n.\r\n";
      assertThat(read(sent + "NEXT", 1 + random.nextInt(8)))
          .as(sent)
          .isEqualTo(plain(sent + "NEXT"));
    }
  }

  /** The message as it was delivered, or REFUSED; then what was left for the next command. */
  private static List<String> read(String sent, int piece) throws IOException {
    CrlfReader reader = new CrlfReader(new Pieces(sent, piece), 1 + piece % 5);
    Collected collected = new Collected();
    Reception reception = new Reception(collected, 1_000);
    DotStuffedReader dots = new DotStuffedReader(reception);
    while (!dots.ended()) {
      assertThat(reader.scan(dots)).isTrue();
    }
    boolean accepted = reception.finish(1).getFirst().accepted();
    StringBuilder rest = new StringBuilder();
    byte[] one = new byte[1];
    while (reader.read(one, 0, 1) > 0) {
      rest.append((char) one[0]);
    }
    return List.of(
        accepted ? collected.octets.toString(StandardCharsets.US_ASCII) : "REFUSED",
        rest.toString());
  }

  private static List<String> plain(String sent) {
    int end = sent.startsWith(".\r\n") ? -2 : sent.indexOf("\r\n.\r\n");
    String message = sent.substring(0, end + 2);
    String body = ("\r\n" + message).replace("\r\n.", "\r\n").substring(2);
    boolean bare = message.replace("\r\n", "").matches("(?s).*[\r\n].*");
    return List.of(bare ? "REFUSED" : body, sent.substring(end + 5));
  }

  private static String unescape(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\u0000", "\u0000");
  }

  private static final class Collected implements Receiver.Incoming {
    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    @Override
    public OutputStream body() {
      return octets;
    }

    @Override
    public List<Verdict> finish() {
      return List.of(Verdict.accept("2.0.0", "Ok"));
    }

    @Override
    public void abort() {
      octets.reset();
    }
  }

  private static final class Pieces extends InputStream {
    private final InputStream in;
    private final int piece;

    Pieces(String text, int piece) {
      this.in = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
      this.piece = piece;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return in.read(into, offset, Math.min(length, piece));
    }
  }
}

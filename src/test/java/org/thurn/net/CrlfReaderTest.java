package org.thurn.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.net.CrlfReader.Line;

class CrlfReaderTest {
  private static final int MAX = 12;

  @ParameterizedTest
  @CsvSource({
    "one\\r\\ntwo\\r\\n, one|two|END",
    "\\r\\n\\r\\n, ||END",
    "a\\nb\\r\\nc\\r\\n, BARE|c|END",
    "a\\rb\\r\\nc\\r\\n, BARE|c|END",
    "\\n\\r\\nc\\r\\n, BARE|c|END",
    "\\r\\r\\nc\\r\\n, BARE|c|END",
    "a\\n\\nb\\r\\n, BARE|END",
    "a\\n\\r\\n, BARE|END",
    "a\\r\\r\\r\\n, BARE|END",
    "\\rQUIT\\r\\n, BARE|END",
    "123456789012\\r\\n, 123456789012|END",
    "1234567890123\\r\\nc\\r\\n, LONG|c|END",
    "1234567890123456789012345678901234567890\\r\\nc\\r\\n, LONG|c|END",
    "12345678901234567890\\n12345\\r\\nc\\r\\n, LONG|c|END",
    "no end, END",
    "no end\\r, END",
    "no end\\n, END",
  })
  void onlyCrlfEndsALine(String input, String expected) throws IOException {
    byte[] octets = unescape(input);
    for (int piece = 1; piece <= octets.length; piece++) {
      for (int buffer : new int[] {1, 2, 3, 7, 64}) {
        CrlfReader reader = new CrlfReader(new Pieces(octets, piece), buffer);
        assertThat(String.join("|", lines(reader)))
            .as("pieces of %d, buffer of %d", piece, buffer)
            .isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void agreesWithAPlainReaderOnRandomInput(int seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      byte[] octets = new byte[random.nextInt(40)];
      for (int i = 0; i < octets.length; i++) {
        octets[i] = (byte) "\r\nab".charAt(random.nextInt(4));
      }
      CrlfReader reader =
          new CrlfReader(new Pieces(octets, 1 + random.nextInt(9)), 1 + random.nextInt(9));
      assertThat(lines(reader)).isEqualTo(plain(new String(octets, StandardCharsets.US_ASCII)));
    }
  }

  private static List<String> plain(String text) {
    List<String> lines = new ArrayList<>();
    String[] parts = text.split("\r\n", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      boolean bare = parts[i].contains("\r") || parts[i].contains("\n");
      lines.add(parts[i].length() > MAX ? "LONG" : bare ? "BARE" : parts[i]);
    }
    lines.add("END");
    return lines;
  }

  @Test
  void anEndlessLineIsGivenUp() {
    CrlfReader reader = new CrlfReader(new Endless(), 4096);

    assertThatThrownBy(() -> reader.readLine(100)).hasMessage("a line without an end");
  }

  @Test
  void linesAndRawOctetsMix() throws IOException {
    CrlfReader reader =
        new CrlfReader(new ByteArrayInputStream(unescape("4\\r\\na\\r\\nb.\\r\\n")), 5);

    assertThat(((Line.Text) reader.readLine(MAX)).utf8()).isEqualTo("4");
    assertThat(reader.readExactly(4)).isEqualTo(unescape("a\\r\\nb"));
    assertThat(lines(reader)).containsExactly(".", "END");
  }

  @Test
  void aScannerTakesWhatItWantsAndLeavesTheRest() throws IOException {
    CrlfReader reader = new CrlfReader(new ByteArrayInputStream(unescape("abcdef\\r\\n")), 64);
    StringBuilder seen = new StringBuilder();

    assertThat(
            reader.scan(
                (octets, from, to) -> {
                  seen.append(new String(octets, from, to - from, StandardCharsets.US_ASCII));
                  return 4;
                }))
        .isTrue();

    assertThat(seen).hasToString("abcdef\r\n");
    assertThat(lines(reader)).containsExactly("ef", "END");
    assertThat(reader.scan((octets, from, to) -> to - from)).isFalse();
  }

  private static List<String> lines(CrlfReader reader) throws IOException {
    List<String> lines = new ArrayList<>();
    while (lines.isEmpty() || !lines.getLast().equals("END")) {
      lines.add(
          switch (reader.readLine(MAX)) {
            case Line.Text text -> text.utf8();
            case Line.TooLong() -> "LONG";
            case Line.BareEnd() -> "BARE";
            case Line.End() -> "END";
          });
    }
    return lines;
  }

  private static byte[] unescape(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** Gives its octets in pieces, as a network does. */
  private static final class Pieces extends InputStream {
    private final byte[] octets;
    private final int piece;
    private int at;

    Pieces(byte[] octets, int piece) {
      this.octets = octets;
      this.piece = piece;
    }

    @Override
    public int read() {
      return at < octets.length ? octets[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (at == octets.length) {
        return -1;
      }
      int count = Math.min(Math.min(piece, length), octets.length - at);
      System.arraycopy(octets, at, into, offset, count);
      at += count;
      return count;
    }
  }

  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 'x';
    }
  }
}

package org.thurn.access.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Pop3ParserTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "HELO",
        "USER",
        "USER ",
        "PASS",
        "RETR",
        "RETR x",
        "RETR -1",
        "RETR 99999999999",
        "TOP 1",
        "TOP 1 2 3",
        "TOP x 1",
        "DELE",
        "LIST x",
        "UIDL 1 2"
      })
  void whatIsNoCommandIsRefused(String line) {
    assertThatThrownBy(() -> Pop3Parser.parse(line))
        .isInstanceOf(Pop3Parser.Pop3SyntaxException.class);
  }

  @Test
  void commandsAreFound() throws Exception {
    assertThat(Pop3Parser.parse("top 1 20")).isEqualTo(new Pop3Command.Top(1, 20));
    assertThat(Pop3Parser.parse("LIST")).isEqualTo(new Pop3Command.ListSizes(OptionalInt.empty()));
    assertThat(Pop3Parser.parse("UIDL 3")).isEqualTo(new Pop3Command.Uidl(OptionalInt.of(3)));
    assertThat(Pop3Parser.parse("PASS  two words ")).isEqualTo(new Pop3Command.Pass(" two words "));
    assertThat(Pop3Parser.parse("AUTH plain ="))
        .isEqualTo(new Pop3Command.Auth("PLAIN", Optional.of("=")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: 1~~x~y~ | 99 | a: 1~~x~y~.~",
        "a: 1~~x~y~ | 1 | a: 1~~x~.~",
        "a: 1~~x~y~ | 0 | a: 1~~.~",
        "a: 1~~.~..~.x~ | 99 | a: 1~~..~...~..x~.~",
        "a: 1~~no end | 99 | a: 1~~no end~.~",
        ".a: 1~ | 0 | ..a: 1~.~",
      })
  void multiLineDoublesDotsAndCountsLines(String message, long lines, String wanted)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] octets = message.replace("~", "\r\n").getBytes(StandardCharsets.US_ASCII);

    new MultiLine(out).write(new ByteArrayInputStream(octets), lines);

    assertThat(out.toString(StandardCharsets.US_ASCII).replace("\r\n", "~")).isEqualTo(wanted);
  }
}

package org.thurn.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedWordsTest {
  /** The table of RFC 2047 §8, without its parentheses, and what real mail adds. */
  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "=?ISO-8859-1?Q?a?=|a",
        "=?ISO-8859-1?Q?a?= b|a b",
        "=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=|ab",
        "=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=|ab",
        "=?ISO-8859-1?Q?a_b?=|a b",
        "=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=|a b",
        "=?US-ASCII?Q?Keith_Moore?= <k@x>|Keith Moore <k@x>",
        "=?ISO-8859-1?Q?Andr=E9?= Pirard|André Pirard",
        "=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=|If you can read this yo",
        "=?utf-8*de?q?=C3=A4?=|ä",
        "=?utf-8?q?=C3?= =?utf-8?q?=A4?=|ä",
        "=?koi8-r?B?89DJ08/LLmRvYw==?=|Список.doc",
        "=?gb2312?B?xOO6ww==?=|你好",
        "=?no-such?q?abc?=|abc",
        "=?utf-8?x?abc?=|=?utf-8?x?abc?=",
        "=?utf-8?q?abc|=?utf-8?q?abc",
        "=?=?utf-8?q?a?=|=?a",
        "a =?b|a =?b",
        "=?utf-8?q??=|",
        "=?utf-8?q?a=0D=0ABcc:_x?=|a  Bcc: x"
      },
      delimiter = '|')
  void decodes(String text, String decoded) {
    assertThat(EncodedWords.decode(text)).isEqualTo(decoded == null ? "" : decoded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ä",
        "Grüße aus Köln",
        "日本語の件名がとても長いときはどうなりますか、何行にもなります",
        "😀😀😀😀😀😀😀😀😀😀😀😀",
        "=?x?"
      })
  void encodesWhatItDecodes(String text) {
    String encoded = EncodedWords.encode(text);
    assertThat(encoded.split(" ")).allSatisfy(word -> assertThat(word).hasSizeLessThan(76));
    assertThat(encoded.chars().allMatch(c -> c < 0x7f)).isTrue();
    assertThat(EncodedWords.decode(encoded)).isEqualTo(text);
    assertThat(EncodedWords.decode(EncodedWords.unstructured(text))).isEqualTo(text);
  }

  @Test
  void phrasesAreQuotedWhereTheyMustBe() {
    assertThat(EncodedWords.phrase("Joe Q. Public")).isEqualTo("\"Joe Q. Public\"");
    assertThat(EncodedWords.phrase("Joe Public")).isEqualTo("Joe Public");
    assertThat(EncodedWords.phrase("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
    assertThat(EncodedWords.phrase("a\r\nBcc: x")).isEqualTo("\"a  Bcc: x\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=?a?q?", "=?", "=?a?q?x?= ", "?=", "=?utf-8?q?=C3"})
  void hostileTextTakesLinearTime(String piece) {
    String text = piece.repeat(200_000 / piece.length());
    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> EncodedWords.decode(text));
  }
}

package org.thurn.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XtextTest {
  @ParameterizedTest
  @CsvSource({"abc,abc", "a+b=c,a+2Bb+3Dc", "a b,a+20b", "é,+C3+A9", "'',''"})
  void encodesWhatRfc3461Wants(String value, String encoded) {
    assertThat(Xtext.encode(value)).isEqualTo(encoded);
  }

  @ParameterizedTest
  @CsvSource({
    "rfc822;a+b@x.example,rfc822;a+2Bb@x.example",
    "bob@x.example,rfc822;bob@x.example",
    "utf-8;jürgen@x.example,utf-8;j\\x{FC}rgen@x.example",
    "rfc822;jür+gen@x.example,utf-8;j\\x{FC}r\\x{2B}gen@x.example",
  })
  void encodesOriginalRecipients(String value, String encoded) {
    assertThat(Xtext.encodeOrcpt(value)).isEqualTo(encoded);
  }
}

package org.thurn.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentFieldsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "text/plain; charset=us-ascii | text/plain | charset | us-ascii",
        "TEXT/HTML;CHARSET=\"UTF-8\" | text/html | charset | UTF-8",
        "text/plain; charset=us-ascii (Plain text) | text/plain | charset | us-ascii",
        "(c) text (c) / (c) plain (c) ; (c) a (c) = (c) b (c) | text/plain | a | b",
        "a/b; x=\"q\\\"uo;ted\"; y=1 | a/b | y | 1",
        "a/b; name=two words.pdf; y=1 | a/b | name | two words.pdf",
        "a/b; name=a(1).pdf | a/b | name | a(1).pdf",
        "a/b;; ;x=1; | a/b | x | 1",
        "a/b; novalue; x=1 | a/b | x | 1",
        "a/b; name==?koi8-r?B?89DJ08/LLmRvYw==?= | a/b | name | Список.doc",
        "a/b; name=\"=?utf-8?q?=C3=A4.txt?=\" | a/b | name | ä.txt",
        "a/b; t*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A | a/b | t | This is ***fun***",
        "a/b; t*0*=us-ascii'en'This%20is; t*1*=%20fun; t*2=\"%20!\" | a/b | t | This is fun%20!",
        "a/b; URL*0=\"ftp://\"; URL*1=\"cs.utk.edu\" | a/b | url | ftp://cs.utk.edu",
        "a/b; t*1=b; t*0=a; t*3=d | a/b | t | ab",
        "a/b; f=ascii.txt; f*=utf-8''%C3%A4.txt | a/b | f | ä.txt",
        "a/b; f*=utf-8''%C3%A4%zz% | a/b | f | ä%zz%",
        "a/b; f*=plain | a/b | f | plain",
        "garbage | text/plain | charset | us-ascii",
        "text | text/plain | charset | us-ascii",
        "/plain | text/plain | charset | us-ascii",
        "text/; a=b | text/plain | charset | us-ascii"
      })
  void contentType(String text, String type, String name, String value) {
    ContentType parsed = ContentType.parse(text);
    assertThat(parsed).hasToString(type);
    assertThat(parsed.parameters().get(name)).hasValue(value);
  }

  @Test
  void parametersStayAsWrittenForImap() {
    assertThat(ContentType.parse("a/b; X*0*=utf-8''a; x*1=b").parameters().written())
        .containsExactly(
            new Parameters.Parameter("x*0*", "utf-8''a"), new Parameters.Parameter("x*1", "b"));
  }

  @Test
  void dispositionIsAttachmentUnlessInline() {
    assertThat(ContentDisposition.parse("inline; filename=a").isAttachment()).isFalse();
    assertThat(ContentDisposition.parse("x-strange").isAttachment()).isTrue();
    assertThat(ContentDisposition.parse("attachment; filename*=iso-8859-1''%E4").fileName())
        .hasValue("ä");
  }

  @ParameterizedTest
  @CsvSource({
    "7bit,SEVEN_BIT",
    "8BIT,EIGHT_BIT",
    " Base64 ,BASE64",
    "(x) quoted-printable,QUOTED_PRINTABLE",
    "binary,BINARY",
    "x-uuencode,UNKNOWN",
    "'',UNKNOWN"
  })
  void transferEncoding(String text, TransferEncoding encoding) {
    assertThat(TransferEncoding.parse(text)).isEqualTo(encoding);
  }

  @Test
  void languagesAreAList() {
    assertThat(ContentType.tokens("en, de-DE,,fr (comment)")).containsExactly("en", "de-DE", "fr");
  }
}

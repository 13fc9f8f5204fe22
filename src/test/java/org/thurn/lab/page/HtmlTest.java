package org.thurn.lab.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTest {
  @Test
  void aTextIsNeverMarkup() {
    assertThat(Html.element("p", "<script>alert('1')</script> & \"more\"").render())
        .isEqualTo("<p>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;more&quot;</p>");
  }

  @Test
  void anAttributeDoesNotEndEarly() {
    assertThat(Html.element("input").with("value", "\"><script>").render())
        .isEqualTo("<input value=\"&quot;&gt;&lt;script&gt;\">");
  }

  @Test
  void controlCharactersShowAsReplacements() {
    assertThat(Html.text("a\u0000b\u001bc\u0085d\ne").render())
        .isEqualTo("a\ufffdb\ufffdc\ufffdd\ne");
  }

  @ParameterizedTest
  @CsvSource({
    "href, javascript:alert(1)",
    "href, //elsewhere.example/",
    "href, http://elsewhere.example/",
    "src, data:text/html",
    "action, https://elsewhere.example/",
    "onclick, alert(1)",
    "style, color: red",
    "srcdoc, x",
    "a b, x"
  })
  void noAttributeLeadsAwayOrRuns(String name, String value) {
    assertThatThrownBy(() -> Html.element("a").with(name, value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anAddressIsEncoded() {
    assertThat(Html.address("/journey", "message", "<a+b&c d@é.example>"))
        .isEqualTo("/journey?message=%3Ca%2Bb%26c%20d%40%C3%A9.example%3E");
  }

  @Test
  void whatIsAddedComesLast() {
    assertThat(Html.element("ul", Html.element("li", "1")).add(Html.element("li", "2")).render())
        .isEqualTo("<ul><li>1</li><li>2</li></ul>");
  }
}

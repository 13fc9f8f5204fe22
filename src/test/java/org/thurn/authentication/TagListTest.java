package org.thurn.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TagListTest {
  @Test
  void tagsKeepTheirOrderAndValuesTheirInnerSpace() throws Exception {
    TagList list = TagList.parse(" v=1; h = from : \r\n\tto ;p=;");

    assertThat(list.tags()).extracting(TagList.Tag::name).containsExactly("v", "h", "p");
    assertThat(list.value("h")).hasValue("from : \r\n\tto");
    assertThat(list.value("p")).hasValue("");
    assertThat(list.value("x")).isEmpty();
    assertThat(TagList.squeeze(list.value("h").orElseThrow())).isEqualTo("from:to");
  }

  @Test
  void aTagKnowsWhereItsValueStands() throws Exception {
    String text = "v=1; b= ab\r\n cd ; t=1";
    TagList.Tag tag = TagList.parse(text).tag("b").orElseThrow();

    assertThat(text.substring(tag.start(), tag.end())).isEqualTo(" ab\r\n cd ");
  }

  @Test
  void namesAreCaseSensitive() throws Exception {
    TagList list = TagList.parse("a=1;A=2");

    assertThat(list.value("a")).hasValue("1");
    assertThat(list.value("A")).hasValue("2");
  }

  @ParameterizedTest
  @CsvSource({
    "'',it is empty",
    "' ',it is empty",
    "';',nothing between two semicolons",
    "'v=1;;p=2',nothing between two semicolons",
    "'v=1; p',no equals sign",
    "'=1',no proper name",
    "'1v=1',no proper name",
    "'v x=1',no proper name",
    "'v=1;v=1',v= stands there twice",
  })
  void brokenListsSayWhatIsWrong(String text, String reason) {
    assertThatThrownBy(() -> TagList.parse(text))
        .isInstanceOf(TagListException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void controlCharactersAreRefused() {
    assertThatThrownBy(() -> TagList.parse("v=1\0")).hasMessageContaining("control character");
  }
}

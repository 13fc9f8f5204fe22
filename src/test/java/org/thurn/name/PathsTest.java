package org.thurn.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5321 §4.1.2 with RFC 6531 §3.3, a row per form. */
class PathsTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "a@b.test | a | a@b.test",
        "A.b+c@B.Test | A.b+c | A.b+c@b.test",
        "!#$%&'*+-/=?^_`{}~@x.test | !#$%&'*+-/=?^_`{}~ | !#$%&'*+-/=?^_`{}~@x.test",
        "\"a\"@x.test | a | a@x.test",
        "\"a b\"@x.test | a b | \"a b\"@x.test",
        "\"a\\ b\"@x.test | a b | \"a b\"@x.test",
        "\"a\\\"b\\\\c\"@x.test | a\"b\\c | \"a\\\"b\\\\c\"@x.test",
        "\"a@b\"@x.test | a@b | \"a@b\"@x.test",
        "\"a..b\"@x.test | a..b | \"a..b\"@x.test",
        "\".\"@x.test | . | \".\"@x.test",
        "\"a>b\"@x.test | a>b | \"a>b\"@x.test",
        "\"\"@x.test | `` | \"\"@x.test",
        "grün@exämple.test | grün | grün@xn--exmple-cua.test",
        "\"grün bein\"@x.test | grün bein | \"grün bein\"@x.test",
        "😀@x.test | 😀 | 😀@x.test",
        "a@[192.0.2.1] | a | a@[192.0.2.1]",
        "a@[IPv6:2001:db8::1] | a | a@[IPv6:2001:db8::1]"
      })
  void mailboxes(String text, String local, String wire) throws NameSyntaxException {
    Mailbox mailbox = Mailbox.parse(text);
    assertThat(mailbox.local().value()).isEqualTo(local);
    assertThat(mailbox).hasToString(wire);
    assertThat(Mailbox.parse(wire)).isEqualTo(mailbox);
    assertThat(ReversePath.parse("<" + text + ">").mailbox()).hasValue(mailbox);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "@x.test",
        "a@",
        "a@@x.test",
        "a@b@x.test",
        ".a@x.test",
        "a.@x.test",
        "a..b@x.test",
        "a b@x.test",
        "a@x test",
        " a@x.test",
        "a@x.test ",
        "\"a@x.test",
        "\"a\"b@x.test",
        "a\"b\"@x.test",
        "\"a\"\"b\"@x.test",
        "\"a\tb\"@x.test",
        "\"a\rb\"@x.test",
        "a\u0000@x.test",
        "\"\u0000\"@x.test",
        "\"a\\",
        "\"a\\\"@x.test",
        "\"\\é\"@x.test",
        "a(c)@x.test",
        "a@x..test",
        "a@x.test.",
        "a@-x.test",
        "a@x_y.test",
        "a@[1.2.3]",
        "a@[1.2.3.4",
        "a@[1.2.3.4]x",
        "a,b@x.test",
        "a;b@x.test",
        "a:b@x.test",
        "<a@x.test>",
        "a@x.test\r\nRCPT",
        "\u0085@x.test",
        "\ud800@x.test",
        "a\\@b@x.test",
        "a@1.2.3.4]"
      })
  void whatIsNoMailbox(String text) {
    assertThatThrownBy(() -> Mailbox.parse(text)).isInstanceOf(NameSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a@x.test",
        "<a@x.test",
        "a@x.test>",
        "< a@x.test>",
        "<a@x.test >",
        "<<a@x.test>>",
        "<a>",
        "<postmaster>",
        "<@a.test>",
        "<@a.test:>",
        "<@:a@x.test>",
        "<@a.test,b@x.test>",
        "<@a.test;b@x.test>",
        "<> ",
        "< >",
        "<@a_b.test:c@x.test>"
      })
  void whatIsNoReversePath(String text) {
    assertThatThrownBy(() -> ReversePath.parse(text)).isInstanceOf(NameSyntaxException.class);
  }

  @Test
  void sourceRoutesAreDropped() throws NameSyntaxException {
    assertThat(ForwardPath.parse("<@a.test,@b.test:c@d.test>"))
        .isEqualTo(new ForwardPath.Of(Mailbox.of("c@d.test")));
  }

  @Test
  void theNullPathIsForSendersOnly() throws NameSyntaxException {
    assertThat(ReversePath.parse("<>")).isEqualTo(ReversePath.Null.INSTANCE);
    assertThatThrownBy(() -> ForwardPath.parse("<>")).isInstanceOf(NameSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<Postmaster>", "<postmaster>", "<POSTMASTER>"})
  void postmasterNeedsNoDomain(String text) throws NameSyntaxException {
    assertThat(ForwardPath.parse(text)).isEqualTo(ForwardPath.Postmaster.INSTANCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<postmaster", "<postmaster >", "<po\u017ftmaster>", "postmaster", "<İ"})
  void otherBareWordsDo(String text) {
    assertThatThrownBy(() -> ForwardPath.parse(text)).isInstanceOf(NameSyntaxException.class);
  }

  @Test
  void parametersFollowThePath() throws NameSyntaxException {
    PathParser parser = new PathParser("<\"a> SIZE=1\"@x.test> SIZE=2");
    assertThat(parser.reversePath().mailbox()).hasValue(Mailbox.of("\"a> SIZE=1\"@x.test"));
    assertThat(parser.rest()).isEqualTo(" SIZE=2");
    assertThatThrownBy(parser::expectEnd).isInstanceOf(NameSyntaxException.class);
  }

  @Test
  void limitsCountOctets() throws NameSyntaxException {
    assertThat(Mailbox.parse("a".repeat(64) + "@x.test").isAscii()).isTrue();
    assertThatThrownBy(() -> Mailbox.parse("a".repeat(65) + "@x.test"))
        .isInstanceOf(NameSyntaxException.class);
    assertThat(Mailbox.parse("ü".repeat(32) + "@x.test").isAscii()).isFalse();
    assertThatThrownBy(() -> Mailbox.parse("ü".repeat(33) + "@x.test"))
        .isInstanceOf(NameSyntaxException.class);
    String label = "b".repeat(61) + ".";
    String path = "<a@" + label.repeat(4) + "test>"; // 256 octets
    assertThat(ForwardPath.parse(path)).isNotNull();
    assertThatThrownBy(() -> ForwardPath.parse(path.replace("<a", "<aa")))
        .isInstanceOf(NameSyntaxException.class);
    assertThatThrownBy(() -> ForwardPath.parse(path.replace("<a", "<ü")))
        .isInstanceOf(NameSyntaxException.class);
  }

  @Test
  void whatIsShownOfAStrangersTextIsTame() {
    assertThatThrownBy(() -> Mailbox.parse("a\u001b[31m\u009b\u202e" + "x".repeat(500)))
        .hasMessageNotContainingAny("\u001b", "\u009b", "\u202e")
        .message()
        .hasSizeLessThan(200);
  }

  @Test
  void localPartsCompareExactlyAndFoldOnRequest() {
    assertThat(new LocalPart("A")).isNotEqualTo(new LocalPart("a"));
    assertThat(new LocalPart("A").folded()).isEqualTo(new LocalPart("a"));
  }
}

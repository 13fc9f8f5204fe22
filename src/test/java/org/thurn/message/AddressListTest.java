package org.thurn.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.name.Mailbox;

class AddressListTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "jdoe@machine.example | `` | jdoe | machine.example",
        "John Doe <jdoe@machine.example> | John Doe | jdoe | machine.example",
        "\"Joe Q. Public\" <john.q.public@example.com> | Joe Q. Public | john.q.public | example.com",
        "Joe Q. Public <john.q.public@example.com> | Joe Q. Public | john.q.public | example.com",
        "\"Giant; \\\"Big\\\" Box\" <sysservices@example.net> | Giant; \"Big\" Box | sysservices |"
            + " example.net",
        "Pete(A nice \\) chap) <pete(his account)@silly.test(his host)> | Pete | pete | silly.test",
        "Mary Smith <@node.test:mary@example.net> | Mary Smith | mary | example.net",
        "<@a.test,@b.test:mary@example.net> | `` | mary | example.net",
        "jdoe@test   . example | `` | jdoe | test.example",
        "john . doe@test.example | `` | john.doe | test.example",
        "joe@example.com (Joe Public) | Joe Public | joe | example.com",
        "\"a b\"@example.com | `` | a b | example.com",
        "\"quoted\".dot@example.com | `` | quoted.dot | example.com",
        "x@[192.0.2.1] | `` | x | [192.0.2.1]",
        "Grün <grün@exämple.org> | Grün | grün | exämple.org",
        "=?utf-8?q?Gr=C3=BCn?= <g@e.org> | Grün | g | e.org",
        "\"=?utf-8?q?Gr=C3=BCn?=\" <g@e.org> | Grün | g | e.org",
        ", jdoe@machine.example ,, | `` | jdoe | machine.example"
      })
  void wellFormed(String text, String name, String local, String domain) {
    AddressList list = AddressList.parse(text);
    assertThat(list.mailboxes()).hasSize(1);
    Address.Single single = list.mailboxes().getFirst();
    assertThat(single.displayName()).isEqualTo(name);
    assertThat(single.local()).isEqualTo(local);
    assertThat(single.domain()).isEqualTo(domain);
    assertThat(single.mailbox()).isPresent();
    assertThat(list.wellFormed()).isTrue();
  }

  @Test
  void groups() {
    AddressList list =
        AddressList.parse(
            "A Group:Ed Jones <joe@where.test>,john@two.test; , Undisclosed recipients:;, c@d.test");
    assertThat(list.wellFormed()).isTrue();
    assertThat(list.addresses())
        .containsExactly(
            new Address.Group(
                "A Group",
                List.of(
                    new Address.Single("Ed Jones", "joe", "where.test"),
                    new Address.Single("", "john", "two.test"))),
            new Address.Group("Undisclosed recipients", List.of()),
            new Address.Single("", "c", "d.test"));
    assertThat(list.mailboxes()).hasSize(3);
  }

  @Test
  void commentsWithinGroupsAndNesting() {
    AddressList list =
        AddressList.parse("(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;");
    assertThat(list.addresses()).containsExactly(new Address.Group("Hidden recipients", List.of()));
    assertThat(list.wellFormed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localrecipient",
        "a@b@c",
        "a..b@c.test",
        ".a@c.test",
        "a@",
        "@b",
        "<a@b",
        "a@b>",
        "\"a",
        "a <b> c@d",
        "(a",
        "g:a@b",
        "a b@c",
        "<>",
        ";",
        ":;",
        "a@b c@d",
        "foo@bar, <",
        "x:y:z;",
        "<@a:b",
        "<a@[b>",
        ",",
        ""
      })
  void garbageIsMarkedAndNeverThrown(String text) {
    assertThat(AddressList.parse(text).wellFormed()).isFalse();
  }

  @Test
  void goodNeighboursOfGarbageAreKept() {
    AddressList list = AddressList.parse("a@b.test, @@@ <<>, \"x, c@d.test");
    assertThat(list.mailboxes().getFirst()).isEqualTo(new Address.Single("", "a", "b.test"));
    assertThat(AddressList.parse("oops, ok@x.test").mailboxes().get(1).mailbox())
        .hasValue(Mailbox.of("ok@x.test"));
  }

  @Test
  void invalidMailboxesAreToldButNoMailbox() {
    Address.Single single = AddressList.parse("x@under_score.test").mailboxes().getFirst();
    assertThat(single.domain()).isEqualTo("under_score.test");
    assertThat(single.mailbox()).isEmpty();
  }

  @Test
  void envelopeDefaultsSenderAndReplyTo() {
    String text =
        "From: A <a@x.test>\r\nReply-To: \r\nSubject: =?utf-8?q?=C3=A4?=\r\n b\r\n"
            + "Message-ID: <1@x>\r\nIn-Reply-To: <0@x> <00@x>\r\n\r\n";
    Envelope envelope = new Envelope(Headers.parse(text.getBytes(UTF_8), MessageLimits.DEFAULT));
    assertThat(envelope.sender()).isEqualTo(envelope.from()).hasSize(1);
    assertThat(envelope.replyTo()).isEqualTo(envelope.from());
    assertThat(envelope.subject()).hasValue("=?utf-8?q?=C3=A4?= b");
    assertThat(envelope.date()).isEmpty();
    assertThat(envelope.cc()).isEmpty();
    assertThat(envelope.messageId()).hasValue("<1@x>");
  }

  @Test
  void messageIds() {
    assertThat(MessageId.parseAll("<a@b> (c) <d\r\n @e> junk <f@g"))
        .containsExactly(new MessageId("a@b"), new MessageId("d@e"));
    assertThat(MessageId.parse("none")).isEmpty();
    assertThat(MessageId.parse("<x@y>").orElseThrow()).hasToString("<x@y>");
  }
}

package org.thurn.access.imap.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.mailbox.FlagChange;
import org.thurn.mailbox.Flags;
import org.thurn.net.CrlfReader;

class ImapParserTest {
  private int asked;

  private ImapInput input(String text) throws Exception {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    ImapInput input =
        new ImapInput(new CrlfReader(new ByteArrayInputStream(octets), 64), 65536, () -> asked++);
    assertThat(input.next()).isTrue();
    return input;
  }

  private ImapCommand parse(String command) throws Exception {
    ImapParser parser = new ImapParser(input("t " + command + "\r\n"));
    assertThat(parser.tag()).isEqualTo("t");
    return parser.command();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "LOGIN",
        "LOGIN a",
        "LOGIN a b c",
        "LOGIN \"a b",
        "LOGIN a\\ b",
        "FETCH",
        "FETCH 1",
        "FETCH 0 FLAGS",
        "FETCH 1: FLAGS",
        "FETCH 1,, FLAGS",
        "FETCH 4294967296 FLAGS",
        "FETCH 1 (FLAGS",
        "FETCH 1 ()",
        "FETCH 1 BODY[",
        "FETCH 1 BODY[0]",
        "FETCH 1 BODY[1.]X",
        "FETCH 1 BODY[HEADER.FIELDS]",
        "FETCH 1 BODY[]<1>",
        "STORE 1 FLAGZ ()",
        "STORE 1 FLAGS (",
        "SEARCH",
        "SEARCH NOT",
        "SEARCH OR SEEN",
        "SEARCH (SEEN",
        "SEARCH SINCE 1-Foo-2020",
        "SEARCH SINCE 31-Feb-2020",
        "SEARCH RETURN (NEXT) ALL",
        "SEARCH SEEN)",
        "LIST \"\"",
        "LIST (BOGUS) \"\" *",
        "STATUS INBOX ()",
        "STATUS INBOX (SIZES)",
        "UID NOOP",
        "UID",
        "APPEND INBOX",
        "APPEND INBOX text",
        "APPEND INBOX {x}",
        "SELECT INBOX (QRESYNC (1 2))",
        "ENABLE",
        "NOOP {3",
        "COPY 1",
        "SUBSCRIBE",
        "AUTHENTICATE"
      })
  void whatIsNotInTheGrammarIsRefused(String command) {
    assertThatThrownBy(() -> parse(command)).isInstanceOf(ImapSyntaxException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fetch 1,3:*,$x FLAGS | -",
        "LOGIN \"a \\\"b\\\\\" c | Login",
        "noop | Noop",
        "SELECT \"INBOX\" (CONDSTORE) | Select",
        "UID FETCH 1:* (FLAGS) (CHANGEDSINCE 12) | Fetch",
        "FETCH 2 (BODY.PEEK[1.2.HEADER.FIELDS (A \"B\")]<0.100> RFC822.SIZE) | Fetch",
        "STORE 1 (UNCHANGEDSINCE 5) -FLAGS.SILENT \\Seen \\Deleted | Store",
        "SEARCH RETURN () CHARSET UTF-8 OR (SEEN FLAGGED) NOT 1:5,9 | Search",
        "SEARCH RETURN (SAVE MIN) $ | Search",
        "LIST (SUBSCRIBED) \"\" (% \"a b/*\") RETURN (CHILDREN STATUS (MESSAGES SIZE)) | ListMailboxes",
        "LSUB \"\" * | ListMailboxes",
        "ID NIL | Id",
        "ID (\"a\" NIL) | Id",
        "AUTHENTICATE PLAIN = | Authenticate",
        "APPEND INBOX (\\Seen) \" 1-Jan-2020 00:00:00 +0000\" {10} | Append",
      })
  void commandsAreFound(String command, String type) throws Exception {
    if (type.equals("-")) {
      assertThatThrownBy(() -> parse(command)).isInstanceOf(ImapSyntaxException.class);
    } else {
      assertThat(parse(command).getClass().getSimpleName()).isEqualTo(type);
    }
  }

  @Test
  void storeKnowsItsChange() throws Exception {
    assertThat(parse("UID STORE 4:2,* +FLAGS.SILENT (\\Seen Junk)"))
        .isEqualTo(
            new ImapCommand.Store(
                true,
                new SequenceSet(
                    List.of(new SequenceSet.Range(4, 2), new SequenceSet.Range(0, 0)), false),
                java.util.OptionalLong.empty(),
                new FlagChange.Add(Flags.parse(List.of("\\Seen", "Junk"))),
                true));
  }

  @Test
  void synchronizingLiteralsAreAskedForAndOthersAreNot() throws Exception {
    ImapInput input = input("t LOGIN {3}\r\nbob {4+}\r\n\"\r\n\"\r\nt2 NOOP\r\n");
    ImapParser parser = new ImapParser(input);
    parser.tag();

    assertThat(parser.command()).isEqualTo(new ImapCommand.Login("bob", "\"\r\n\""));
    assertThat(asked).isEqualTo(1);
    assertThat(input.next()).isTrue();
    assertThat(input.rest()).isEqualTo("t2 NOOP");
  }

  @Test
  void theLiteralOfARefusedCommandIsNoCommand() throws Exception {
    ImapInput input = input("t BOGUS {11+}\r\nt3 LOGOUT\r\n {3+}\r\nabc\r\nt2 NOOP\r\n");
    ImapParser parser = new ImapParser(input);
    parser.tag();
    assertThatThrownBy(parser::command).isInstanceOf(ImapSyntaxException.class);

    input.recover();

    assertThat(input.next()).isTrue();
    assertThat(input.rest()).isEqualTo("t2 NOOP");
  }

  @Test
  void aLongLineEndsTheSession() {
    assertThatThrownBy(() -> input("t NOOP " + "x".repeat(70_000) + "\r\n"))
        .isInstanceOfSatisfying(
            ImapSyntaxException.class, error -> assertThat(error.fatal()).isTrue());
  }

  @Test
  void aLiteralTooLongIsRefusedBeforeItIsSent() throws Exception {
    assertThatThrownBy(() -> parse("LOGIN {70000}"))
        .isInstanceOfSatisfying(
            ImapSyntaxException.class, error -> assertThat(error.fatal()).isFalse());
    assertThat(asked).isZero();
  }

  @Test
  void deepSearchesAreRefused() {
    assertThatThrownBy(() -> parse("SEARCH " + "(".repeat(1000) + "ALL" + ")".repeat(1000)))
        .hasMessage("Search too complex");
    assertThatThrownBy(() -> parse("SEARCH " + "NOT ".repeat(10_000) + "ALL"))
        .hasMessage("Search too complex");
  }

  @ParameterizedTest
  @CsvSource({
    "INBOX,INBOX",
    "Entwürfe,Entw&APw-rfe",
    "A & B,A &- B",
    "~peter/mail/台北/日本語,'~peter/mail/&U,BTFw-/&ZeVnLIqe-'",
    "😀,&2D3eAA-"
  })
  void modifiedUtf7GoesBothWays(String name, String wire) {
    assertThat(ModifiedUtf7.encode(name)).isEqualTo(wire);
    assertThat(ModifiedUtf7.decode(wire)).isEqualTo(Optional.of(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"&", "&Jjo!", "&U,BTFw-&ZeVnLIqe-", "&AGE-", "&-&AA", "a&====-"})
  void otherFormsOfModifiedUtf7AreRefused(String wire) {
    assertThat(ModifiedUtf7.decode(wire)).isEmpty();
  }

  @Test
  void garbageIsRefusedAndNeverBreaksTheParser() throws Exception {
    Random random = new Random(9051);
    String[] words = {
      "FETCH",
      "1:*",
      "(",
      ")",
      "BODY[",
      "]",
      "<0.1>",
      "\"",
      "{3}\r\n",
      "{2+}\r\n",
      "SEARCH",
      "NOT",
      " ",
      " ",
      " ",
      "UID",
      "$",
      "\\Seen",
      "STORE",
      "FLAGS",
      "é",
      "LIST",
      "%",
      "a",
      "999999999999"
    };
    for (int round = 0; round < 20_000; round++) {
      StringBuilder line = new StringBuilder("t ");
      for (int i = random.nextInt(12); i >= 0; i--) {
        line.append(words[random.nextInt(words.length)]);
      }
      try {
        ImapInput input = input(line + "\r\n");
        ImapParser parser = new ImapParser(input);
        parser.tag();
        parser.command();
      } catch (ImapSyntaxException | IOException expected) {
        assertThat(expected).hasMessageNotContaining("null");
      }
    }
  }
}

package org.thurn.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.name.ForwardPath;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;

class CommandParserTest {
  private static Command parse(String line) {
    return CommandParser.parse(line.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsMailWithAllItsParameters() {
    assertThat(
            parse(
                "mail from:<a@b.example> SIZE=42 BODY=8BITMIME SMTPUTF8 requiretls RET=HDRS ENVID=q+2B1"
                    + " AUTH=x+40y.example"))
        .isEqualTo(
            new Command.Mail(
                ReversePath.of(Mailbox.of("a@b.example")),
                new MailParameters(
                    OptionalLong.of(42),
                    BodyType.EIGHT_BIT_MIME,
                    true,
                    true,
                    Optional.of(Ret.HDRS),
                    Optional.of("q+1"),
                    Optional.of("x@y.example"))));
    assertThat(parse("MAIL FROM:<>"))
        .isEqualTo(new Command.Mail(ReversePath.Null.INSTANCE, MailParameters.NONE));
  }

  @Test
  void readsRcptWithAllItsParameters() {
    assertThat(parse("RCPT TO:<a@b.example> NOTIFY=success,FAILURE ORCPT=rfc822;a+2Bb@c.example  "))
        .isEqualTo(
            new Command.Rcpt(
                new ForwardPath.Of(Mailbox.of("a@b.example")),
                new RcptParameters(
                    Set.of(Notify.SUCCESS, Notify.FAILURE), Optional.of("rfc822;a+b@c.example")),
                true));
    assertThat(parse("RCPT TO:<PostMaster>"))
        .isEqualTo(new Command.Rcpt(ForwardPath.Postmaster.INSTANCE, RcptParameters.NONE, true));
    assertThat(parse("RCPT TO:<@relay.example,@two.example:a@b.example>"))
        .isEqualTo(
            new Command.Rcpt(
                new ForwardPath.Of(Mailbox.of("a@b.example")), RcptParameters.NONE, true));
    assertThat(parse("RCPT TO:<jürgen@b.example>"))
        .isInstanceOfSatisfying(Command.Rcpt.class, rcpt -> assertThat(rcpt.ascii()).isFalse());
  }

  @Test
  void decodesAnInternationalOriginalRecipient() {
    assertThat(parse("RCPT TO:<a@b.example> ORCPT=utf-8;j\\x{FC}rgen@b.example"))
        .isInstanceOfSatisfying(
            Command.Rcpt.class,
            rcpt -> assertThat(rcpt.parameters().orcpt()).contains("utf-8;jürgen@b.example"));
  }

  @Test
  void readsTheOthers() {
    assertThat(parse("EHLO [IPv6:2001:db8::1]")).isEqualTo(new Command.Ehlo("[IPv6:2001:db8::1]"));
    assertThat(parse("BDAT 86 last")).isEqualTo(new Command.Bdat(86, true));
    assertThat(parse("BDAT 0")).isEqualTo(new Command.Bdat(0, false));
    assertThat(parse("bdat 99999999999999999999 LAST"))
        .isEqualTo(new Command.Bdat(Long.MAX_VALUE, true));
    assertThat(parse("AUTH PLAIN =")).isEqualTo(new Command.Auth("PLAIN", Optional.of("=")));
    assertThat(parse("noop whatever it is")).isEqualTo(new Command.Noop());
    assertThat(parse("QUIT  \t ")).isEqualTo(new Command.Quit());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 500 5.5.1",
    "XYZZY, 500 5.5.1",
    "' NOOP', 500 5.5.1",
    "TURN, 500 5.5.1",
    "HELO, 501 5.5.4",
    "EHLO, 501 5.5.4",
    "EHLO a b, 501 5.5.4",
    "MAIL, 501 5.5.4",
    "MAIL FROM, 501 5.5.4",
    "MAIL <a@b.example>, 501 5.5.4",
    "MAIL FROM:a@b.example, 501 5.5.4",
    "MAIL FROM: <a@b.example>, 501 5.5.4",
    "MAIL FROM :<a@b.example>, 501 5.5.4",
    "MAIL TO:<a@b.example>, 501 5.5.4",
    "MAIL FROM:<a@b.example, 501 5.1.7",
    "MAIL FROM:<a@>, 501 5.1.7",
    "MAIL FROM:<a b@c.example>, 501 5.1.7",
    "MAIL FROM:<a>, 501 5.1.7",
    "MAIL FROM:<a@b.example>SIZE=1, 501 5.5.4",
    "MAIL FROM:<a@b.example> SIZE, 501 5.5.4",
    "MAIL FROM:<a@b.example> SIZE=, 501 5.5.4",
    "MAIL FROM:<a@b.example> SIZE=x, 501 5.5.4",
    "MAIL FROM:<a@b.example> SIZE=1 SIZE=1, 501 5.5.4",
    "MAIL FROM:<a@b.example> SIZE=-1, 501 5.5.4",
    "MAIL FROM:<a@b.example> BODY=9BIT, 501 5.5.4",
    "MAIL FROM:<a@b.example> SMTPUTF8=yes, 501 5.5.4",
    "MAIL FROM:<a@b.example> RET=ALL, 501 5.5.4",
    "MAIL FROM:<a@b.example> ENVID=a+b, 501 5.5.4",
    "MAIL FROM:<a@b.example> ENVID=+0D+0Ax, 501 5.5.4",
    "MAIL FROM:<a@b.example> AUTH, 501 5.5.4",
    "MAIL FROM:<a@b.example> =x, 501 5.5.4",
    "MAIL FROM:<a@b.example> XSIZE=1, 555 5.5.4",
    "MAIL FROM:<a@b.example> NOTIFY=NEVER, 555 5.5.4",
    "MAIL FROM:<jürgen@b.example>, 553 5.6.7",
    "MAIL FROM:<a@bücher.example>, 553 5.6.7",
    "RCPT, 501 5.5.4",
    "RCPT TO:, 501 5.5.4",
    "RCPT TO:<>, 501 5.1.3",
    "RCPT TO: <a@b.example>, 501 5.5.4",
    "RCPT FROM:<a@b.example>, 501 5.5.4",
    "RCPT TO:<a..b@c.example>, 501 5.1.3",
    "RCPT TO:<a@b.example> SIZE=1, 555 5.5.4",
    "'RCPT TO:<a@b.example> NOTIFY=NEVER,DELAY', 501 5.5.4",
    "'RCPT TO:<a@b.example> NOTIFY=FAILURE,', 501 5.5.4",
    "RCPT TO:<a@b.example> ORCPT=a@b.example, 501 5.5.4",
    "RCPT TO:<a@b.example> ORCPT=;a, 501 5.5.4",
    "DATA now, 501 5.5.4",
    "RSET x, 501 5.5.4",
    "QUIT x, 501 5.5.4",
    "STARTTLS x, 501 5.5.4",
    "BDAT, 501 5.5.4",
    "BDAT x, 501 5.5.4",
    "BDAT -1, 501 5.5.4",
    "BDAT 1 FIRST, 501 5.5.4",
    "BDAT 1 LAST LAST, 501 5.5.4",
    "VRFY, 501 5.5.4",
    "EXPN, 501 5.5.4",
    "AUTH, 501 5.5.4",
    "AUTH PLAIN a b, 501 5.5.4",
  })
  void whatIsWrongGetsItsCode(String line, String expected) {
    assertThat(parse(line))
        .isInstanceOfSatisfying(
            Command.Wrong.class,
            wrong ->
                assertThat(wrong.reply().code() + " " + wrong.reply().status().orElseThrow())
                    .isEqualTo(expected));
  }

  @Test
  void envidAndOrcptHaveTheirLengths() {
    String mail = "MAIL FROM:<> ENVID=" + "e".repeat(100);
    assertThat(parse(mail)).isInstanceOf(Command.Mail.class);
    assertThat(parse(mail + "e")).isInstanceOf(Command.Wrong.class);
    String rcpt = "RCPT TO:<a@b.example> ORCPT=x;" + "o".repeat(498);
    assertThat(parse(rcpt)).isInstanceOf(Command.Rcpt.class);
    assertThat(parse(rcpt + "o")).isInstanceOf(Command.Wrong.class);
  }

  @Test
  void octetsThatAreNoUtf8AreRefused() {
    byte[] line = {'E', 'H', 'L', 'O', ' ', (byte) 0xe9};

    assertThat(CommandParser.parse(line))
        .isEqualTo(new Command.Wrong(Reply.of(500, "5.5.2", "the command is not UTF-8")));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anyOctetsAreSomeCommandOrWrong(long seed) {
    Random random = new Random(seed);
    String[] pieces = {
      "MAIL FROM:",
      "RCPT TO:",
      "<",
      ">",
      "@",
      "a",
      ".",
      "\"",
      "\\",
      "[",
      "]",
      " ",
      "=",
      "SIZE",
      "ORCPT",
      "ENVID",
      "+",
      "4",
      "é",
      "BDAT ",
      "AUTH ",
      ";",
      "x{",
      "\u0000",
      "\t",
      ":",
      "IPv6:"
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder line = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        line.append(pieces[random.nextInt(pieces.length)]);
      }
      assertThat(parse(line.toString())).isNotNull();
    }
  }
}

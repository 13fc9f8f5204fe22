package org.thurn.authentication.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thurn.time.Time;

/** What lists and relays do to messages, and that it is found out. */
class RepairsTest {
  private final KeyZone zone = new KeyZone().with(Mail.RSA).with(Mail.ED);
  private final Repairs repairs = new Repairs(Mail.TIME, Mail.PLATFORM);

  private Optional<Repair> repair(String message) throws Exception {
    DkimResult result = Mail.verifyOne(message, zone);
    assertThat(result.outcome()).as(result.sentence()).isEqualTo(Outcome.FAIL);
    return repairs.find(Mail.octets(message), result);
  }

  private String sentence(String message) throws Exception {
    return repair(message).map(Repair::sentence).orElse("nothing");
  }

  private static String signed(String message) throws Exception {
    return Mail.signed(message, Mail.signer(Mail.ED));
  }

  private static String simple(String message, String... changes) {
    String[] all = java.util.Arrays.copyOf(changes, changes.length + 1);
    all[changes.length] = "c=simple/relaxed";
    return Mail.signedWith(message, Mail.ED, all);
  }

  @Test
  void aFooter() throws Exception {
    String footer = "_______\r\nlist mailing list\r\nlist@example.org\r\n";
    assertThat(sentence(signed(Mail.TEXT) + footer))
        .isEqualTo("after it was signed, a footer of 3 lines was appended");
    assertThat(sentence(signed(Mail.TEXT) + "one line"))
        .isEqualTo("after it was signed, a footer of 1 line was appended");
    String empty = Mail.TEXT.substring(0, Mail.TEXT.indexOf("Dear"));
    assertThat(sentence(signed(empty) + footer)).contains("a footer of 3 lines");
  }

  @Test
  void aFooterThatIsTooLong() throws Exception {
    assertThat(repair(signed(Mail.TEXT) + "line\r\n".repeat(BodyRepairs.MAX_FOOTER + 1))).isEmpty();
  }

  @Test
  void aPrefixAndAFooter() throws Exception {
    String list =
        signed(Mail.TEXT).replace("Subject: The", "Subject: [plans] The") + "--\r\nbye\r\n";
    assertThat(sentence(list))
        .isEqualTo(
            "after it was signed, a footer of 2 lines was appended;"
                + " the subject got the prefix \"[plans]\"");
    String reply = Mail.TEXT.replace("The  plan", "Re: The plan");
    assertThat(sentence(signed(reply).replace("Re: The", "Re: [plans] The")))
        .isEqualTo("after it was signed, the subject got the prefix \"[plans]\"");
  }

  @Test
  void aReplyTo() throws Exception {
    assertThat(sentence("Reply-To: list@example.org\r\n" + signed(Mail.TEXT)))
        .isEqualTo("after it was signed, reply-to was added");
  }

  @Test
  void aFromOfTheList() throws Exception {
    String list =
        signed(Mail.TEXT)
            .replace("From: Ann <ann@example.com>", "From: Ann via plans <plans@example.org>");
    assertThat(repair(list)).isEmpty();
    assertThat(sentence("X-Original-From: Ann <ann@example.com>\r\n" + list))
        .isEqualTo(
            "after it was signed, From was replaced; what was signed stands in X-Original-From");
  }

  @Test
  void whatTheCopiesTell() throws Exception {
    String z = "z=Subject:The=20plan|To:bob@example.net";
    String message = Mail.signedWith(Mail.TEXT, Mail.ED, z);
    assertThat(sentence(message.replace("Subject: The  plan", "Subject: Spam?")))
        .isEqualTo("after it was signed, Subject was replaced; what was signed stands in z=");
  }

  private static final String MIXED =
      """
      From: Ann <ann@example.com>
      Content-Type: multipart/mixed; boundary="b1"
      MIME-Version: 1.0

      --b1
      Content-Type: text/plain

      Hello
      --b1
      Content-Type: image/png

      picture
      %s--b1--
      """
          .replace("\n", "\r\n");

  @Test
  void aPartAtTheEnd() throws Exception {
    String before = MIXED.formatted("");
    String after = MIXED.formatted("--b1\r\nContent-Type: text/plain\r\n\r\nfooter\r\n");
    String field = signed(before).substring(0, signed(before).length() - before.length());
    assertThat(sentence(field + after))
        .isEqualTo("after it was signed, a part was appended to the multipart");
  }

  @Test
  void aMultipartAround() throws Exception {
    String before =
        "From: a@example.com\r\nContent-Type: text/html\r\nMIME-Version: 1.0\r\n\r\n<p>Hi</p>\r\n";
    String field = signed(before).substring(0, signed(before).length() - before.length());
    String after =
        "From: a@example.com\r\nContent-Type: multipart/mixed; boundary=b2\r\nMIME-Version:"
            + " 1.0\r\n\r\n--b2\r\nContent-Type: text/html\r\n\r\n<p>Hi</p>\r\n\r\n"
            + "--b2\r\nContent-Type: text/plain\r\n\r\nfooter\r\n--b2--\r\n";
    assertThat(sentence(field + after))
        .isEqualTo("after it was signed, the body was wrapped into a multipart");
  }

  @Test
  void anotherTransferEncoding() throws Exception {
    String before =
        "From: a@example.com\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGr\u00fc\u00dfe\r\nAnn\r\n";
    String field = signed(before).substring(0, signed(before).length() - before.length());
    String start = field + "From: a@example.com\r\nContent-Transfer-Encoding: ";
    assertThat(sentence(start + "quoted-printable\r\n\r\nGr=FC=DFe\r\nAnn\r\n"))
        .isEqualTo("after it was signed, the body was encoded anew, as quoted-printable");
    String base64 = Base64.getEncoder().encodeToString(Mail.body(before));
    assertThat(sentence(start + "base64\r\n\r\n" + base64 + "\r\n"))
        .isEqualTo("after it was signed, the body was encoded anew, as base64");
  }

  @Test
  void folds() throws Exception {
    String message = simple(Mail.TEXT);
    assertThat(sentence(message.replace("Subject: The  plan", "Subject: The\r\n  plan")))
        .isEqualTo("after it was signed, header fields were folded anew");
  }

  @Test
  void mboxAndSpaces() throws Exception {
    String message = signed(Mail.TEXT + "From here on\r\n");
    assertThat(sentence(message.replace("From here", ">From here")))
        .isEqualTo("after it was signed, lines that begin with \"From \" got a \">\"");
    String plain = "From: a@example.com\r\n\r\nHello\r\n";
    DkimSigner strict =
        new DkimSigner(
            List.of(Mail.ED),
            SigningSettings.DEFAULT.with(Canonicalization.RELAXED, Canonicalization.SIMPLE),
            Mail.TIME,
            Mail.PLATFORM);
    assertThat(sentence(Mail.signed(plain, strict).replace("Hello", "Hello \t ")))
        .isEqualTo("after it was signed, white space was appended to lines of the body");
  }

  @Test
  void nothingIsSaidThatIsNotProven() throws Exception {
    assertThat(repair(signed(Mail.TEXT).replace("plan", "planet"))).isEmpty();
    assertThat(repair(signed(Mail.TEXT).replace("Subject: The", "Subject: [x] A"))).isEmpty();
    String message = signed(Mail.TEXT);
    assertThat(repairs.find(Mail.octets(message), Mail.verifyOne(message, zone))).isEmpty();
  }

  /** A clock that jumps at each look, and says how often it was looked at. */
  private static final class Jumping implements Time {
    private final Duration jump;
    private int looks;

    Jumping(Duration jump) {
      this.jump = jump;
    }

    @Override
    public Instant now() {
      return Mail.NOW;
    }

    @Override
    public long ticks() {
      return jump.toNanos() * looks++;
    }

    @Override
    public void pause(Duration duration) {
      throw new UnsupportedOperationException("nothing here waits");
    }
  }

  @Test
  void itEndsInTime() throws Exception {
    String message = signed(Mail.TEXT) + "footer\r\n";
    DkimResult result = Mail.verifyOne(message, zone);
    Jumping slow = new Jumping(Repairs.MAX_TIME.plusSeconds(1));
    assertThat(new Repairs(slow, Mail.PLATFORM).find(Mail.octets(message), result)).isEmpty();
    assertThat(slow.looks).isEqualTo(2);
  }

  @Test
  void itEndsAfterSoManyAttempts() throws Exception {
    String before =
        "From: a@example.com\r\nSubject: plan\r\nContent-Transfer-Encoding: 8bit\r\n\r\nGr\u00fc\u00dfe\r\n";
    String field = Mail.signedWith(before, Mail.ED, "h=From:Subject:Reply-To:Cc:Sender:List-Id");
    field = field.substring(0, field.length() - before.length());
    String after =
        field
            + "From: x@example.com\r\nSubject: [a] plans\r\nReply-To: a\r\nCc: a\r\nSender: a\r\n"
            + "List-Id: a\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=FC=DFe\r\n";
    DkimResult result = Mail.verifyOne(after, zone);
    assertThat(result.cause()).isEqualTo(Cause.HEADER_AND_BODY_CHANGED);
    Jumping counted = new Jumping(Duration.ofMillis(1));
    assertThat(new Repairs(counted, Mail.PLATFORM).find(Mail.octets(after), result)).isEmpty();
    assertThat(counted.looks).isEqualTo(1 + Repairs.MAX_ATTEMPTS + 1);
  }

  @Test
  void aMessageThatIsTooLong() throws Exception {
    String message = signed(Mail.TEXT + "line\r\n".repeat(Repairs.MAX_MESSAGE / 6)) + "footer\r\n";
    assertThat(repair(message)).isEmpty();
  }
}

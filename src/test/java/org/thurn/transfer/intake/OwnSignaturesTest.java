package org.thurn.transfer.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.authentication.dkim.DkimResult;
import org.thurn.authentication.dkim.DkimVerifier;
import org.thurn.authentication.dkim.Outcome;
import org.thurn.journey.Event;
import org.thurn.message.DataClass;
import org.thurn.message.Downgrade;
import org.thurn.message.MessageLimits;
import org.thurn.message.MimeParser;
import org.thurn.name.Mailbox;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.server.Protocol;
import org.thurn.time.Time;
import org.thurn.transfer.policy.PolicyPage;
import org.thurn.transfer.signing.SignerSettings;

/** The signatures of mail that our own people and machines send. */
class OwnSignaturesTest {
  private static final String FAR = "<far@away.example>";
  private static final String HEADER =
      "From: alice@ours.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
          + "Content-Transfer-Encoding: 8bit\n";
  private static final String GREETING = HEADER + "\nGrüße aus Köln = schön \n";

  @TempDir private Path state;
  private IntakeFixture house;

  @BeforeEach
  void open() {
    house = new IntakeFixture(state);
    house.check(PolicyPage.DEFAULT);
    house.keepKeys();
    house.noted.clear();
  }

  @AfterEach
  void close() {
    house.close();
  }

  private String submit(String to, String message) throws Exception {
    IntakeFixture.Talk talk =
        house.talk(house.smtp().speaking(Protocol.SUBMISSION).as("alice@ours.example"));
    assertThat(talk.send("<alice@ours.example>", to, message).code()).isEqualTo(250);
    return house.queue.last().message();
  }

  private void assertSigned(String message) throws Exception {
    List<DkimResult> results =
        new DkimVerifier(house.dns, Time.system()).verify(message.getBytes(UTF_8));
    assertThat(results).hasSize(2).allMatch(result -> result.outcome() == Outcome.PASS);
    assertThat(house.noted(Event.DkimSigned.class)).hasSize(1);
  }

  private void assertUnsigned(String message) {
    assertThat(message).doesNotContain("DKIM-Signature");
    assertThat(house.noted(Event.DkimSigned.class)).isEmpty();
  }

  private void assertAsItWas(String message, String sent) throws Exception {
    assertSigned(message);
    assertThat(message).endsWith(sent.substring(sent.indexOf("\n\n")).replace("\n", "\r\n"));
    assertThat(house.noted(Event.EncodedInSevenBits.class)).isEmpty();
  }

  /** What a hop without 8BITMIME would have to do to it. */
  private static Downgrade forOldHops(String message) throws Exception {
    var in = new ByteArrayInputStream(message.getBytes(UTF_8));
    return Downgrade.plan(MimeParser.parse(in, MessageLimits.DEFAULT), DataClass.SEVEN_BIT);
  }

  @Test
  void whatGoesElsewhereIsEncodedBeforeItIsSigned() throws Exception {
    String message = submit(FAR, GREETING);
    assertSigned(message);
    assertThat(message)
        .contains("Content-Transfer-Encoding: quoted-printable\r\n")
        .endsWith("\r\n\r\nGr=C3=BC=C3=9Fe aus K=C3=B6ln =3D sch=C3=B6n=20\r\n");
    assertThat(forOldHops(message)).isEqualTo(Downgrade.Unneeded.INSTANCE);
    Event.EncodedInSevenBits encoded = house.noted(Event.EncodedInSevenBits.class).getFirst();
    assertThat(encoded.octetsAfter())
        .isGreaterThan(encoded.octetsBefore())
        .isEqualTo(message.length());
    assertThat(message.indexOf("DKIM-Signature")).isZero();
    assertThat(message).contains("\r\nReceived: ");
  }

  @Test
  void anAliasThatLeadsElsewhereCountsToo() throws Exception {
    house
        .directory
        .changes()
        .setAlias(Mailbox.of("far@ours.example"), List.of(Mailbox.of("far@away.example")), "test");
    assertThat(submit("<far@ours.example>", GREETING)).contains("quoted-printable");
  }

  @Test
  void aMessageOfManyPartsAndOfMoreThanOneMegabyte() throws Exception {
    String part =
        "--=\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n";
    String message =
        HEADER.replace("text/plain; charset=utf-8", "multipart/mixed; boundary=\"=\"")
            + "\n"
            + part
            + "Straße\n".repeat(200_000)
            + "--=\nContent-Type: text/plain\n\nplain\n--=\nContent-Type: application/x-data\n"
            + "Content-Transfer-Encoding: 8bit\n\nÄ\n--=--\n";
    String sent = submit(FAR, message);
    assertSigned(sent);
    assertThat(sent)
        .contains(
            "Content-Transfer-Encoding: 7bit\r\n", "base64", "Stra=C3=9Fe", "\r\n\r\nplain\r\n");
    assertThat(sent.length()).isGreaterThan(2 << 20);
    assertThat(forOldHops(sent)).isEqualTo(Downgrade.Unneeded.INSTANCE);
  }

  /** Each of them gets a field: more than all that the parts hold. */
  @Test
  void aMessageOfVeryManySmallParts() throws Exception {
    String part = "--=\nContent-Type: message/rfc822\n\nFrom: x\n\nÄ\n";
    String message =
        HEADER.replace("text/plain; charset=utf-8", "multipart/mixed; boundary=\"=\"")
            + "\n"
            + part.repeat(4_990)
            + "--=--\n";
    String sent = submit(FAR, message);
    assertSigned(sent);
    assertThat(forOldHops(sent)).isEqualTo(Downgrade.Unneeded.INSTANCE);
  }

  @Test
  void whatStaysHereIsLeftAsItIs() throws Exception {
    assertAsItWas(submit("<bob@ours.example>", GREETING), GREETING);
  }

  @Test
  void sevenBitsAreLeftAsTheyAre() throws Exception {
    String plain = GREETING.replaceAll("[^\\x00-\\x7f]", "?");
    assertAsItWas(submit(FAR, plain), plain);
  }

  @Test
  void nobodyHasToWantIt() throws Exception {
    house.signing = new SignerSettings(true, true, false);
    assertAsItWas(submit(FAR, GREETING), GREETING);
    house.signing = new SignerSettings(false, true, true);
    house.noted.clear();
    assertUnsigned(submit(FAR, GREETING));
    assertThat(house.queue.last().message()).endsWith("Köln = schön \r\n");
  }

  /** Without a label, signed by somebody already, sealed by its author, not to be understood. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "From: alice@ours.example~~Grüße~",
        "From: alice@ours.example~MIME-Version: 1.0~~Grüße~",
        "From: alice@ours.example~MIME-Version: 1.0~Content-Type: text/plain~Subject: Grüße~~Grüße~",
        "From: alice@ours.example~MIME-Version: 1.0~Content-Type: multipart/signed; boundary=b;"
            + " protocol=\"application/pgp-signature\"~~--b~Content-Transfer-Encoding: 8bit~~Grüße~"
            + "--b~Content-Type: application/pgp-signature~~x~--b--~",
        "From: alice@ours.example~MIME-Version: 1.0~Content-Type: text/plain~"
            + "Content-Transfer-Encoding: x-own~~Grüße~",
      })
  void whatMustNotBeChangedIsSignedAsItIs(String text) throws Exception {
    String message = text.replace('~', '\n');
    assertAsItWas(submit(FAR, message), message);
  }

  @Test
  void theSignaturesOfOthersAreNotBroken() throws Exception {
    String signed = "DKIM-Signature: v=1; d=else.example\n" + GREETING;
    String message = submit(FAR, signed);
    assertThat(message).endsWith("Köln = schön \r\n");
    assertThat(message.indexOf("d=ours.example")).isPositive();
  }

  @Test
  void whatIsDeclaredBinaryIsEncoded() throws Exception {
    IntakeFixture.Talk talk =
        house.talk(house.smtp().speaking(Protocol.SUBMISSION).as("alice@ours.example"));
    MailParameters binary =
        new MailParameters(
            OptionalLong.empty(),
            BodyType.BINARY_MIME,
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    talk.mail("<alice@ours.example>", binary);
    talk.rcpt(FAR);
    String message =
        HEADER.replace("8bit", "binary").replace("text/plain; charset=utf-8", "application/x-data")
            + "\nnul \0 and a bare\nLF\n";
    String sent = message.replace("\n", "\r\n").replace("bare\r\n", "bare\n");
    assertThat(talk.octets(sent.getBytes(ISO_8859_1)).getFirst().reply().code()).isEqualTo(250);
    assertSigned(house.queue.last().message());
    assertThat(house.queue.last().message()).contains("Content-Transfer-Encoding: base64");
  }

  private String relayed(String to, String message) {
    IntakeFixture.Talk talk = house.talk(house.smtp());
    assertThat(talk.send("<cron@ours.example>", to, message).code()).isEqualTo(250);
    return house.queue.last().message();
  }

  @Test
  void aMachineOfATrustedNetworkIsSignedFor() throws Exception {
    house.trust("198.51.100.0/24");
    String message = relayed(FAR, GREETING);
    assertSigned(message);
    assertThat(message).contains("quoted-printable");
    house.noted.clear();
    house.signing = new SignerSettings(true, false, true);
    assertUnsigned(relayed(FAR, GREETING));
  }

  @Test
  void notForOthersAuthors() throws Exception {
    house.trust("198.51.100.0/24");
    assertUnsigned(relayed(FAR, GREETING.replace("alice@ours", "alice@else")));
    assertUnsigned(relayed(FAR, "From: alice@ours.example\n" + GREETING));
    assertUnsigned(relayed(FAR, "Subject: nobody\n\nx\n"));
  }

  /** What a gate brings in from strangers names local recipients only. */
  @Test
  void notForWhatComesToUsOrToOurAliases() throws Exception {
    house.trust("198.51.100.0/24");
    house
        .directory
        .changes()
        .setAlias(Mailbox.of("far@ours.example"), List.of(Mailbox.of("far@away.example")), "test");
    assertUnsigned(relayed("<bob@ours.example>", GREETING));
    assertUnsigned(relayed("<far@ours.example>", GREETING));
  }

  @Test
  void strangersAreNeverSignedFor() throws Exception {
    house
        .directory
        .changes()
        .setAlias(Mailbox.of("far@ours.example"), List.of(Mailbox.of("far@away.example")), "test");
    assertUnsigned(relayed("<far@ours.example>", GREETING));
  }
}

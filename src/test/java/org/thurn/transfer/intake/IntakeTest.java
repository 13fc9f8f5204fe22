package org.thurn.transfer.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.journey.Event;
import org.thurn.name.Mailbox;
import org.thurn.queue.Destination;
import org.thurn.queue.Recipient;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.MailParameters;
import org.thurn.smtp.Verdict;
import org.thurn.smtp.server.Protocol;
import org.thurn.store.StoreException;
import org.thurn.tls.policy.Wish;

class IntakeTest {
  private static final Mailbox ALICE = Mailbox.of("alice@ours.example");
  private static final Mailbox BOB = Mailbox.of("bob@ours.example");
  private static final String MESSAGE = "From: x@away.example\nSubject: hello\n\nHi.\n";

  @TempDir private static Path state;
  private static IntakeFixture house;

  @BeforeAll
  static void open() {
    house = new IntakeFixture(state);
  }

  @AfterAll
  static void close() {
    house.close();
  }

  @BeforeEach
  void reset() {
    house.reset();
  }

  @Test
  void anAcceptedMessageIsInTheQueueWithItsEnvelope() {
    IntakeFixture.Talk talk = house.talk(house.smtp());
    String message =
        "From: x@away.example\nMessage-ID: <1@away.example>\nSubject: =?utf-8?q?gr=C3=BCn?=\n\nHi.\n";
    assertThat(talk.send("<x@away.example>", "<alice@ours.example>", message).toString())
        .startsWith("250 2.0.0 Ok: queued as ");
    TakingQueue.Taken taken = house.queue.last();
    assertThat(taken.envelope().sender()).hasToString("x@away.example");
    assertThat(taken.envelope().messageId()).contains("<1@away.example>");
    assertThat(taken.envelope().session()).isPresent();
    assertThat(taken.envelope().submitter()).isEmpty();
    assertThat(taken.envelope().arrived()).isEqualTo(house.now);
    assertThat(taken.subject()).isEqualTo("grün");
    assertThat(taken.recipients())
        .extracting(Recipient::destination)
        .containsExactly(new Destination.Local(ALICE, ""));
    assertThat(taken.message())
        .startsWith("Received: from mx.away.example")
        .endsWith("\r\n" + message.replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "away.example,    250",
    "implicit.example, 250",
    "nowhere.example, 550 5.1.8",
    "txtonly.example, 550 5.1.8",
    "nullmx.example,  550 5.7.27",
    "broken.example,  451 4.4.3",
    "ours.example,    250",
  })
  void aSenderMustBeOneWhoCouldBeAnswered(String domain, String expected) {
    house.dns.a("implicit.example", "203.0.113.1").txt("txtonly.example");
    house.dns.mx("nullmx.example", "").broken("broken.example");
    IntakeFixture.Talk talk = house.talk(house.smtp());
    assertThat(talk.mail("<x@" + domain + ">").code()).isEqualTo(250);
    assertThat(talk.rcpt("<alice@ours.example>").toString()).startsWith(expected);
    assertThat(talk.rcpt("<postmaster@ours.example>").code()).isEqualTo(250);
    assertThat(talk.rcpt("<abuse@ours.example>").code()).isEqualTo(250);
    assertThat(talk.rcpt("<Postmaster>").code()).isEqualTo(250);
    assertThat(talk.rcpt("<postmaster@other.example>").code()).isEqualTo(550);
  }

  @Test
  void theNullPathIsNotAskedFor() {
    IntakeFixture.Talk talk = house.talk(house.smtp());
    assertThat(talk.send("<>", "<alice@ours.example>", MESSAGE).code()).isEqualTo(250);
    assertThat(house.noted(Event.DnsAnswered.class))
        .extracting(Event.DnsAnswered::purpose)
        .doesNotContain("sender domain");
  }

  @Test
  void theClientsNamesAreRecordedAndRefuseNobody() {
    house.dns.ptr(IntakeFixture.CLIENT, "mx.away.example");
    house.dns.a("mx.away.example", IntakeFixture.CLIENT);
    house.talk(house.smtp()).send("<>", "<alice@ours.example>", MESSAGE);
    assertThat(house.noted(Event.IprevChecked.class))
        .containsExactly(new Event.IprevChecked(IntakeFixture.CLIENT, "pass", "mx.away.example"));
    assertThat(house.noted(Event.HeloChecked.class).getFirst().result()).isEqualTo("pass");
    assertThat(house.queue.last().message()).contains("(mx.away.example [198.51.100.7])");

    IntakeFixture.Talk liar =
        house.talk(TalkedSession.smtp("198.51.100.8", "mx.away.example", house.journey));
    assertThat(liar.send("<>", "<alice@ours.example>", MESSAGE).code()).isEqualTo(250);
    assertThat(house.noted(Event.IprevChecked.class).getLast().result()).isEqualTo("permerror");
    assertThat(house.noted(Event.HeloChecked.class).getLast().result()).isEqualTo("fail");
  }

  @Test
  void aReverseNameThatDoesNotLeadBackIsNoPass() {
    house.dns.ptr(IntakeFixture.CLIENT, "bank.example").a("bank.example", "203.0.113.1");
    house.talk(house.smtp()).send("<>", "<alice@ours.example>", MESSAGE);
    assertThat(house.noted(Event.IprevChecked.class))
        .containsExactly(new Event.IprevChecked(IntakeFixture.CLIENT, "fail", "bank.example"));
    assertThat(house.queue.last().message()).doesNotContain("bank.example");
  }

  @Test
  void aNameThatNoHostCanHaveStaysOutOfTheHeader() {
    String odd = "x) by evil.example (\u0001";
    house.dns.ptr(IntakeFixture.CLIENT, odd).a(odd, IntakeFixture.CLIENT);
    assertThat(house.talk(house.smtp()).send("<>", "<alice@ours.example>", MESSAGE).code())
        .isEqualTo(250);
    assertThat(house.queue.last().message()).doesNotContain("evil");
  }

  @Test
  void aMessageIdWithoutBoundIsNotKept() {
    String message = "Message-ID: <" + "x".repeat(2000) + "@y>\n" + MESSAGE;
    house.talk(house.smtp()).send("<>", "<alice@ours.example>", message);
    assertThat(house.queue.last().envelope().messageId()).isEmpty();
  }

  @Test
  void aliasesExpandAndDoublesFoldWithTheOriginalKept() {
    Mailbox team = Mailbox.of("team@ours.example");
    Mailbox far = Mailbox.of("far@away.example");
    house.directory.changes().setAlias(team, List.of(ALICE, BOB, far), "test");
    IntakeFixture.Talk talk = house.talk(house.smtp());
    talk.mail("<>");
    talk.rcpt("<bob@ours.example>");
    talk.rcpt("<team@ours.example>");
    talk.rcpt("<alice@ours.example>");
    talk.data(MESSAGE);
    assertThat(house.queue.last().recipients())
        .extracting(Recipient::index, Recipient::address, Recipient::original)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0, BOB, BOB),
            org.assertj.core.groups.Tuple.tuple(1, ALICE, team),
            org.assertj.core.groups.Tuple.tuple(2, far, team));
    assertThat(house.queue.last().message()).doesNotContain(" for <");
    assertThat(house.noted(Event.RecipientResolved.class).get(1))
        .isEqualTo(new Event.RecipientResolved(team, List.of(ALICE, BOB, far), "alias"));
  }

  @Test
  void unknownRecipientsAndFullMailboxesAreRefusedInTheDialogue() {
    house.full.add(BOB);
    IntakeFixture.Talk talk = house.talk(house.smtp());
    talk.mail("<>");
    assertThat(talk.rcpt("<nobody@ours.example>").toString()).startsWith("550 5.1.1");
    assertThat(talk.rcpt("<bob@ours.example>").toString()).startsWith("452 4.2.2");
    assertThat(talk.rcpt("<alice@ours.example>").code()).isEqualTo(250);
  }

  @Test
  void aMessageThatWasReceivedTooOftenLoops() {
    String hops = "Received: from a by b; Tue, 24 Nov 2026 06:40:00 +0000\n";
    IntakeFixture.Talk talk = house.talk(house.smtp());
    assertThat(talk.send("<>", "<alice@ours.example>", hops.repeat(100) + MESSAGE).code())
        .isEqualTo(250);
    talk.reset();
    assertThat(talk.send("<>", "<alice@ours.example>", hops.repeat(101) + MESSAGE).toString())
        .startsWith("554 5.4.6");
  }

  @Test
  void aMessageThatAllItsRecipientsHaveIsRefused() throws Exception {
    String back = "Delivered-To: Alice@ours.example\n" + MESSAGE;
    house.directory.changes().setAlias(Mailbox.of("me@ours.example"), List.of(ALICE), "test");
    for (String again : List.of("<alice@ours.example>", "<me@ours.example>")) {
      IntakeFixture.Talk talk = house.talk(house.smtp());
      assertThat(talk.send("<x@away.example>", again, back).toString()).startsWith("554 5.4.6");
      talk.reset();
      assertThat(talk.send("<x@away.example>", "<bob@ours.example>", back).code()).isEqualTo(250);
    }
    IntakeFixture.Talk both = house.talk(house.smtp());
    both.mail("<x@away.example>");
    both.rcpt("<alice@ours.example>");
    both.rcpt("<bob@ours.example>");
    assertThat(both.data(back)).singleElement().matches(Verdict::accepted);
    assertThat(house.queue.last().recipients()).extracting(Recipient::address).contains(BOB);
  }

  @Test
  void lmtpTellsThoseApartWhoHaveTheMessage() throws Exception {
    house.trust("198.51.100.0/24");
    IntakeFixture.Talk talk = house.talk(house.smtp().speaking(Protocol.LMTP));
    talk.mail("<x@nowhere.example>");
    talk.rcpt("<alice@ours.example>");
    talk.rcpt("<bob@ours.example>");
    List<Verdict> verdicts = talk.data("Delivered-To: alice@ours.example\n" + MESSAGE);
    assertThat(verdicts).hasSize(2);
    assertThat(verdicts.getFirst().reply().toString()).startsWith("554 5.4.6");
    assertThat(verdicts.getLast().accepted()).isTrue();
    assertThat(house.queue.last().recipients())
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.address()).isEqualTo(BOB);
              assertThat(left.index()).isZero();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "false, x: y, USUAL",
    "false, TLS-Required: No, NOT_REQUIRED",
    "false, tls-required:  no , NOT_REQUIRED",
    "false, TLS-Required: Yes, USUAL",
    "false, 'TLS-Required: No\nTLS-Required: No', USUAL",
    "true, x: y, REQUIRED",
    "true, TLS-Required: No, REQUIRED",
  })
  void whatAMessageWishesOfTlsIsKept(boolean requireTls, String field, Wish expected) {
    IntakeFixture.Talk talk = house.talk(house.smtp());
    MailParameters wished =
        new MailParameters(
            OptionalLong.empty(),
            BodyType.SEVEN_BIT,
            false,
            requireTls,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    talk.mail("<>", wished);
    talk.rcpt("<alice@ours.example>");
    assertThat(talk.data(field + "\n" + MESSAGE)).allMatch(Verdict::accepted);
    assertThat(house.queue.last().envelope().wish()).isEqualTo(expected);
  }

  @Test
  void sizesAndHeadersHaveBounds() {
    house.limits(200_000, 1, 10, false);
    IntakeFixture.Talk talk = house.talk(house.smtp());
    MailParameters announced =
        new MailParameters(
            OptionalLong.of(200_001),
            BodyType.SEVEN_BIT,
            false,
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(talk.mail("<>", announced).toString()).startsWith("552 5.3.4");
    assertThat(talk.send("<>", "<alice@ours.example>", "A: b\n\n" + "x".repeat(200_000)).toString())
        .startsWith("552 5.3.4");
    talk.reset();
    String fields = "X: y\n".repeat(2_001);
    assertThat(talk.send("<>", "<alice@ours.example>", fields + "\nbody\n").toString())
        .startsWith("552 5.3.4");
    talk.reset();
    house.limits(1_000_000, 1, 10, false);
    IntakeFixture.Talk large = house.talk(house.smtp());
    assertThat(large.send("<>", "<alice@ours.example>", "X: " + "y".repeat(300_000)).toString())
        .startsWith("552 5.3.4");
    assertThat(large.mail("<>").code()).isEqualTo(250);
    assertThat(large.rcpt("<alice@ours.example>").code()).isEqualTo(250);
    assertThat(large.rcpt("<bob@ours.example>").toString()).startsWith("452 4.5.3");
    assertThat(house.queue.taken).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"FULL, 452 4.3.1", "FAILED, 451 4.3.0", "CLOSED, 451 4.3.0"})
  void whatTheStoreCannotKeepIsDeferred(StoreException.Kind kind, String expected) {
    house.queue.trouble = Optional.of(new StoreException(kind, "because"));
    IntakeFixture.Talk talk = house.talk(house.smtp());
    assertThat(talk.send("<>", "<alice@ours.example>", MESSAGE).toString()).startsWith(expected);
  }

  @Test
  void aDiskBelowItsReserveTakesNothing() {
    house.settings =
        new IntakeSettings(
            house.settings.hostname(),
            1000,
            10,
            List.of(),
            List.of(),
            true,
            Long.MAX_VALUE / 2,
            10,
            10,
            10,
            false,
            List.of(),
            false);
    assertThat(house.talk(house.smtp()).mail("<>").toString()).startsWith("452 4.3.1");
  }

  @Test
  void lmtpGivesAVerdictForEachRecipientAndIsForOurOwnProgramsOnly() throws Exception {
    TalkedSession foreign = house.smtp().speaking(Protocol.LMTP);
    assertThat(house.talk(foreign).connect().toString()).startsWith("554 5.7.1");
    house.trust("198.51.100.0/24");
    IntakeFixture.Talk talk = house.talk(foreign);
    assertThat(talk.connect().code()).isEqualTo(250);
    talk.mail("<x@nowhere.example>");
    talk.rcpt("<alice@ours.example>");
    talk.rcpt("<alice@ours.example>");
    assertThat(talk.data(MESSAGE)).hasSize(2).allMatch(Verdict::accepted);
    assertThat(house.queue.last().recipients()).hasSize(1);
    assertThat(house.queue.last().message()).contains("with LMTP id");
  }

  @Test
  void anOldReturnPathGoesWhereTheMessageStaysHere() {
    IntakeFixture.Talk talk = house.talk(house.smtp());
    talk.send("<>", "<alice@ours.example>", "Return-Path: <old@away.example>\n" + MESSAGE);
    assertThat(house.queue.last().message()).doesNotContain("old@away.example");
  }

  @Test
  void headersInUtf8AreAcceptedAndMarkTheMessage() {
    IntakeFixture.Talk talk = house.talk(house.smtp());
    talk.send("<>", "<alice@ours.example>", "Subject: grün\n\nx\n");
    assertThat(house.queue.last().envelope().smtpUtf8()).isTrue();
    talk.reset();
    talk.send("<>", "<alice@ours.example>", "Subject: plain\n\ngrün\n");
    assertThat(house.queue.last().envelope().smtpUtf8()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1", "3", "17", "4096"})
  void howTheOctetsAreCutChangesNothing(int piece) throws Exception {
    byte[] message = ("A: b\r\n\r\n" + "line\r\n".repeat(100)).getBytes(UTF_8);
    var conversation = house.intake.open(house.smtp());
    conversation.mail(
        house.journey.newQueueId(), org.thurn.name.ReversePath.Null.INSTANCE, MailParameters.NONE);
    conversation.rcpt(new org.thurn.name.ForwardPath.Of(ALICE), org.thurn.smtp.RcptParameters.NONE);
    var incoming = conversation.data();
    for (int at = 0; at < message.length; at += piece) {
      incoming.body().write(message, at, Math.min(piece, message.length - at));
    }
    assertThat(incoming.finish()).allMatch(Verdict::accepted);
    assertThat(house.queue.last().message()).endsWith("\r\n" + new String(message, UTF_8));
  }

  @Test
  void bodiesWithoutHeaderAndWithoutEndStayWhole() {
    IntakeFixture.Talk talk = house.talk(house.smtp());
    for (String odd : List.of("", "\r\n", "\r\nbody", "no colon here\r\n", "A: b", "A: b\n\nc")) {
      talk.mail("<>");
      talk.rcpt("<alice@ours.example>");
      assertThat(talk.octets(odd.getBytes(ISO_8859_1))).as(odd).allMatch(Verdict::accepted);
      assertThat(house.queue.last().message()).as(odd).endsWith(odd);
      talk.reset();
    }
  }
}

package org.thurn.transfer.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.queue.Submitter;
import org.thurn.time.Time;
import org.thurn.transfer.submission.SubmissionService;

class SubmissionTest {
  private static final Mailbox ALICE = Mailbox.of("alice@ours.example");
  private static final Instant NOW = Instant.parse("2026-11-24T06:40:00Z");
  private static final String GOOD = "From: Alice <alice@ours.example>\nSubject: x\n\nHi.\n";

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
    house.now = NOW;
  }

  @Test
  void aSubmissionGetsWhatItLacksAndLosesBcc() {
    String message = "From: alice@ours.example\nBcc: secret@away.example,\n x@y.example\n\nHi.\n";
    assertThat(send("<alice@ours.example>", message)).startsWith("250");
    TakingQueue.Taken taken = house.queue.last();
    assertThat(taken.message())
        .contains("\r\nDate: Tue, 24 Nov 2026 06:40:00 +0000\r\n")
        .contains("\r\nMessage-ID: <" + taken.envelope().id() + "@mx.ours.example>\r\n")
        .contains("\r\nFrom: alice@ours.example\r\n\r\nHi.\r\n")
        .doesNotContain("secret")
        .doesNotContain("x@y.example");
    assertThat(taken.envelope().messageId())
        .contains("<" + taken.envelope().id() + "@mx.ours.example>");
    assertThat(taken.envelope().submitter()).contains(ALICE);
    assertThat(taken.message()).contains("with ESMTPA id");
  }

  @Test
  void whatIsThereIsKept() {
    String message =
        "Date: Mon, 23 Nov 2026 01:02:03 +0100\nMessage-ID: <own@x>\n"
            + "From: alice@ours.example\n\nHi.\n";
    send("<alice@ours.example>", message);
    assertThat(house.queue.last().message()).endsWith("\r\n" + message.replace("\n", "\r\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "From: bob@ours.example | 550 5.7.1",
        "From: alice@ours.example, bob@ours.example | 550 5.7.1",
        "From: ceo@bank.example | 550 5.7.1",
        "From: \"alice@ours.example\" <ceo@bank.example> | 550 5.7.1",
        "From: Group: alice@ours.example, bob@ours.example; | 550 5.7.1",
        "From: alice@ours.example~Sender: bob@ours.example | 550 5.7.1",
        "From: alice@ours.example~Resent-From: bob@ours.example | 550 5.7.1",
        "From: alice@ours.example~From: bob@ours.example | 554 5.6.0",
        "From: | 554 5.6.0",
        "From: undisclosed:; | 554 5.6.0",
        "From: alice@ours.example <ceo@bank.example | 554 5.6.0",
        "Subject: nobody | 554 5.6.0",
        "From: Alice <Alice+news@OURS.example> | 250",
        "From: alice@ours.example~Sender: alice@ours.example | 250",
      })
  void everyAuthorMustBeTheAccount(String fields, String expected) {
    String header = fields.replace("~", "\n");
    house.directory.changes().setGrants(ALICE, Set.of(), "test");
    assertThat(send("<alice@ours.example>", header + "\n\nHi.\n")).startsWith(expected);
  }

  @Test
  void theEnvelopeSenderMustBeTheAccountToo() {
    house.directory.changes().setGrants(ALICE, Set.of(), "test");
    assertThat(send("<bob@ours.example>", GOOD)).startsWith("550 5.7.1");
    assertThat(send("<x@away.example>", GOOD)).startsWith("550 5.7.1");
    assertThat(send("<>", GOOD)).startsWith("250");
    house.directory.changes().setGrants(ALICE, Set.of(Mailbox.of("x@away.example")), "test");
    assertThat(send("<x@away.example>", GOOD)).startsWith("250");
  }

  @Test
  void oneAccountHasARateAndAnotherItsOwn() {
    house.limits(1 << 20, 100, 2, false);
    assertThat(send("<alice@ours.example>", GOOD)).startsWith("250");
    assertThat(send("<alice@ours.example>", GOOD)).startsWith("250");
    assertThat(send("<alice@ours.example>", GOOD)).startsWith("450 4.7.1");
    house.now = house.now.plus(Duration.ofMinutes(30));
    assertThat(send("<alice@ours.example>", GOOD)).startsWith("250");
    IntakeFixture.Talk bob = house.talk(house.submission("bob@ours.example"));
    bob.mail("<bob@ours.example>");
    assertThat(bob.rcpt("<1@away.example>").code()).isEqualTo(250);
    assertThat(bob.rcpt("<2@away.example>").code()).isEqualTo(250);
    assertThat(bob.rcpt("<3@away.example>").toString()).startsWith("450 4.7.1");
  }

  @Test
  void unknownLocalRecipientsAreRefusedToSubmittersToo() {
    IntakeFixture.Talk talk = house.talk(house.submission("alice@ours.example"));
    talk.mail("<alice@ours.example>");
    assertThat(talk.rcpt("<nobody@ours.example>").toString()).startsWith("550 5.1.1");
  }

  @Test
  void theHouseItselfSubmitsByTheSameRules() throws IOException {
    Submitter.Result sent = house(ALICE, "alice@ours.example", GOOD, "far@away.example");
    assertThat(sent.verdict().reply().toString()).startsWith("250");
    TakingQueue.Taken taken = house.queue.last();
    assertThat(sent.id()).contains(taken.envelope().id());
    assertThat(taken.envelope().session()).isEmpty();
    assertThat(taken.message())
        .startsWith("Received: by mx.ours.example (Thurn) id " + taken.envelope().id());

    int before = house.queue.taken.size();
    assertThat(house(ALICE, "bob@ours.example", GOOD, "far@away.example").id()).isEmpty();
    assertThat(house(ALICE, "alice@ours.example", "From: b@c.example\n\nx\n", "f@a.example").id())
        .isEmpty();
    Submitter.Result partly =
        house(ALICE, "alice@ours.example", GOOD, "far@away.example", "nobody@ours.example");
    assertThat(partly.verdict().reply().toString()).startsWith("550 5.1.1");
    assertThat(house(ALICE, "alice@ours.example", GOOD).verdict().accepted()).isFalse();
    assertThat(house.queue.taken).hasSize(before);
  }

  private Submitter.Result house(Mailbox account, String from, String message, String... to)
      throws IOException {
    Journey journey = Journey.to(_ -> {}, Time.system(), new Ids(Time.system()));
    Submitter submitter = new SubmissionService(house.intake, journey);
    Submitter.Submission submission =
        new Submitter.Submission(
            account,
            ReversePath.of(Mailbox.of(from)),
            List.of(to).stream().map(Mailbox::of).toList(),
            false);
    return submitter.submit(
        submission, new ByteArrayInputStream(message.replace("\n", "\r\n").getBytes(UTF_8)));
  }

  private String send(String from, String message) {
    IntakeFixture.Talk talk = house.talk(house.submission("alice@ours.example"));
    return talk.send(from, "<far@away.example>", message).toString();
  }
}

package org.thurn.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.directory.PasswordCost;
import org.thurn.directory.StoreDirectory;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.MailStore;
import org.thurn.mailbox.MailboxName;
import org.thurn.mailbox.MessageRow;
import org.thurn.mailbox.Quota;
import org.thurn.mailbox.UidSet;
import org.thurn.name.Mailbox;
import org.thurn.name.ReversePath;
import org.thurn.queue.Agent;
import org.thurn.queue.Destination;
import org.thurn.queue.Envelope;
import org.thurn.queue.Outcome;
import org.thurn.queue.Recipient;
import org.thurn.smtp.BodyType;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.store.Body;
import org.thurn.store.BodyId;
import org.thurn.store.Durability;
import org.thurn.store.Partition;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.time.Time;
import org.thurn.tls.policy.Wish;

class LocalDeliveryTest {
  private static final Mailbox ALICE = Mailbox.of("alice@ours.example");
  private static final Mailbox BOB = Mailbox.of("bob@ours.example");
  private static final Mailbox GONE = Mailbox.of("gone@ours.example");
  private static final String MESSAGE = "Subject: hello\r\n\r\nHi.\r\n";

  @TempDir private Path state;
  private final Map<Mailbox, Quota> quotas = new HashMap<>();
  private DeliverySettings settings = DeliverySettings.DEFAULT;
  private Optional<Mailbox> submitter = Optional.empty();
  private Instant arrived = Instant.now();
  private boolean junk;
  private RocksBudget budget;
  private RocksStore store;
  private StoreDirectory directory;
  private MailStore mail;
  private Journey journey;
  private LocalDelivery delivery;

  @BeforeEach
  void open() {
    budget = RocksBudget.small();
    Time time = Time.system();
    store = RocksStore.open(RocksStoreSettings.of(state), budget, time);
    journey = Journey.to(_ -> {}, time, new Ids(time));
    directory = new StoreDirectory(store, time, journey, new PasswordCost(64, 1, 1));
    directory.changes().addAccount(ALICE, "a", "test");
    directory.changes().addAccount(BOB, "b", "test");
    mail = new MailStore(store, time, account -> quotas.getOrDefault(account, Quota.NONE));
    delivery = new LocalDelivery(mail, directory, time, () -> settings);
  }

  @AfterEach
  void close() {
    directory.close();
    store.close();
    budget.close();
  }

  @Test
  void aMessageIsInEachInboxWithItsReturnPathWhenTheAttemptReturns() throws IOException {
    List<Outcome> outcomes =
        attempt(body(MESSAGE), journey.newQueueId(), to(ALICE, ""), to(BOB, ""));
    assertThat(outcomes)
        .containsExactly(
            new Outcome.Stored(ALICE, "INBOX", 1), new Outcome.Stored(BOB, "INBOX", 1));
    assertThat(texts(ALICE, MailboxName.INBOX))
        .containsExactly(
            "Return-Path: <x@away.example>\r\nDelivered-To: alice@ours.example\r\n" + MESSAGE);
    assertThat(texts(BOB, MailboxName.INBOX).getFirst())
        .contains("Delivered-To: bob@ours.example\r\n");
  }

  @Test
  void aRepeatedAttemptStoresNothingTwice() throws IOException {
    Body body = body(MESSAGE);
    QueueId id = journey.newQueueId();
    assertThat(attempt(body, id, to(ALICE, ""))).isEqualTo(attempt(body, id, to(ALICE, "")));
    assertThat(texts(ALICE, MailboxName.INBOX)).hasSize(1);
  }

  @Test
  void theDetailNamesAMailboxOnlyWhereASettingSaysSoAndItExists() throws IOException {
    MailboxName lists = MailboxName.of("Lists");
    mail.account(ALICE).create(lists);
    assertThat(attempt(body(MESSAGE), journey.newQueueId(), to(ALICE, "Lists")))
        .containsExactly(new Outcome.Stored(ALICE, "INBOX", 1));
    settings = new DeliverySettings(true, Duration.ZERO);
    assertThat(attempt(body(MESSAGE), journey.newQueueId(), to(ALICE, "Lists")))
        .containsExactly(new Outcome.Stored(ALICE, "Lists", 1));
    assertThat(attempt(body(MESSAGE), journey.newQueueId(), to(ALICE, "None"), to(BOB, "//")))
        .containsExactly(
            new Outcome.Stored(ALICE, "INBOX", 2), new Outcome.Stored(BOB, "INBOX", 1));
  }

  @Test
  void aFullAccountIsWaitedForAndThenFails() throws IOException {
    quotas.put(ALICE, new Quota(10, 10));
    assertThat(status(attempt(body(MESSAGE), journey.newQueueId(), to(ALICE, ""))))
        .isEqualTo(EnhancedStatus.of("4.2.2"));
    arrived = Instant.now().minus(Duration.ofDays(2));
    assertThat(status(attempt(body(MESSAGE), journey.newQueueId(), to(ALICE, ""))))
        .isEqualTo(EnhancedStatus.of("5.2.2"));
    assertThat(texts(ALICE, MailboxName.INBOX)).isEmpty();
  }

  @Test
  void anAccountThatVanishedFailsAloneAndGetsNoMailbox() throws IOException {
    List<Outcome> outcomes =
        attempt(body(MESSAGE), journey.newQueueId(), to(GONE, ""), to(ALICE, ""));
    assertThat(status(outcomes)).isEqualTo(EnhancedStatus.of("5.1.1"));
    assertThat(outcomes.get(1)).isEqualTo(new Outcome.Stored(ALICE, "INBOX", 1));
  }

  @Test
  void whatWasDeliveredHereBeforeIsALoopThatOnlyAnAccountIsToldOf() throws IOException {
    Body body = body("Delivered-To: Alice@ours.example\r\n" + MESSAGE);
    List<Outcome> outcomes = attempt(body, journey.newQueueId(), to(ALICE, ""), to(BOB, ""));
    assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Discarded.class);
    assertThat(outcomes.get(1)).isInstanceOf(Outcome.Stored.class);
    submitter = Optional.of(BOB);
    assertThat(status(attempt(body, journey.newQueueId(), to(ALICE, ""))))
        .isEqualTo(EnhancedStatus.of("5.4.6"));
  }

  @Test
  void junkGoesToTheMailboxForIt() throws IOException {
    junk = true;
    mail.account(ALICE).rename(MailboxName.of("Junk"), MailboxName.of("Rubbish"));
    assertThat(attempt(body(MESSAGE), journey.newQueueId(), to(ALICE, "")))
        .containsExactly(new Outcome.Stored(ALICE, "Rubbish", 1));
    mail.account(ALICE).delete(MailboxName.of("Rubbish"));
    assertThat(attempt(body(MESSAGE), journey.newQueueId(), to(ALICE, "")))
        .containsExactly(new Outcome.Stored(ALICE, "INBOX", 1));
    assertThat(flags(ALICE, MailboxName.INBOX)).containsExactly("$Junk");
  }

  @Test
  void theNullPathIsAnEmptyReturnPath() throws IOException {
    attempt(ReversePath.Null.INSTANCE, body(MESSAGE), journey.newQueueId(), to(ALICE, ""));
    assertThat(texts(ALICE, MailboxName.INBOX).getFirst()).startsWith("Return-Path: <>\r\n");
  }

  private static EnhancedStatus status(List<Outcome> outcomes) {
    return switch (outcomes.getFirst()) {
      case Outcome.Deferred deferred -> deferred.status();
      case Outcome.Failed failed -> failed.status();
      case Outcome.Stored _, Outcome.Relayed _, Outcome.Discarded _ ->
          throw new AssertionError(outcomes);
    };
  }

  private static Recipient to(Mailbox account, String detail) {
    return new Recipient(
        0, account, account, new Destination.Local(account, detail), Set.of(), Optional.empty());
  }

  private List<Outcome> attempt(Body body, QueueId id, Recipient... recipients) {
    return attempt(ReversePath.of(Mailbox.of("x@away.example")), body, id, recipients);
  }

  private List<Outcome> attempt(
      ReversePath sender, Body body, QueueId id, Recipient... recipients) {
    Envelope envelope =
        new Envelope(
            id,
            Optional.empty(),
            sender,
            submitter,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            BodyType.SEVEN_BIT,
            false,
            arrived,
            true,
            junk,
            Wish.USUAL);
    return delivery.attempt(
        new Agent.Attempt(envelope, body, List.of(recipients), 1, journey.about(id)));
  }

  private Body body(String text) throws IOException {
    Staging staging = store.stage(1 << 20);
    staging.write(text.getBytes(UTF_8));
    try (Staged staged = staging.finish()) {
      BodyId id = staged.id();
      store.update(
          new Partition("queue", "test"),
          Durability.SYNCED,
          txn -> {
            txn.attach(staged, "test");
            return id;
          });
      return store.body(id).orElseThrow();
    }
  }

  private List<String> flags(Mailbox account, MailboxName name) {
    AccountMail box = mail.account(account);
    return box.messages(box.find(name).orElseThrow(), UidSet.ALL, 100).stream()
        .flatMap(row -> row.flags().keywords().stream())
        .toList();
  }

  private List<String> texts(Mailbox account, MailboxName name) throws IOException {
    AccountMail box = mail.account(account);
    List<String> texts = new ArrayList<>();
    for (MessageRow row : box.messages(box.find(name).orElseThrow(), UidSet.ALL, 100)) {
      try (InputStream in = box.content(row).orElseThrow().open()) {
        texts.add(new String(in.readAllBytes(), UTF_8));
      }
    }
    return texts;
  }
}

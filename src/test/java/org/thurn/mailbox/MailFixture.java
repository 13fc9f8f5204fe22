package org.thurn.mailbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.journey.QueueId;
import org.thurn.name.Mailbox;
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

/** An account on a store of its own, and a clock that a test moves. */
abstract class MailFixture {
  static final Mailbox ALICE = Mailbox.of("alice@strict.example");
  static final Instant DATE = Instant.parse("2026-03-04T05:06:07Z");
  static final MailboxId INBOX = MailboxId.INBOX;
  private static final Partition QUEUE = new Partition("queue", "0");

  private static RocksBudget budget;

  @TempDir Path directory;
  RocksStore store;
  Quota quota = Quota.NONE;
  AccountMail mail;
  final MovedTime time = new MovedTime();

  static final class MovedTime implements Time {
    volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public long ticks() {
      return now.toEpochMilli() * 1_000_000;
    }

    @Override
    public void pause(Duration duration) {
      now = now.plus(duration);
    }
  }

  @BeforeAll
  static void makeBudget() {
    budget = RocksBudget.small();
  }

  @AfterAll
  static void closeBudget() {
    budget.close();
  }

  @BeforeEach
  void open() {
    store = RocksStore.open(RocksStoreSettings.of(directory), budget, time);
    mail = mailStore().account(ALICE);
  }

  MailStore mailStore() {
    return new MailStore(store, time, address -> quota);
  }

  @AfterEach
  void close() {
    store.close();
  }

  void reopen() {
    close();
    open();
  }

  Staged stage(String text) {
    try (Staging staging = store.stage(Long.MAX_VALUE)) {
      staging.write(text.getBytes(UTF_8));
      return staging.finish();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Append append(MailboxId mailbox, String text, Flags flags) {
    try (Staged staged = stage(text)) {
      return mail.append(mailbox, staged, NewEmail.of(flags, DATE));
    }
  }

  /** The UID of a message appended without flags. */
  long append(MailboxId mailbox, String text) {
    return ((Append.Stored) append(mailbox, text, Flags.NONE)).uid();
  }

  /** A body that the queue holds as {@code queue:NUMBER}. */
  BodyId queued(String text, int number) {
    try (Staged staged = stage(text)) {
      store.update(
          QUEUE,
          Durability.SYNCED,
          txn -> {
            txn.attach(staged, "queue:" + number);
            return true;
          });
      return staged.id();
    }
  }

  Body stored(BodyId body) {
    return store.body(body).orElseThrow();
  }

  void settle(BodyId body, int number) {
    store.update(
        QUEUE,
        Durability.SYNCED,
        txn -> {
          txn.release(body, "queue:" + number);
          return true;
        });
  }

  static DeliveryMark mark(int number) {
    return new DeliveryMark(new QueueId("%013d".formatted(number)), ALICE);
  }

  static NewEmail email(String prefix) {
    return new NewEmail(prefix.getBytes(UTF_8), Flags.NONE, DATE, new byte[0]);
  }

  List<MessageRow> rows(MailboxId mailbox) {
    return mail.messages(mailbox, UidSet.ALL, Integer.MAX_VALUE);
  }

  MessageRow row(MailboxId mailbox, long uid) {
    return mail.messages(mailbox, UidSet.of(uid), 1).getFirst();
  }

  MailboxStatus status(MailboxId mailbox) {
    return mail.status(mailbox).orElseThrow();
  }

  MailboxId find(String name) {
    return mail.find(MailboxName.of(name)).orElseThrow();
  }

  String text(MessageRow row) {
    try (InputStream in = mail.content(row).orElseThrow().open()) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The counters must say what a full scan says. */
  void checkCounters() {
    long bytes = 0;
    long messages = 0;
    for (MailboxInfo info : mail.mailboxes()) {
      MailboxStatus status = status(info.id());
      List<MessageRow> rows = rows(info.id());
      List<Long> unseen =
          rows.stream()
              .filter(row -> !row.flags().has(SystemFlag.SEEN))
              .map(MessageRow::uid)
              .toList();
      assertThat(status.messages()).isEqualTo(rows.size());
      assertThat(status.unseen()).isEqualTo(unseen.size());
      assertThat(status.deleted())
          .isEqualTo(rows.stream().filter(row -> row.flags().has(SystemFlag.DELETED)).count());
      assertThat(status.size()).isEqualTo(rows.stream().mapToLong(MessageRow::size).sum());
      assertThat(mail.firstUnseen(info.id()).stream().boxed().toList())
          .isEqualTo(unseen.stream().limit(1).toList());
      assertThat(mail.uids(info.id()))
          .isEqualTo(rows.stream().mapToLong(MessageRow::uid).toArray());
      rows.forEach(row -> assertThat(row.uid()).isLessThan(status.uidNext()));
      rows.forEach(row -> assertThat(row.modseq()).isLessThanOrEqualTo(status.highestModseq()));
      bytes += status.size();
      messages += rows.size();
    }
    assertThat(mail.usage()).isEqualTo(new Usage(bytes, messages));
  }
}

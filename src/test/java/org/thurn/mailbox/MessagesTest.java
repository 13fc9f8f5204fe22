package org.thurn.mailbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.thurn.store.BodyId;
import org.thurn.store.Staged;
import org.thurn.store.Store;

class MessagesTest extends MailFixture {
  private static final Flags SEEN = Flags.of(SystemFlag.SEEN);
  private static final Flags DELETED = Flags.of(SystemFlag.DELETED);

  private static Flags flags(String... texts) {
    return Flags.parse(List.of(texts));
  }

  @Test
  void appendedMessageIsAllThere() {
    append(INBOX, "Subject: x\r\n\r\nbody", flags("\\seen", "$Forwarded"));
    reopen();
    MessageRow row = row(INBOX, 1);
    assertThat(row.flags().texts()).containsExactly("\\Seen", "$Forwarded");
    assertThat(row.internalDate()).isEqualTo(DATE);
    assertThat(row.saveDate()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(row.size()).isEqualTo(18);
    assertThat(text(row)).isEqualTo("Subject: x\r\n\r\nbody");
    assertThat(status(INBOX).keywords()).containsExactly("$Forwarded");
  }

  @Test
  void keywordsHaveNoCaseAndKeepTheirFirstSpelling() {
    append(INBOX, "1", flags("Work"));
    append(INBOX, "2", flags("WORK", "work"));
    assertThat(row(INBOX, 2).flags().keywords()).containsExactly("Work");
    mail.store(INBOX, UidSet.of(2), new FlagChange.Remove(flags("woRK")));
    assertThat(row(INBOX, 2).flags()).isEqualTo(Flags.NONE);
  }

  @Test
  void keywordsPastTheBoundAreLeftOut() {
    append(INBOX, "1");
    for (int i = 0; i < 5; i++) {
      List<String> some = new ArrayList<>();
      for (int n = 0; n < 60; n++) {
        some.add("k" + i + "-" + n);
      }
      mail.store(INBOX, UidSet.of(1), new FlagChange.Replace(Flags.parse(some)));
    }
    assertThat(status(INBOX).keywords()).hasSize(250);
    assertThat(status(INBOX).moreKeywords()).isFalse();
    assertThat(row(INBOX, 1).flags().keywords()).hasSize(10);
  }

  @Test
  void storeChangesModseqOnlyWhereFlagsChange() {
    append(INBOX, "1", SEEN);
    append(INBOX, "2");
    long before = status(INBOX).highestModseq();
    StoredFlags stored = mail.store(INBOX, UidSet.of(1, 2, 9), new FlagChange.Add(SEEN));
    assertThat(stored.rows()).extracting(MessageRow::uid).containsExactly(1L, 2L);
    assertThat(stored.rows().get(0).modseq()).isLessThan(before);
    assertThat(stored.rows().get(1).modseq()).isEqualTo(before + 1);
    assertThat(stored.rows()).isEqualTo(rows(INBOX));
    long after = status(INBOX).highestModseq();
    mail.store(INBOX, UidSet.ALL, new FlagChange.Add(SEEN));
    assertThat(status(INBOX).highestModseq()).isEqualTo(after).isEqualTo(before + 1);
    checkCounters();
  }

  @Test
  void unchangedSinceKeepsWhatChangedMeanwhile() {
    append(INBOX, "1");
    append(INBOX, "2");
    long then = status(INBOX).highestModseq();
    mail.store(INBOX, UidSet.of(2), new FlagChange.Add(SEEN));
    StoredFlags stored = mail.store(INBOX, UidSet.ALL, new FlagChange.Add(DELETED), then);
    assertThat(stored.modified()).isEqualTo(UidSet.of(2));
    assertThat(stored.rows()).extracting(MessageRow::uid).containsExactly(1L);
    assertThat(row(INBOX, 2).flags()).isEqualTo(SEEN);
  }

  @Test
  void expungeTakesOnlyDeletedOnesOfTheSet() {
    for (int i = 1; i <= 4; i++) {
      append(INBOX, "" + i, i == 2 ? Flags.NONE : DELETED);
    }
    Expunged expunged = mail.expunge(INBOX, UidSet.range(1, 3));
    assertThat(expunged.uids()).isEqualTo(UidSet.of(1, 3));
    assertThat(expunged.modseq()).isEqualTo(status(INBOX).highestModseq());
    assertThat(mail.uids(INBOX)).containsExactly(2, 4);
    assertThat(mail.remove(INBOX, UidSet.of(2)).uids()).isEqualTo(UidSet.of(2));
    checkCounters();
  }

  @Test
  void uidsAreNeverUsedAgain() {
    append(INBOX, "1");
    append(INBOX, "2");
    mail.remove(INBOX, UidSet.ALL);
    reopen();
    assertThat(append(INBOX, "3")).isEqualTo(3);
    assertThat(status(INBOX).uidNext()).isEqualTo(4);
  }

  @Test
  void changesSinceNamesNewChangedAndVanished() {
    append(INBOX, "1");
    append(INBOX, "2");
    append(INBOX, "3");
    long then = status(INBOX).highestModseq();
    append(INBOX, "4");
    mail.store(INBOX, UidSet.of(2), new FlagChange.Add(SEEN));
    mail.store(INBOX, UidSet.of(2), new FlagChange.Remove(SEEN));
    mail.remove(INBOX, UidSet.of(1));
    Changes changes = mail.changesSince(INBOX, then);
    assertThat(changes.rows()).extracting(MessageRow::uid).containsExactly(2L, 4L);
    assertThat(changes.vanished()).isEqualTo(UidSet.of(1));
    assertThat(changes.complete()).isTrue();
    assertThat(changes.highestModseq()).isEqualTo(status(INBOX).highestModseq());
    Changes none = mail.changesSince(INBOX, changes.highestModseq());
    assertThat(none.rows()).isEmpty();
    assertThat(none.vanished()).isEqualTo(UidSet.NONE);
  }

  @Test
  void purgedTombstonesAreOwnedUp() {
    append(INBOX, "1");
    append(INBOX, "2");
    long then = status(INBOX).highestModseq();
    mail.remove(INBOX, UidSet.of(1));
    time.pause(Duration.ofDays(31));
    long later = status(INBOX).highestModseq();
    mail.remove(INBOX, UidSet.of(2));
    mailStore().purge(time.now().minus(Duration.ofDays(30)));
    assertThat(mail.changesSince(INBOX, then).complete()).isFalse();
    assertThat(mail.changesSince(INBOX, later).complete()).isTrue();
    assertThat(mail.changesSince(INBOX, later).vanished()).isEqualTo(UidSet.of(2));
  }

  @Test
  void copySharesTheEmailAndMoveMovesIt() {
    append(INBOX, "1", flags("\\Flagged", "Work"));
    append(INBOX, "2");
    Copy copied = mail.copy(INBOX, UidSet.of(1, 5), find("Archive"));
    assertThat(copied)
        .isEqualTo(
            new Copy.Copied(status(find("Archive")).uidValidity(), List.of(1L), List.of(1L)));
    MessageRow copy = row(find("Archive"), 1);
    assertThat(copy.email()).isEqualTo(row(INBOX, 1).email());
    assertThat(copy.flags()).isEqualTo(row(INBOX, 1).flags());
    mail.move(INBOX, UidSet.ALL, find("Archive"));
    assertThat(rows(INBOX)).isEmpty();
    assertThat(rows(find("Archive"))).extracting(this::text).containsExactly("1", "1", "2");
    assertThat(mail.move(find("Archive"), UidSet.of(1), find("Archive")))
        .isInstanceOfSatisfying(
            Copy.Copied.class, moved -> assertThat(moved.to()).containsExactly(4L));
    assertThat(mail.copy(INBOX, UidSet.ALL, new MailboxId(99))).isEqualTo(new Copy.NoMailbox());
    checkCounters();
  }

  @Test
  void bodyIsCollectedAfterTheLastCopyWent() {
    append(INBOX, "1");
    BodyId body = mail.email(row(INBOX, 1).email()).orElseThrow().body();
    mail.copy(INBOX, UidSet.ALL, find("Archive"));
    mail.remove(INBOX, UidSet.ALL);
    store.collect();
    assertThat(text(row(find("Archive"), 1))).isEqualTo("1");
    MessageRow last = row(find("Archive"), 1);
    mail.remove(find("Archive"), UidSet.ALL);
    store.collect();
    assertThat(store.body(body)).isEmpty();
    assertThat(mail.content(last)).isEmpty();
  }

  @Test
  void contentIsPrefixThenBodyInAnyRange() throws IOException {
    try (Staged staged = stage("0123456789")) {
      mail.append(INBOX, staged, email("abc"));
    }
    Content content = mail.content(row(INBOX, 1)).orElseThrow();
    String whole = "abc0123456789";
    assertThat(content.size()).isEqualTo(whole.length()).isEqualTo(row(INBOX, 1).size());
    for (int from = 0; from <= whole.length() + 1; from++) {
      for (int length = 0; length <= whole.length() + 1; length++) {
        int begin = Math.min(from, whole.length());
        int end = Math.min(begin + length, whole.length());
        try (InputStream in = content.open(from, length)) {
          assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(whole.substring(begin, end));
        }
      }
    }
  }

  @Test
  void summariesAreKeptWithTheEmailAndGoWithIt() {
    append(INBOX, "1");
    EmailId id = row(INBOX, 1).email();
    mail.summarize(id, bytes("first"));
    mail.summarize(id, bytes("second"));
    append(INBOX, "2");
    assertThat(mail.email(id).orElseThrow().summary()).isEqualTo(bytes("second"));
    mail.remove(INBOX, UidSet.of(1));
    mail.summarize(id, bytes("late"));
    append(INBOX, "3");
    assertThat(mail.email(id)).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void pagesOfMessagesFollowEachOther() {
    for (int i = 0; i < 10; i++) {
      append(INBOX, "" + i);
    }
    mail.remove(INBOX, UidSet.of(3, 4));
    UidSet odd = new UidSet(List.of(new UidSet.Range(1, 5), new UidSet.Range(8, 100)));
    assertThat(mail.messages(INBOX, odd, 4))
        .extracting(MessageRow::uid)
        .containsExactly(1L, 2L, 5L, 8L);
    assertThat(mail.emails(rows(INBOX).stream().map(MessageRow::email).toList())).hasSize(8);
  }

  @Test
  void quotaCountsBytesAndMessagesWithPrefix() {
    quota = new Quota(10, 100);
    try (Staged staged = stage("12345678")) {
      assertThat(mail.append(INBOX, staged, email("abc"))).isEqualTo(new Append.OverQuota());
    }
    append(INBOX, "12345678");
    assertThat(append(INBOX, "123", Flags.NONE)).isEqualTo(new Append.OverQuota());
    assertThat(mail.copy(INBOX, UidSet.ALL, find("Sent"))).isEqualTo(new Copy.OverQuota());
    assertThat(mail.move(INBOX, UidSet.ALL, find("Sent"))).isInstanceOf(Copy.Copied.class);
    quota = new Quota(100, 1);
    assertThat(append(INBOX, "1", Flags.NONE)).isEqualTo(new Append.OverQuota());
    checkCounters();
  }

  @Test
  void watchHearsOfEachChangeWhenItCanBeRead() throws InterruptedException {
    CountDownLatch heard = new CountDownLatch(1);
    try (Store.Watch watch =
        mail.watch(
            () -> {
              if (mail.uids(INBOX).length == 1) {
                heard.countDown();
              }
            })) {
      assertThat(watch).isNotNull();
      append(INBOX, "1");
      assertThat(heard.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }
}

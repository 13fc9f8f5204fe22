package org.thurn.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.thurn.store.BodyId;
import org.thurn.store.Commit;

class DeliveryTest extends MailFixture {
  private Delivery deliver(int number, String mailbox, BodyId body) {
    Commit<Delivery> commit =
        mail.deliver(
            mark(number), MailboxName.of(mailbox), stored(body), email("Return-Path: <>\r\n"));
    commit.awaitDurable();
    return commit.value();
  }

  @Test
  void deliveredMessageIsReadWithItsPrefix() {
    BodyId body = queued("Subject: x\r\n\r\n", 1);
    assertThat(deliver(1, "INBOX", body)).isEqualTo(new Delivery.Stored(MailboxName.INBOX, 1));
    settle(body, 1);
    store.collect();
    reopen();
    assertThat(text(row(INBOX, 1))).isEqualTo("Return-Path: <>\r\nSubject: x\r\n\r\n");
    assertThat(row(INBOX, 1).size()).isEqualTo(17 + 14);
    checkCounters();
  }

  @Test
  void replayFindsTheFirstEvenAfterARestartAndAnExpunge() {
    BodyId body = queued("x", 1);
    deliver(1, "Archive", body);
    reopen();
    mail.remove(find("Archive"), UidSet.ALL);
    assertThat(deliver(1, "INBOX", body))
        .isEqualTo(new Delivery.AlreadyDelivered(MailboxName.of("Archive"), 1));
    assertThat(rows(INBOX)).isEmpty();
    assertThat(deliver(2, "INBOX", body)).isInstanceOf(Delivery.Stored.class);
  }

  @Test
  void replayBeforeTheSyncFindsItToo() {
    BodyId body = queued("x", 1);
    mail.deliver(mark(1), MailboxName.INBOX, stored(body), email(""));
    Commit<Delivery> second = mail.deliver(mark(1), MailboxName.INBOX, stored(body), email(""));
    assertThat(second.value()).isInstanceOf(Delivery.AlreadyDelivered.class);
    second.awaitDurable();
    assertThat(rows(INBOX)).hasSize(1); // what it rests on is durable
  }

  @Test
  void mailboxThatIsMissingMeansInbox() {
    assertThat(deliver(1, "no/such", queued("x", 1)))
        .isEqualTo(new Delivery.Stored(MailboxName.INBOX, 1));
  }

  @Test
  void overQuotaLeavesNoMark() {
    quota = new Quota(5, 100);
    BodyId body = queued("x", 1);
    assertThat(deliver(1, "INBOX", body)).isEqualTo(new Delivery.OverQuota());
    quota = Quota.NONE;
    assertThat(deliver(1, "INBOX", body)).isInstanceOf(Delivery.Stored.class);
  }

  @Test
  void marksAreKeptUntilTheyArePurged() {
    BodyId body = queued("x", 1);
    deliver(1, "INBOX", body);
    time.pause(Duration.ofDays(20));
    deliver(2, "INBOX", body);
    mailStore().purge(time.now().minus(Duration.ofDays(10)));
    assertThat(deliver(2, "INBOX", body)).isInstanceOf(Delivery.AlreadyDelivered.class);
    assertThat(deliver(1, "INBOX", body)).isInstanceOf(Delivery.Stored.class);
  }

  @Test
  void deliveriesAndAppendsAtOnceEachGetTheirUid() throws InterruptedException {
    BodyId body = queued("x", 1);
    List<Thread> threads = new ArrayList<>();
    AtomicInteger numbers = new AtomicInteger();
    for (int i = 0; i < 8; i++) {
      boolean delivers = i % 2 == 0;
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int n = 0; n < 25; n++) {
                      if (delivers) {
                        deliver(numbers.incrementAndGet(), "INBOX", body);
                      } else {
                        append(INBOX, "appended");
                      }
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(mail.uids(INBOX)).hasSize(200).endsWith(200);
    checkCounters();
  }
}

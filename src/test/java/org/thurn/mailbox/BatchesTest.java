package org.thurn.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.mailbox.MailboxId.INBOX;

import org.junit.jupiter.api.Test;
import org.thurn.store.BodyId;
import org.thurn.store.Commit;

/** What concerns more messages than one commit takes. */
class BatchesTest extends MailFixture {
  private static final int MANY = 5_003;

  private void fill(MailboxName mailbox) {
    BodyId body = queued("x", 0);
    Commit<Delivery> last = mail.deliver(mark(0), mailbox, stored(body), email(""));
    for (int i = 1; i < MANY; i++) {
      last = mail.deliver(mark(i), mailbox, stored(body), email(""));
    }
    last.awaitDurable();
  }

  @Test
  void flagsOfAllAreStoredAndAllAreExpunged() {
    fill(MailboxName.INBOX);
    FlagChange deleted = new FlagChange.Add(Flags.of(SystemFlag.DELETED));

    StoredFlags stored = mail.store(INBOX, UidSet.ALL, deleted);

    assertThat(stored.rows()).hasSize(MANY);
    assertThat(stored.rows().getLast().uid()).isEqualTo(MANY);
    assertThat(status(INBOX).deleted()).isEqualTo(MANY);
    long before = stored.rows().getFirst().modseq();
    assertThat(mail.store(INBOX, UidSet.ALL, new FlagChange.Remove(deleted.flags()), before))
        .satisfies(some -> assertThat(some.rows()).hasSize(5_000))
        .satisfies(some -> assertThat(some.modified()).hasToString("5001:5003"));
    mail.store(INBOX, UidSet.ALL, deleted);
    assertThat(mail.expunge(INBOX, UidSet.ALL).uids()).hasToString("1:" + MANY);
    checkCounters();
  }

  @Test
  void largeMailboxIsDeletedWhole() {
    mail.create(MailboxName.of("Large"));
    fill(MailboxName.of("Large"));
    assertThat(mail.delete(MailboxName.of("Large"))).isEqualTo(MailboxOutcome.DONE);
    assertThat(mail.find(MailboxName.of("Large"))).isEmpty();
    assertThat(mail.usage()).isEqualTo(new Usage(0, 0));
  }

  @Test
  void largeMailboxWithInferiorsStaysWhole() {
    mail.create(MailboxName.of("Large/below"));
    fill(MailboxName.of("Large"));
    assertThat(mail.delete(MailboxName.of("Large"))).isEqualTo(MailboxOutcome.HAS_CHILDREN);
    assertThat(status(find("Large")).messages()).isEqualTo(MANY);
  }
}

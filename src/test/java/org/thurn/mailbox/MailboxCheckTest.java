package org.thurn.mailbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.testing.StoreChecks.changed;
import static org.thurn.testing.StoreChecks.without;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thurn.store.BodyId;
import org.thurn.store.Finding;
import org.thurn.store.Partition;
import org.thurn.store.Txn;
import org.thurn.testing.StoreChecks;

/** Each row of an account, missing or changed, is found and named. */
class MailboxCheckTest extends MailFixture {
  private static final Partition ACCOUNT = new Partition("account", ALICE.toString());
  private static final byte[] NEWER = {9};

  private MailboxId archive = INBOX;
  private BodyId body = new BodyId("0".repeat(32));

  /** Two messages in INBOX, one of them in Archive too, one that went, a delivery. */
  @BeforeEach
  void someMail() {
    archive = find("Archive");
    append(INBOX, "one", Flags.of(SystemFlag.SEEN));
    append(INBOX, "two", Flags.parse(List.of("Work")));
    append(INBOX, "gone", Flags.of(SystemFlag.DELETED));
    mail.copy(INBOX, UidSet.of(2), archive);
    mail.expunge(INBOX, UidSet.ALL);
    body = queued("delivered", 1);
    mail.deliver(mark(7), MailboxName.INBOX, stored(body), email("Return-Path: <>\r\n"))
        .awaitDurable();
    mail.summarize(new EmailId(1), "summary".getBytes(UTF_8));
    settle(body, 1);
    store.collect();
    assertThat(findings()).isEmpty();
  }

  private List<Finding> findings() {
    return StoreChecks.findings(store, new MailboxCheck());
  }

  private void damaged(Consumer<Txn> work, String... expected) {
    StoreChecks.damage(store, ACCOUNT, work);
    assertThat(StoreChecks.brief(findings())).contains(expected);
    assertThat(findings()).hasSizeLessThan(8);
  }

  private Consumer<Txn> inbox(Consumer<MailboxRow> change) {
    return changed(
        RowKey.mailbox(INBOX),
        row -> {
          MailboxRow mailbox = MailboxRow.of(INBOX, row);
          change.accept(mailbox);
          return mailbox.bytes();
        });
  }

  private static Consumer<Txn> account(Consumer<AccountRow> change) {
    return changed(
        RowKey.ACCOUNT,
        row -> {
          AccountRow account = AccountRow.of(row);
          change.accept(account);
          return account.bytes();
        });
  }

  @Test
  void aMissingRowIsNamedByWhatNeedsIt() {
    damaged(without(RowKey.placement(archive, 1)), "COUNT b " + archive, "COUNT a", "COUNT e E2");
  }

  @Test
  void anEmailThatIsNotThereIsMissedByItsPlacementsAndIsNoHolder() {
    damaged(without(RowKey.email(new EmailId(2))), "MISSING p M1 2", "MISSING p " + archive + " 1");
    assertThat(findings())
        .anyMatch(f -> f.kind() == Finding.Kind.STRAY && f.key().endsWith(ALICE + "/E2"));
  }

  @Test
  void anEmailInNoMailboxIsStray() {
    damaged(without(RowKey.placement(INBOX, 1)), "STRAY e E1", "COUNT b M1");
  }

  @Test
  void aHolderThatLacksIsNamed() {
    damaged(txn -> txn.release(body, "account:" + ALICE + "/E4"), "MISSING e E4");
  }

  @Test
  void aHolderTooManyIsNamed() {
    damaged(
        txn -> txn.hold(body, "account:" + ALICE + "/E1"),
        "STRAY " + body.text() + " account:" + ALICE + "/E1");
  }

  @Test
  void countersAreCounted() {
    damaged(inbox(row -> row.messages++), "COUNT b M1");
    damaged(inbox(row -> row.size--), "COUNT b M1");
    damaged(inbox(row -> row.unseen++), "COUNT b M1");
    damaged(account(row -> row.bytes++), "COUNT a");
  }

  @Test
  void anAccountsMessagesAreCounted() {
    damaged(account(row -> row.messages--), "COUNT a");
  }

  @Test
  void aUidThatIsNotBelowUidnextIsNamed() {
    damaged(inbox(row -> row.uidNext = 4), "DIFFERS p M1 4");
  }

  @Test
  void aHighestModseqThatIsNotTheLastChangesIsNamed() {
    damaged(inbox(row -> row.highestModseq--), "DIFFERS b M1");
  }

  @Test
  void aModseqAboveTheAccountsIsNamed() {
    damaged(account(row -> row.modseq -= 3), "DIFFERS b M1");
  }

  @Test
  void aFirstUnseenThatHidesAMessageIsNamed() {
    damaged(inbox(row -> row.unseenFrom = 3), "DIFFERS b M1");
  }

  @Test
  void changesBelongToMessages() {
    MessageRow two = row(INBOX, 2);
    damaged(
        txn -> {
          without(RowKey.change(INBOX, two.modseq(), 2)).accept(txn);
          txn.put(RowKey.change(INBOX, 1, 2), new RowOut().bytes());
          txn.put(RowKey.change(INBOX, 1, 9), new RowOut().bytes());
        },
        "MISSING p M1 2",
        "STRAY " + Finding.shown(RowKey.change(INBOX, 1, 2)),
        "STRAY " + Finding.shown(RowKey.change(INBOX, 1, 9)));
  }

  @Test
  void aTombstoneOfALivingMessageIsNamed() {
    damaged(
        txn -> txn.put(RowKey.vanished(INBOX, 2, 1), new RowOut().number(1).bytes()),
        "DIFFERS v M1 1");
  }

  @Test
  void sizesAreThoseOfPrefixAndBody() {
    damaged(
        changed(
            RowKey.email(new EmailId(4)),
            row -> {
              EmailRow old = EmailRow.of(row);
              return new EmailRow(1, old.thread(), old.body(), old.size() + 1, old.prefix())
                  .bytes();
            }),
        "DIFFERS e E4",
        "DIFFERS p M1 4");
  }

  @Test
  void namesLeadToMailboxesAndBack() {
    damaged(without(RowKey.name(MailboxName.of("Junk"))), "MISSING n Junk");
    damaged(
        txn -> txn.put(RowKey.name(MailboxName.of("X")), new RowOut().number(77).bytes()),
        "STRAY n X");
  }

  @Test
  void rowsOfAMailboxThatIsNotThereAreStray() {
    damaged(
        without(RowKey.mailbox(archive)),
        "STRAY n Archive",
        "STRAY " + Finding.shown(RowKey.placement(archive, 1)));
  }

  @Test
  void aMarkIsWellFormed() {
    damaged(
        txn -> {
          txn.put("dnobody".getBytes(UTF_8), new Mark(DATE, MailboxName.INBOX, 1).bytes());
          txn.put(RowKey.mark(mark(8)), new Mark(DATE, MailboxName.INBOX, 0).bytes());
        },
        "UNREADABLE d nobody",
        "UNREADABLE d 0000000000008/" + ALICE);
  }

  @Test
  void aSummaryBelongsToAnEmail() {
    damaged(
        txn -> txn.put(RowKey.summary(new EmailId(99)), new RowOut().octets(NEWER).bytes()),
        "STRAY t E99");
  }

  @Test
  void rowsOfAnotherFormatAreUnreadable() {
    damaged(changed(RowKey.placement(INBOX, 2), row -> NEWER), "UNREADABLE p M1 2");
    damaged(changed(RowKey.email(new EmailId(1)), row -> NEWER), "UNREADABLE e E1");
    damaged(changed(RowKey.ACCOUNT, row -> NEWER), "UNREADABLE a");
  }

  @Test
  void aRowOfNoKnownKindIsStray() {
    damaged(txn -> txn.put("zebra".getBytes(UTF_8), NEWER), "STRAY zebra");
    damaged(txn -> txn.put("broken".getBytes(UTF_8), NEWER), "STRAY broken");
  }

  @Test
  void anAccountWithoutItsOwnRowIsNamed() {
    damaged(without(RowKey.ACCOUNT), "MISSING a");
  }
}

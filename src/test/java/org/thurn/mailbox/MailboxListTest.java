package org.thurn.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.mailbox.MailboxOutcome.ALREADY_EXISTS;
import static org.thurn.mailbox.MailboxOutcome.CANNOT;
import static org.thurn.mailbox.MailboxOutcome.DONE;
import static org.thurn.mailbox.MailboxOutcome.HAS_CHILDREN;
import static org.thurn.mailbox.MailboxOutcome.NONEXISTENT;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.name.Mailbox;

class MailboxListTest extends MailFixture {
  private static MailboxName name(String text) {
    return MailboxName.of(text);
  }

  private List<String> names() {
    return mail.mailboxes().stream().map(info -> info.name().text()).toList();
  }

  @Test
  void accountBeginsWithInboxAndTheSpecialUses() {
    assertThat(names()).containsExactly("Archive", "Drafts", "INBOX", "Junk", "Sent", "Trash");
    assertThat(mail.mailboxes()).allMatch(MailboxInfo::subscribed);
    assertThat(mail.find(MailboxName.INBOX)).contains(MailboxId.INBOX);
    assertThat(mail.mailboxes())
        .filteredOn(info -> info.specialUse().isPresent())
        .extracting(info -> info.specialUse().orElseThrow().attribute() + "=" + info.name())
        .containsExactlyInAnyOrder(
            "\\Archive=Archive", "\\Drafts=Drafts", "\\Junk=Junk", "\\Sent=Sent", "\\Trash=Trash");
  }

  @Test
  void accountIsFoundInWhateverCase() {
    append(INBOX, "x");
    Mailbox loud = Mailbox.of("ALICE@strict.example");
    assertThat(mailStore().account(loud).uids(INBOX)).hasSize(1);
  }

  @Test
  void addressLongerThanAPartitionHasMailToo() {
    String label = "l".repeat(60);
    String domain = label + "." + label + "." + label + ".example";
    AccountMail one = mailStore().account(Mailbox.of("a".repeat(64) + "@" + domain));
    AccountMail other = mailStore().account(Mailbox.of("a".repeat(63) + "b@" + domain));
    one.create(name("one"));
    assertThat(one.find(name("one"))).isPresent();
    assertThat(other.find(name("one"))).isEmpty();
  }

  @Test
  void createMakesSuperiorsAndSaysWhatExists() {
    assertThat(mail.create(name("a/b/c"))).isEqualTo(DONE);
    assertThat(names()).contains("a", "a/b", "a/b/c");
    assertThat(mail.create(name("a/b"))).isEqualTo(ALREADY_EXISTS);
    assertThat(mail.create(name("inbox"))).isEqualTo(ALREADY_EXISTS);
    mail.create(name("a b"));
    assertThat(mail.mailboxes())
        .filteredOn(MailboxInfo::hasChildren)
        .extracting(info -> info.name().text())
        .containsExactly("a", "a/b");
  }

  @Test
  void deleteRefusesInboxAndSuperiorsAndRemovesTheMessages() {
    mail.create(name("a/b"));
    append(find("a/b"), "text");
    assertThat(mail.delete(name("INBOX"))).isEqualTo(CANNOT);
    assertThat(mail.delete(name("a"))).isEqualTo(HAS_CHILDREN);
    assertThat(mail.delete(name("no"))).isEqualTo(NONEXISTENT);
    MailboxId gone = find("a/b");
    assertThat(mail.delete(name("a/b"))).isEqualTo(DONE);
    assertThat(names()).contains("a").doesNotContain("a/b");
    assertThat(mail.status(gone)).isEmpty();
    assertThat(rows(gone)).isEmpty();
    assertThat(mail.append(gone, stage("x"), NewEmail.of(Flags.NONE, DATE)))
        .isEqualTo(new Append.NoMailbox());
    assertThat(mail.usage()).isEqualTo(new Usage(0, 0));
  }

  @Test
  void mailboxMadeAgainHasAnotherUidValidityAndId() {
    mail.create(name("a"));
    MailboxStatus before = status(find("a"));
    mail.delete(name("a"));
    mail.create(name("a"));
    MailboxStatus after = status(find("a"));
    assertThat(after.uidValidity()).isGreaterThan(before.uidValidity());
    assertThat(after.id()).isNotEqualTo(before.id());
  }

  @Test
  void renameTakesInferiorsAndKeepsIdentity() {
    mail.create(name("a/b"));
    append(find("a/b"), "text");
    MailboxStatus before = status(find("a/b"));
    assertThat(mail.rename(name("a"), name("x/y"))).isEqualTo(DONE);
    assertThat(names()).contains("x", "x/y", "x/y/b").doesNotContain("a", "a/b");
    MailboxStatus after = status(find("x/y/b"));
    assertThat(after.id()).isEqualTo(before.id());
    assertThat(after.uidValidity()).isEqualTo(before.uidValidity());
    assertThat(rows(after.id())).hasSize(1);
  }

  @Test
  void renameRefusesWhatCannotBe() {
    mail.create(name("a"));
    assertThat(mail.rename(name("a"), name("a/b"))).isEqualTo(CANNOT);
    assertThat(mail.rename(name("a"), name("Sent"))).isEqualTo(ALREADY_EXISTS);
    assertThat(mail.rename(name("no"), name("b"))).isEqualTo(NONEXISTENT);
    assertThat(names()).contains("a").doesNotContain("a/b", "b");
  }

  @Test
  void renamingInboxMovesItsMessagesOnly() {
    mail.create(name("INBOX/sub"));
    append(INBOX, "one");
    append(INBOX, "two");
    assertThat(mail.rename(MailboxName.INBOX, name("old"))).isEqualTo(DONE);
    assertThat(rows(INBOX)).isEmpty();
    assertThat(rows(find("old"))).extracting(this::text).containsExactly("one", "two");
    assertThat(names()).contains("INBOX", "INBOX/sub", "old");
    assertThat(append(INBOX, "three")).isEqualTo(3);
    checkCounters();
  }

  @Test
  void subscriptionsOutliveTheirMailbox() {
    mail.create(name("a"));
    mail.subscribe(name("a"), true);
    mail.delete(name("a"));
    assertThat(mail.subscriptions()).contains(name("a"));
    mail.subscribe(name("a"), false);
    assertThat(mail.subscriptions()).doesNotContain(name("a"));
  }

  @Test
  void specialUseFollowsARenameAndIsGivenOnce() {
    mail.rename(name("Trash"), name("Bin"));
    mail.create(name("Trash"));
    assertThat(mail.mailboxes())
        .filteredOn(info -> info.specialUse().equals(Optional.of(SpecialUse.TRASH)))
        .extracting(info -> info.name().text())
        .containsExactly("Bin");
    mail.delete(name("Bin"));
    mail.delete(name("Trash"));
    mail.create(name("Trash"));
    assertThat(mail.mailboxes())
        .filteredOn(info -> info.specialUse().equals(Optional.of(SpecialUse.TRASH)))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "a/", "/a", "a//b", "a*", "a%", "a\nb", "a\u0000", "\ud800", "\u0085"})
  void badNamesAreNone(String text) {
    assertThat(MailboxName.parse(text)).isEmpty();
  }

  @Test
  void namesAreNormalizedAndInboxHasNoCase() {
    assertThat(name("e\u0301")).isEqualTo(name("\u00e9"));
    assertThat(name("iNbOx/a").text()).isEqualTo("INBOX/a");
    assertThat(name("inboxes").text()).isEqualTo("inboxes");
    assertThat(MailboxName.parse("x".repeat(501))).isEmpty();
    assertThat(MailboxName.parse("x/".repeat(20) + "x")).isEmpty();
  }
}

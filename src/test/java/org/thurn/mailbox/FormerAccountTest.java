package org.thurn.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.mailbox.MailboxId.INBOX;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thurn.name.Mailbox;
import org.thurn.store.Body;
import org.thurn.store.BodyId;

/** An address that is given to somebody else. */
class FormerAccountTest extends MailFixture {
  private static final Mailbox ADDRESS = Mailbox.of("alice@strict.example");
  private String incarnation = "1";
  private MailStore mails;

  @BeforeEach
  void openWithIncarnations() {
    mails = new MailStore(store, time, address -> quota, address -> incarnation);
    mail = mails.account(ADDRESS);
  }

  private Instant daysAgo(int days) {
    return time.now().minus(Duration.ofDays(days));
  }

  @Test
  void newAccountSeesNothingOfTheFormerOnesMail() {
    append(INBOX, "private");
    incarnation = "2";

    mail = mails.account(ADDRESS);

    assertThat(rows(INBOX)).isEmpty();
    assertThat(mail.usage()).isEqualTo(new Usage(0, 0));
    append(INBOX, "new");
    incarnation = "1";
    assertThat(mails.account(ADDRESS).usage().messages()).isEqualTo(1);
  }

  @Test
  void formerAccountsMailIsRemovedInTheEnd() {
    append(INBOX, "private");
    BodyId body = mail.email(row(INBOX, 1).email()).map(Email::body).orElseThrow();
    AccountMail former = mail;
    incarnation = "2";
    mail = mails.account(ADDRESS);
    append(INBOX, "new");

    mails.forget(List.of(ADDRESS), daysAgo(30));
    time.pause(Duration.ofDays(29));
    mails.forget(List.of(ADDRESS), daysAgo(30));
    store.collect();
    assertThat(store.body(body).map(Body::size)).contains(7L);
    time.pause(Duration.ofDays(2));
    mails.forget(List.of(ADDRESS), daysAgo(30));
    store.collect();

    assertThat(store.body(body)).isEmpty();
    assertThat(former.mailboxes()).isEmpty();
    assertThat(text(row(INBOX, 1))).isEqualTo("new");
    checkCounters();
  }

  @Test
  void accountThatWasMissedForAWhileKeepsItsMail() {
    append(INBOX, "kept");
    mails.forget(List.of(), daysAgo(30));
    time.pause(Duration.ofDays(20));
    mails.forget(List.of(ADDRESS), daysAgo(30));
    time.pause(Duration.ofDays(20));
    mails.forget(List.of(), daysAgo(30));
    assertThat(text(row(INBOX, 1))).isEqualTo("kept");
  }
}

package org.thurn.mailbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.thurn.store.Finding;
import org.thurn.store.Partition;
import org.thurn.store.PartitionReport;
import org.thurn.store.RowWalk;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.StoreView;

/**
 * Checks an account's emails against their placements, bodies and summaries. So many emails at a
 * time are in memory, and for each such part all placements are gone through once.
 */
final class EmailCheck {
  private static final int PART = 100_000;
  private static final int PAGE = 1_000;
  private static final int LONG_ROWS = 50; // a prefix or a summary may have many octets
  private static final int EMAIL_KEY = 9;

  private final StoreView view;
  private final Partition partition;
  private final Snapshot rows;
  private final Collection<MailboxRow> mailboxes;
  private final long nextEmail;
  private final PartitionReport report;
  private final Map<Long, Counted> part = new HashMap<>();

  EmailCheck(
      StoreView view,
      Partition partition,
      Collection<MailboxRow> mailboxes,
      long nextEmail,
      PartitionReport report) {
    this.view = view;
    this.partition = partition;
    this.rows = view.read(partition);
    this.mailboxes = mailboxes;
    this.nextEmail = nextEmail;
    this.report = report;
  }

  /** What an email's row says, and how many placements were found. */
  private static final class Counted {
    final @Nullable EmailRow row;
    long placements;

    Counted(@Nullable EmailRow row) {
      this.row = row;
    }
  }

  void run() {
    byte[] end = RowKey.after(RowKey.EMAILS);
    RowWalk emails = new RowWalk(rows, RowKey.EMAILS, end, LONG_ROWS);
    long after = Long.MIN_VALUE;
    do {
      part.clear();
      long last = after;
      while (emails.hasNext() && part.size() < PART) {
        last = email(emails.next()).orElse(last);
      }
      long upTo = emails.hasNext() ? last : Long.MAX_VALUE;
      for (MailboxRow mailbox : mailboxes) {
        placements(mailbox, after, upTo);
      }
      summaries(after, upTo);
      part.forEach(this::placementsOf);
      after = upTo;
    } while (emails.hasNext());
  }

  private OptionalLong email(Pair pair) {
    report.looked();
    if (pair.key().length != EMAIL_KEY) {
      report.stray(Finding.shown(pair.key()), "not the key of an email");
      return OptionalLong.empty();
    }
    EmailId id = new EmailId(RowKey.number(pair.key()));
    Optional<EmailRow> row = report.read("e " + id, () -> EmailRow.of(pair.value()));
    row.ifPresent(email -> email("e " + id, id, email));
    // of the prefix nothing is needed any more: only small things stay in memory
    part.put(id.number(), new Counted(row.map(EmailCheck::withoutPrefix).orElse(null)));
    return OptionalLong.of(id.number());
  }

  private static EmailRow withoutPrefix(EmailRow row) {
    return new EmailRow(row.placements(), row.thread(), row.body(), row.size(), new byte[0]);
  }

  private void email(String key, EmailId id, EmailRow row) {
    String body = row.body().text();
    if (id.number() < 1 || id.number() >= nextEmail) {
      report.differs(key, "the account's next email is E" + nextEmail);
    }
    String holder = Change.holder(partition, id);
    if (!view.holds(row.body(), holder)) {
      report.missing(key, "its body " + body + " lacks the holder " + holder);
    }
    OptionalLong size = view.size(row.body());
    if (size.isEmpty()) {
      report.missing(key, "its body " + body + " is not there");
    } else if (row.size() != size.getAsLong() + row.prefix().length) {
      report.differs(
          key,
          "%d octets, its prefix has %d and its body %d"
              .formatted(row.size(), row.prefix().length, size.getAsLong()));
    }
  }

  private void placements(MailboxRow mailbox, long after, long upTo) {
    byte[] prefix = RowKey.placements(mailbox.id);
    RowWalk walk = new RowWalk(rows, prefix, RowKey.after(prefix), PAGE);
    while (walk.hasNext()) {
      Pair pair = walk.next();
      readable(pair, mailbox)
          .filter(row -> after < row.email().number() && row.email().number() <= upTo)
          .ifPresent(row -> placement("p " + mailbox.id + " " + row.uid(), row));
    }
  }

  private static Optional<MessageRow> readable(Pair pair, MailboxRow mailbox) {
    try {
      return Optional.of(Placement.of(pair.key(), pair.value(), mailbox));
    } catch (RuntimeException e) {
      return Optional.empty(); // the mailbox's own check says so
    }
  }

  private void placement(String key, MessageRow message) {
    Counted email = part.get(message.email().number());
    if (email == null) {
      report.missing(key, "its email " + message.email() + " is not there");
      return;
    }
    email.placements++;
    EmailRow row = email.row;
    if (row != null && row.size() != message.size()) {
      report.differs(key, message.size() + " octets, " + message.email() + " has " + row.size());
    }
    if (row != null && !row.thread().equals(message.thread())) {
      report.differs(key, "its thread is not that of " + message.email());
    }
  }

  private void placementsOf(long number, Counted email) {
    String key = "e E" + number;
    EmailRow row = email.row;
    if (email.placements == 0) {
      report.stray(key, "it is in no mailbox");
    } else if (row != null) {
      report.count(key, "placements", row.placements(), email.placements);
    }
  }

  private void summaries(long after, long upTo) {
    RowWalk walk = new RowWalk(rows, new byte[] {'t'}, new byte[] {'t' + 1}, LONG_ROWS);
    while (walk.hasNext()) {
      Pair pair = walk.next();
      long number = pair.key().length == EMAIL_KEY ? RowKey.number(pair.key()) : 0;
      if (after < number && number <= upTo) {
        report.looked();
        report.read("t E" + number, () -> new RowIn(pair.value()).octets());
        if (!part.containsKey(number)) {
          report.stray("t E" + number, "a summary of no email");
        }
      }
    }
  }
}

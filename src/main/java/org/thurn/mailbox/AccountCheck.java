package org.thurn.mailbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.thurn.journey.Ids;
import org.thurn.name.Mailbox;
import org.thurn.name.NameSyntaxException;
import org.thurn.store.Finding;
import org.thurn.store.Partition;
import org.thurn.store.PartitionReport;
import org.thurn.store.RowWalk;
import org.thurn.store.Snapshot;
import org.thurn.store.Snapshot.Pair;
import org.thurn.store.StoreView;

/** Checks one account: its counters, its list of mailboxes, and what stands beside messages. */
final class AccountCheck {
  private static final String KINDS = "abcdefnpstv";
  private static final int PAGE = 1_000;
  private static final int NUMBERED = 9; // a kind and a number
  private static final byte[] FIRST = {};
  private static final byte[] END = {(byte) 0xff};

  private final StoreView view;
  private final Partition partition;
  private final Snapshot rows;
  private final PartitionReport report;
  private final Map<Long, MailboxRow> mailboxes = new TreeMap<>();

  AccountCheck(StoreView view, Partition partition, PartitionReport report) {
    this.view = view;
    this.partition = partition;
    this.rows = view.read(partition);
    this.report = report;
  }

  void run() {
    report.onlyKinds(rows, KINDS);
    Optional<byte[]> row = rows.get(RowKey.ACCOUNT);
    if (row.isPresent()) {
      report.read("a", () -> AccountRow.of(row.get())).ifPresent(this::account);
    } else if (rows.get(RowKey.FORMER).isEmpty() && !rows.scan(FIRST, END, 1).isEmpty()) {
      report.missing("a", "the account's own row is not there, others are");
    }
    // without its own row but with the note of its end the account is just being removed
  }

  private void account(AccountRow account) {
    report.looked();
    only(RowKey.ACCOUNT);
    only(RowKey.FORMER);
    rows.get(RowKey.FORMER).ifPresent(row -> report.read("f", () -> new RowIn(row).number()));
    mailboxes(account);
    names();
    subscriptions();
    marks();
    long bytes = 0;
    long messages = 0;
    for (MailboxRow mailbox : mailboxes.values()) {
      PlacementCheck placements = new PlacementCheck(rows, mailbox, account.modseq, report);
      placements.run();
      bytes += placements.bytes();
      messages += placements.messages();
    }
    noMailbox();
    report.count("a", "octets of all messages", account.bytes, bytes);
    report.count("a", "messages", account.messages, messages);
    new EmailCheck(view, partition, mailboxes.values(), account.nextEmail, report).run();
  }

  private RowWalk walk(byte[] prefix) {
    return new RowWalk(rows, prefix, RowKey.after(prefix), PAGE);
  }

  /** Nothing but one row may begin with this letter. */
  private void only(byte[] key) {
    walk(key)
        .forEachRemaining(
            pair -> {
              if (pair.key().length != key.length) {
                report.stray(Finding.shown(pair.key()), "a row of no known kind");
              }
            });
  }

  private void mailboxes(AccountRow account) {
    Set<SpecialUse> uses = EnumSet.noneOf(SpecialUse.class);
    for (RowWalk walk = walk(RowKey.MAILBOXES); walk.hasNext(); ) {
      Pair pair = walk.next();
      report.looked();
      if (pair.key().length != NUMBERED) {
        report.stray(Finding.shown(pair.key()), "not the key of a mailbox");
        continue;
      }
      MailboxId id = new MailboxId(RowKey.number(pair.key()));
      String key = "b " + id;
      report
          .read(key, () -> MailboxRow.of(id, pair.value()))
          .ifPresent(
              mailbox -> {
                mailboxes.put(id.number(), mailbox);
                mailbox(key, mailbox, account);
                mailbox
                    .specialUse
                    .filter(use -> !uses.add(use))
                    .ifPresent(
                        use -> report.differs(key, "another mailbox has its special use too"));
              });
    }
    if (!mailboxes.containsKey(MailboxId.INBOX.number())) {
      report.missing("b " + MailboxId.INBOX, "there is no INBOX");
    }
  }

  private void mailbox(String key, MailboxRow mailbox, AccountRow account) {
    if (mailbox.id.number() < 1 || mailbox.id.number() >= account.nextMailbox) {
      report.differs(key, "the account's next mailbox is M" + account.nextMailbox);
    }
    if (mailbox.uidValidity > account.lastUidValidity) {
      report.differs(key, "its UIDVALIDITY is above the account's last");
    }
    Optional<byte[]> name = rows.get(RowKey.name(mailbox.name));
    if (name.isEmpty()) {
      report.missing("n " + mailbox.name, "the name of " + mailbox.id + " leads nowhere");
    }
  }

  private void names() {
    for (RowWalk walk = walk(RowKey.NAMES); walk.hasNext(); ) {
      Pair pair = walk.next();
      report.looked();
      String name = nameIn(pair);
      String key = "n " + name;
      report
          .read(key, () -> new RowIn(pair.value()).number())
          .ifPresent(
              number -> {
                MailboxRow mailbox = mailboxes.get(number);
                if (mailbox == null) {
                  report.stray(key, "it leads to M" + number + ", which is not there");
                } else if (!mailbox.name.text().equals(name)) {
                  report.differs(key, "it leads to M" + number + ", which has another name");
                }
              });
    }
  }

  private static String nameIn(Pair pair) {
    return new String(pair.key(), 1, pair.key().length - 1, UTF_8);
  }

  private static boolean isName(String text) {
    return MailboxName.parse(text).filter(name -> name.text().equals(text)).isPresent();
  }

  private void subscriptions() {
    for (RowWalk walk = walk(RowKey.SUBSCRIPTIONS); walk.hasNext(); ) {
      Pair pair = walk.next();
      report.looked();
      if (!isName(nameIn(pair))) {
        report.unreadable("s " + Finding.shown(pair.key()), "no mailbox can be called so");
      }
      report.read("s " + nameIn(pair), () -> new RowIn(pair.value()));
    }
  }

  /** Well-formed: a queue id and a recipient; when, and a UID in a mailbox, which may be gone. */
  private void marks() {
    for (RowWalk walk = walk(RowKey.MARKS); walk.hasNext(); ) {
      Pair pair = walk.next();
      report.looked();
      String text = nameIn(pair);
      String key = "d " + text;
      int slash = text.indexOf('/');
      if (slash < 0 || !Ids.wellFormed(text.substring(0, slash)) || !isAddress(text, slash + 1)) {
        report.unreadable(key, "not the key of a delivery mark");
      }
      report
          .read(key, () -> Mark.of(pair.value()))
          .filter(mark -> mark.uid() < 1 || !isName(mark.mailbox().text()))
          .ifPresent(mark -> report.unreadable(key, "it names no message of a mailbox"));
    }
  }

  private static boolean isAddress(String text, int from) {
    try {
      return !Mailbox.parse(text.substring(from)).toString().isEmpty();
    } catch (NameSyntaxException e) {
      return false;
    }
  }

  /** Placements, changes and tombstones of mailboxes that are not there. */
  private void noMailbox() {
    for (byte kind : new byte[] {'c', 'p', 'v'}) {
      byte[] from = {kind};
      for (long id : mailboxes.keySet()) {
        byte[] prefix = RowKey.numbered(kind, id);
        strays(from, prefix);
        from = RowKey.after(prefix);
      }
      strays(from, new byte[] {(byte) (kind + 1)});
    }
  }

  private void strays(byte[] from, byte[] to) {
    if (Arrays.compareUnsigned(from, to) < 0) {
      report.strays(rows, from, to, "its mailbox is not there");
    }
  }
}

package org.thurn.mailbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.thurn.journey.QueueId;
import org.thurn.name.Mailbox;
import org.thurn.store.Body;
import org.thurn.store.Commit;
import org.thurn.store.Durability;
import org.thurn.store.Partition;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.time.Time;

/** Measures what a mailbox of 100,000 messages costs. Run it by hand. */
final class LargeMailbox {
  private static final int MESSAGES = 100_000;
  private static final Mailbox ALICE = Mailbox.of("alice@strict.example");

  private final AccountMail mail;
  private List<MessageRow> rows = List.of();

  private LargeMailbox(AccountMail mail) {
    this.mail = mail;
  }

  /** Argument: an empty directory on the disk to measure. */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createDirectories(Path.of(args[0]));
    try (RocksBudget budget = RocksBudget.small();
        RocksStore store =
            RocksStore.open(RocksStoreSettings.of(directory), budget, Time.system())) {
      MailStore mails = new MailStore(store, Time.system(), address -> Quota.NONE);
      LargeMailbox large = new LargeMailbox(mails.account(ALICE));
      Body body = body(store);
      took("deliver", () -> large.deliver(body));
      for (int i = 0; i < 3; i++) {
        large.measure();
      }
      Runtime runtime = Runtime.getRuntime();
      System.gc();
      System.out.println("heap " + ((runtime.totalMemory() - runtime.freeMemory()) >> 20) + " MB");
    }
  }

  private static Body body(RocksStore store) throws Exception {
    try (Staging staging = store.stage(5000)) {
      staging.write(new byte[5000]);
      try (Staged staged = staging.finish()) {
        Partition queue = new Partition("queue", "0");
        store.update(queue, Durability.SYNCED, txn -> attach(txn, staged));
        return store.body(staged.id()).orElseThrow();
      }
    }
  }

  private static boolean attach(org.thurn.store.Txn txn, Staged staged) {
    txn.attach(staged, "queue");
    return true;
  }

  private void deliver(Body body) {
    Commit<Delivery> last = null;
    for (int i = 0; i < MESSAGES; i++) {
      DeliveryMark mark = new DeliveryMark(new QueueId("%013d".formatted(i)), ALICE);
      NewEmail email = new NewEmail(new byte[100], Flags.NONE, Instant.now(), new byte[800]);
      last = mail.deliver(mark, MailboxName.INBOX, body, email);
    }
    if (last != null) {
      last.awaitDurable();
    }
  }

  private void measure() {
    took("status", () -> mail.status(MailboxId.INBOX));
    took("first unseen", () -> mail.firstUnseen(MailboxId.INBOX));
    took("uids", () -> mail.uids(MailboxId.INBOX));
    took("rows", () -> rows = mail.messages(MailboxId.INBOX, UidSet.ALL, MESSAGES));
    took("emails", () -> mail.emails(rows.stream().map(MessageRow::email).toList()));
    took("changes of nothing", () -> mail.changesSince(MailboxId.INBOX, Long.MAX_VALUE - 1));
    took("flag one", () -> flag(UidSet.of(MESSAGES / 2)));
    took("flag all", () -> flag(UidSet.ALL));
  }

  private void flag(UidSet uids) {
    boolean seen = rows.getLast().flags().has(SystemFlag.SEEN);
    Flags flags = Flags.of(SystemFlag.SEEN);
    mail.store(
        MailboxId.INBOX, uids, seen ? new FlagChange.Remove(flags) : new FlagChange.Add(flags));
  }

  private static void took(String what, Runnable work) {
    long before = System.nanoTime();
    work.run();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
    System.out.printf("%-20s %6d ms%n", what, millis);
  }
}

package org.thurn.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.thurn.directory.Account;
import org.thurn.directory.Change;
import org.thurn.directory.PasswordCost;
import org.thurn.directory.StoreDirectory;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.journey.QueueId;
import org.thurn.journey.Recorders;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.Delivery;
import org.thurn.mailbox.DeliveryMark;
import org.thurn.mailbox.Flags;
import org.thurn.mailbox.MailStore;
import org.thurn.mailbox.MailboxName;
import org.thurn.mailbox.NewEmail;
import org.thurn.mailbox.Quota;
import org.thurn.message.DeliveredTo;
import org.thurn.name.Mailbox;
import org.thurn.store.Commit;
import org.thurn.store.Durability;
import org.thurn.store.Partition;
import org.thurn.store.Staged;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.time.Time;

/**
 * Makes accounts, and fills their INBOXes, in a state folder whose server does not run. As for mail
 * that comes in, the queue holds a body first, the account's mail takes it over with a delivery
 * mark, one commit a message, and the queue lets go of it; only the queue's own rows lack, and a
 * piece of many messages waits together where a session waits for one.
 */
final class MailFill {
  private static final int WORKERS = 8;
  private static final int PIECE = 500;

  /** Argon2 as weak as it may be: nobody logs in here, and a thousand are to be made. */
  private static final PasswordCost CHEAP = new PasswordCost(64, 1, 1);

  private final RocksStore store;
  private final StoreDirectory directory;
  private final MailStore mail;
  private final Ids ids;
  private final Time time;
  private final int accounts;
  private final Map<Integer, AccountMail> open = new ConcurrentHashMap<>();

  private MailFill(RocksStore store, StoreDirectory directory, Time time, int accounts) {
    this.store = store;
    this.directory = directory;
    this.time = time;
    this.accounts = accounts;
    ids = new Ids(time);
    mail = new MailStore(store, time, _ -> Quota.NONE, this::incarnation);
  }

  /** The address of an account. */
  static String address(long account) {
    return "user" + account + "@bench.example";
  }

  /**
   * @param state the folder, which exists
   * @return seconds that the messages took
   */
  static double fill(Path state, int accounts, long messages) throws Exception {
    Time yesterday = new Yesterday();
    double seconds;
    try (RocksBudget budget = RocksBudget.ofMachine();
        RocksStore store = open(state, budget, yesterday);
        StoreDirectory directory = directory(store, yesterday)) {
      for (int i = 0; i < accounts; i++) {
        Change made = directory.changes().addAccount(mailbox(i), Thurn.PASSWORD, "bench");
        if (!made.done()) {
          throw new IllegalStateException(made.toString());
        }
      }
      MailFill fill = new MailFill(store, directory, yesterday, accounts);
      seconds = Filling.run(messages, WORKERS, PIECE, fill::deliver, store::collect);
    }
    forgetOperations(state);
    return seconds;
  }

  private static RocksStore open(Path state, RocksBudget budget, Time time) {
    return RocksStore.open(RocksStoreSettings.of(state.resolve("store")), budget, time);
  }

  private static StoreDirectory directory(RocksStore store, Time time) {
    Journey journey = Journey.to(Recorders.all(), time, new Ids(time));
    return new StoreDirectory(store, time, journey, CHEAP);
  }

  /** What a server does every minute with the names of operations that are hours old. */
  private static void forgetOperations(Path state) {
    try (RocksBudget budget = RocksBudget.ofMachine();
        RocksStore store = open(state, budget, Time.system())) {
      store.collect();
    }
  }

  private static Mailbox mailbox(long account) {
    return Mailbox.of(address(account));
  }

  /** As the server tells accounts apart. */
  private String incarnation(Mailbox account) {
    return directory.account(account).map(Account::created).stream()
        .map(created -> Long.toString(created.toEpochMilli()))
        .findFirst()
        .orElse("");
  }

  private AccountMail account(int number) {
    return open.computeIfAbsent(number, n -> mail.account(mailbox(n)));
  }

  private record Incoming(int account, QueueId id, Staged body) {
    String holder() {
      return "queue:" + id;
    }
  }

  private void deliver(long first, long end) throws Exception {
    List<Incoming> piece = new ArrayList<>();
    for (long i = first; i < end; i++) {
      int account = (int) (i % accounts);
      byte[] message = SmallMessage.of(i, address(account));
      piece.add(new Incoming(account, ids.queue(), QueueFill.staged(store, message)));
    }
    Partition shard = new Partition("queue", Long.toString(first / PIECE % 4));
    var _ =
        store.update(
            shard,
            Durability.SYNCED,
            txn -> {
              piece.forEach(one -> txn.attach(one.body(), one.holder()));
              return true;
            });
    piece.forEach(one -> one.body().close());
    List<Commit<Delivery>> commits = piece.stream().map(this::deliver).toList();
    for (Commit<Delivery> commit : commits) {
      commit.awaitDurable();
      if (!(commit.value() instanceof Delivery.Stored)) {
        throw new IllegalStateException(commit.value().toString());
      }
    }
    var _ =
        store.update(
            shard,
            Durability.RELAXED,
            txn -> {
              piece.forEach(one -> txn.release(one.body().id(), one.holder()));
              return true;
            });
  }

  private Commit<Delivery> deliver(Incoming one) {
    Mailbox to = mailbox(one.account());
    byte[] prefix =
        ("Return-Path: <sender@client.example>\r\n" + DeliveredTo.line(to)).getBytes(US_ASCII);
    return account(one.account())
        .deliver(
            new DeliveryMark(one.id(), to),
            MailboxName.INBOX,
            store.body(one.body().id()).orElseThrow(),
            new NewEmail(prefix, Flags.NONE, time.now(), new byte[0]));
  }

  /** Messages in all INBOXes of a state folder whose server does not run. */
  static long messages(Path state, int accounts) {
    Time time = Time.system();
    try (RocksBudget budget = RocksBudget.small();
        RocksStore store = open(state, budget, time);
        StoreDirectory directory = directory(store, time)) {
      MailFill looking = new MailFill(store, directory, time, accounts);
      long messages = 0;
      for (int i = 0; i < accounts; i++) {
        messages += looking.account(i).usage().messages();
      }
      return messages;
    }
  }
}

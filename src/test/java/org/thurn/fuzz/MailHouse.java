package org.thurn.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.thurn.sasl.FailedLogins;
import org.thurn.directory.PasswordCost;
import org.thurn.directory.StoreDirectory;
import org.thurn.journal.FuzzedBlocks;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.Flags;
import org.thurn.mailbox.MailStore;
import org.thurn.mailbox.MailboxName;
import org.thurn.mailbox.MailboxStatus;
import org.thurn.mailbox.NewEmail;
import org.thurn.mailbox.Quota;
import org.thurn.name.Mailbox;
import org.thurn.net.Connection;
import org.thurn.net.ConnectionHandler;
import org.thurn.net.TlsUpgrade;
import org.thurn.sasl.CredentialStore;
import org.thurn.sasl.SaslServers;
import org.thurn.sasl.ScramKeys;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.store.Store;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.testing.UnhurriedTime;
import org.thurn.time.Time;

/**
 * The rooms that a session needs, on a real store: a directory with alice and bob, and alice's mail
 * with a few messages. A session that changed the mail is followed by a fresh account of the same
 * name, so that each input meets the same house.
 */
final class MailHouse implements AutoCloseable {
  static final Mailbox ALICE = Mailbox.of("alice@ours.example");
  static final String PASSWORD = "secret";

  /** No session of an input gets as far as a handshake. */
  static final TlsUpgrade TLS =
      socket -> {
        throw new IOException("there is no socket in memory");
      };

  private static final int MOST_ACCOUNTS = 1_000;
  private static final Instant DATE = Instant.parse("2026-11-24T06:40:00Z");
  private static final List<String> MESSAGES =
      List.of(
          "From: Alice <alice@ours.example>\r\nTo: bob@ours.example\r\nSubject: one\r\n\r\nA.\r\n.\r\n",
          "From: =?utf-8?q?B=C3=B6b?= <bob@ours.example>\r\nMIME-Version: 1.0\r\n"
              + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\n"
              + "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nin\r\n--b--\r\n",
          "X: \u00e4\r\nSubject: bare\n\r\nline\rends\n");

  private final RocksBudget budget = RocksBudget.small();
  private final List<Entry> noted = Collections.synchronizedList(new ArrayList<>());
  private final Time time = new UnhurriedTime();
  private final Journey journey = Journey.to(noted::add, time, new Ids(time));
  private final Path folder;
  private final RocksStore store;
  private final StoreDirectory directory;
  private final SaslServers sasl;
  private final MailStore mail;
  private final AtomicBoolean touched = new AtomicBoolean(true);
  private int generation;
  private List<Object> before = List.of();
  private Optional<Store.Watch> watch = Optional.empty();

  /** A house in a folder of its own within {@code place}. */
  MailHouse(Path place) {
    try {
      folder = Files.createTempDirectory(Files.createDirectories(place), "house");
      store =
          RocksStore.open(new RocksStoreSettings(folder, 0, 8L << 20, 1), budget, Time.system());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    directory = new StoreDirectory(store, time, journey, new PasswordCost(64, 1, 1));
    directory.changes().addAccount(ALICE, PASSWORD, "test");
    directory.changes().addAccount(Mailbox.of("bob@ours.example"), PASSWORD, "test");
    CredentialStore known = credentials();
    sasl =
        new SaslServers(
            known, new byte[16], new FailedLogins(known::canonical, false, Time.system()));
    mail = new MailStore(store, time, account -> Quota.NONE, account -> "" + generation);
  }

  /** Whether so many accounts were made that a new house costs less than a fuller one. */
  boolean isWorn() {
    return generation > MOST_ACCOUNTS;
  }

  RocksStore store() {
    return store;
  }

  StoreDirectory directory() {
    return directory;
  }

  /** Alice's password alone, without the cost of a hash. */
  static CredentialStore credentials() {
    return Known.INSTANCE;
  }

  SaslServers sasl() {
    return sasl;
  }

  MailStore mail() {
    return mail;
  }

  Journey journey() {
    return journey;
  }

  Time time() {
    return time;
  }

  /** Alice's mail is as it always is, when the next session begins. */
  void prepare() throws IOException {
    if (!touched.getAndSet(false) || before.equals(state())) {
      return;
    }
    watch.ifPresent(Store.Watch::close);
    generation++;
    AccountMail account = mail.account(ALICE);
    watch = Optional.of(account.watch(() -> touched.set(true)));
    for (String message : MESSAGES) {
      append(account, "INBOX", message);
    }
    account.create(MailboxName.of("Work/B\u00fcro"));
    append(account, "Work/B\u00fcro", MESSAGES.getFirst());
    before = state();
    touched.set(false);
  }

  private void append(AccountMail account, String mailbox, String message) throws IOException {
    try (Staging staging = store.stage(1 << 20)) {
      staging.write(message.getBytes(UTF_8));
      try (Staged staged = staging.finish()) {
        account.append(
            account.find(MailboxName.of(mailbox)).orElseThrow(),
            staged,
            NewEmail.of(Flags.NONE, DATE));
      }
    }
  }

  private List<Object> state() {
    AccountMail account = mail.account(ALICE);
    List<MailboxStatus> statuses =
        account.mailboxes().stream().flatMap(m -> account.status(m.id()).stream()).toList();
    return List.of(statuses, account.mailboxes(), account.subscriptions());
  }

  /** Serves one session to its end; a bug of ours is a finding. */
  void serve(ConnectionHandler server, Connection connection) {
    noted.clear();
    try {
      server.serve(connection);
    } catch (IOException e) {
      // the peer left in mid-command, or does not read: the listener closes the connection
      Promise.holds(e.getMessage() != null, () -> "a failure without words: " + e);
    }
    List<Entry> entries = List.copyOf(noted);
    for (Entry entry : entries) {
      if (entry.event() instanceof Event.Fault fault) {
        throw new AssertionError("a fault: " + fault);
      }
    }
    FuzzedBlocks.keeps(entries);
  }

  static InetAddress address(String digits) {
    return org.thurn.name.IpAddress.of(digits);
  }

  @Override
  public void close() throws IOException {
    watch.ifPresent(Store.Watch::close);
    directory.close();
    store.close();
    budget.close();
    Folders.delete(folder);
  }

  /** Who may log in. */
  private enum Known implements CredentialStore {
    INSTANCE;

    private final ScramKeys keys = ScramKeys.derive(PASSWORD, new byte[16], 4096);

    @Override
    public Optional<Mailbox> verify(String user, String password) {
      boolean known = user.equals(ALICE.toString()) && password.equals(PASSWORD);
      return known ? Optional.of(ALICE) : Optional.empty();
    }

    @Override
    public Optional<Scram> scram(String user) {
      boolean known = user.equals(ALICE.toString());
      return known ? Optional.of(new Scram(ALICE, keys)) : Optional.empty();
    }

    @Override
    public boolean keepsScramKeys() {
      return true;
    }

    @Override
    public String canonical(String user) {
      return user;
    }
  }
}

package org.thurn.access;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.thurn.access.imap.ImapServer;
import org.thurn.access.imap.ImapSettings;
import org.thurn.access.pop3.Pop3Server;
import org.thurn.access.pop3.Pop3Settings;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.Append;
import org.thurn.mailbox.Flags;
import org.thurn.mailbox.MailStore;
import org.thurn.mailbox.MailboxName;
import org.thurn.mailbox.NewEmail;
import org.thurn.mailbox.Quota;
import org.thurn.name.Mailbox;
import org.thurn.net.Listener;
import org.thurn.net.ListenerSettings;
import org.thurn.sasl.CredentialStore;
import org.thurn.sasl.FailedLogins;
import org.thurn.sasl.SaslMechanisms;
import org.thurn.sasl.SaslServers;
import org.thurn.sasl.ScramKeys;
import org.thurn.store.Body;
import org.thurn.store.BodyId;
import org.thurn.store.Staged;
import org.thurn.store.Staging;
import org.thurn.store.Store;
import org.thurn.store.rocksdb.RocksBudget;
import org.thurn.store.rocksdb.RocksStore;
import org.thurn.store.rocksdb.RocksStoreSettings;
import org.thurn.testing.TestCertificates;
import org.thurn.time.Time;
import org.thurn.tls.TlsServer;

/**
 * IMAP and POP3, each plain and with implicit TLS, on free ports of 127.0.0.1, with the real store
 * in a folder. Accounts: alice and bob at strict.example, password {@code secret}.
 */
public final class AccessServer implements AutoCloseable {
  public static final Mailbox ALICE = Mailbox.of("alice@strict.example");
  public static final Mailbox BOB = Mailbox.of("bob@strict.example");
  public static final String PASSWORD = "secret";
  public static final Instant DATE = Instant.parse("2026-11-24T06:40:00Z");

  /** What a test may want otherwise. */
  public record Options(boolean plaintext, Quota quota, long appendLimit) {
    public static final Options DEFAULT = new Options(true, Quota.NONE, 1 << 20);
  }

  private final RocksBudget budget = RocksBudget.small();
  private final Store store;
  private final MailStore mail;
  private final Path authority;
  private final List<Entry> entries = Collections.synchronizedList(new ArrayList<>());
  private final List<Listener> listeners = new ArrayList<>();

  public AccessServer(Path folder) throws IOException {
    this(folder, Options.DEFAULT);
  }

  public AccessServer(Path folder, Options options) throws IOException {
    Time time = Time.system();
    store = RocksStore.open(RocksStoreSettings.of(folder.resolve("store")), budget, time);
    mail = new MailStore(store, time, account -> options.quota());
    Files.createDirectories(folder);
    TestCertificates certificates = new TestCertificates();
    certificates.issue("localhost").writeTo(folder);
    authority = certificates.writeAuthority(folder.resolve("ca.pem"));
    TlsServer tls = new TlsServer(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    Credentials credentials = new Credentials();
    SaslMechanisms sasl =
        new SaslServers(
            credentials,
            new byte[16],
            new FailedLogins(credentials::canonical, false, Time.system()));
    Journey journey = Journey.to(entries::add, time, new Ids(time));
    ImapServer imap =
        new ImapServer(
            new ImapSettings(
                "mx.strict.example",
                Optional.of(tls),
                options.plaintext(),
                options.appendLimit(),
                new ImapSettings.Limits(
                    64 << 10,
                    8 << 10,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(30),
                    3,
                    Duration.ofMillis(1),
                    5)),
            sasl,
            credentials,
            mail,
            store,
            journey,
            time);
    Pop3Server pop3 =
        new Pop3Server(
            new Pop3Settings(
                "mx.strict.example",
                Optional.of(tls),
                options.plaintext(),
                new Pop3Settings.Limits(
                    8 << 10,
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(10),
                    3,
                    Duration.ofMillis(1),
                    5)),
            sasl,
            credentials,
            mail,
            journey,
            time);
    listeners.add(Listener.open(settings("imap"), imap, time));
    listeners.add(Listener.open(settings("imap").withTls(tls), imap, time));
    listeners.add(Listener.open(settings("pop3"), pop3, time));
    listeners.add(Listener.open(settings("pop3").withTls(tls), pop3, time));
  }

  private static ListenerSettings settings(String protocol) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return ListenerSettings.tcp(protocol, address).withLimits(0, 0, 0);
  }

  private int port(int listener) {
    return ((InetSocketAddress) listeners.get(listener).local()).getPort();
  }

  public int imap() {
    return port(0);
  }

  public int imaps() {
    return port(1);
  }

  public int pop3() {
    return port(2);
  }

  public int pop3s() {
    return port(3);
  }

  public Listener imapListener() {
    return listeners.getFirst();
  }

  /** The certificate authority that clients must trust. */
  public Path authority() {
    return authority;
  }

  /** A body that a commit named. */
  public Body body(BodyId id) {
    return store.body(id).orElseThrow();
  }

  public AccountMail mail(Mailbox account) {
    return mail.account(account);
  }

  /** The events so far. */
  public List<Event> events() {
    synchronized (entries) {
      return entries.stream().map(Entry::event).toList();
    }
  }

  /** Puts a message into a mailbox of alice and returns its UID. */
  public long append(String mailbox, String message, Flags flags) {
    return append(mailbox, message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), flags);
  }

  public long append(String mailbox, byte[] message, Flags flags) {
    AccountMail account = mail(ALICE);
    try (Staging staging = store.stage(64L << 20)) {
      staging.write(message);
      try (Staged staged = staging.finish()) {
        Append append =
            account.append(
                account.find(MailboxName.of(mailbox)).orElseThrow(),
                staged,
                NewEmail.of(flags, DATE));
        return ((Append.Stored) append).uid();
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    listeners.forEach(Listener::close);
    store.close();
    budget.close();
  }

  private static final class Credentials implements CredentialStore {
    private final ScramKeys keys =
        ScramKeys.derive(PASSWORD, "0123456789abcdef".getBytes(StandardCharsets.US_ASCII), 4096);

    @Override
    public Optional<Mailbox> verify(String user, String password) {
      return password.equals(PASSWORD) ? account(user) : Optional.empty();
    }

    @Override
    public Optional<Scram> scram(String user) {
      return account(user).map(account -> new Scram(account, keys));
    }

    @Override
    public boolean keepsScramKeys() {
      return true;
    }

    @Override
    public String canonical(String user) {
      return user;
    }

    private static Optional<Mailbox> account(String user) {
      return List.of(ALICE, BOB).stream()
          .filter(account -> user.equals(account.toString()))
          .findFirst();
    }
  }
}

package org.thurn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thurn.access.LineClient;
import org.thurn.admin.Status;
import org.thurn.directory.Change;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.DnsName;
import org.thurn.dns.ZoneTree;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.MailboxName;
import org.thurn.mailbox.MessageRow;
import org.thurn.mailbox.UidSet;
import org.thurn.name.IpAddress;
import org.thurn.name.Mailbox;
import org.thurn.time.Time;

/**
 * The server that a {@code thurn.toml} in a folder describes, on free ports of 127.0.0.1, with a
 * DNS in this process. The DNS knows sender.example, whose MX is a closed port of this machine.
 */
public final class TestServer implements AutoCloseable {
  public static final Mailbox ALICE = Mailbox.of("alice@own.example");
  public static final String PASSWORD = "correct horse";
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Every protocol without TLS, on ports of the system's choice. */
  public static final String PLAIN_LISTENERS =
      listener("smtp", 0)
          + listener("submission", 0)
          + listener("imap", 0)
          + listener("pop3", 0)
          + listener("http", 0);

  private final Path folder;
  private final AuthoritativeServer dns;
  private final Shared shared = Shared.open();
  private Optional<MailServer> running = Optional.empty();

  public TestServer(Path folder) throws Exception {
    this.folder = folder;
    ZoneTree zones =
        ZoneTree.builder(Time.system())
            .server(IpAddress.of("127.0.0.1"))
            .unsigned(new DnsName("example"))
            .records(
                """
                sender.example. 300 IN MX 10 mx.sender.example.
                mx.sender.example. 300 IN A 127.0.0.1
                own.example. 300 IN MX 10 mx.own.example.
                mx.own.example. 300 IN A 127.0.0.1
                """)
            .build();
    InetSocketAddress address = new InetSocketAddress(IpAddress.of("127.0.0.1"), 0);
    dns = AuthoritativeServer.start(zones, List.of(address), served -> {});
  }

  public static String listener(String protocol, int port) {
    return "[[listener]]\nprotocol = \"%s\"\naddress = \"127.0.0.1\"\nport = %d\n"
        .formatted(protocol, port);
  }

  /** Writes the settings: who it is and whom it asks, then these lines. */
  public TestServer configure(String lines) throws IOException {
    int port = dns.addresses().getFirst().getPort();
    Files.writeString(
        config(),
        """
        state = "state"
        hostname = "mx.own.example"
        dns.servers = ["127.0.0.1:%d"]
        relay.port = 1
        """
                .formatted(port)
            + lines);
    return this;
  }

  public TestServer start() throws IOException, SettingsException {
    return start(Time.system());
  }

  /** Starts it by this clock. */
  public TestServer start(Time time) throws IOException, SettingsException {
    running = Optional.of(MailServer.start(config(), shared, time));
    return this;
  }

  public void stop() throws IOException {
    if (running.isPresent()) {
      MailServer server = running.get();
      running = Optional.empty();
      server.close();
    }
  }

  public Path config() {
    return folder.resolve("thurn.toml");
  }

  public Path state() {
    return folder.resolve("state");
  }

  public MailServer server() {
    return running.orElseThrow();
  }

  public void account(Mailbox address) {
    assertThat(server().inside().directory().changes().addAccount(address, PASSWORD, "test"))
        .isInstanceOf(Change.Done.class);
  }

  /** The port of the first listener of a protocol. */
  public int port(String protocol) {
    return server().listening().stream()
        .filter(listening -> listening.protocol().equals(protocol))
        .map(Status.Listening::port)
        .findFirst()
        .orElseThrow();
  }

  public LineClient connect(String protocol) throws IOException {
    return new LineClient(port(protocol));
  }

  /** A message to an account here, by a dialogue as a person would type it. */
  public static void deliver(int port, Mailbox to, String header) throws IOException {
    try (LineClient client = new LineClient(port)) {
      assertThat(client.line()).startsWith("220 ");
      beginData(client, to);
      client.sendRaw(header + "\r\n\r\nHello.\r\n");
      client.send(".");
      assertThat(client.line()).startsWith("250 ");
      client.send("QUIT");
      assertThat(client.line()).startsWith("221 ");
    }
  }

  /** HELO to DATA, whose 354 has been read. */
  public static void beginData(LineClient client, Mailbox to) throws IOException {
    for (String command :
        List.of("HELO sender.example", "MAIL FROM:<bob@sender.example>", "RCPT TO:<" + to + ">")) {
      client.send(command);
      assertThat(client.line()).as(command).startsWith("250 ");
    }
    client.send("DATA");
    assertThat(client.line()).startsWith("354 ");
  }

  /** The INBOX when it holds at least so many messages. */
  public List<MessageRow> inbox(Mailbox account, int atLeast) throws Exception {
    AccountMail mail = server().inside().mail().account(account);
    MailboxName inbox = MailboxName.parse("INBOX").orElseThrow();
    until(() -> messages(mail, inbox).size() >= atLeast);
    return messages(mail, inbox);
  }

  private static List<MessageRow> messages(AccountMail mail, MailboxName name) {
    return mail.find(name).map(id -> mail.messages(id, UidSet.ALL, 100)).orElse(List.of());
  }

  /** Waits until it is so, or fails after a minute. */
  public static void until(Callable<Boolean> condition) throws Exception {
    Time time = Time.system();
    long end = time.ticks() + LONGEST.toNanos();
    while (!condition.call()) {
      assertThat(time.ticks()).as("waited for a minute in vain").isLessThan(end);
      time.pause(Duration.ofMillis(10));
    }
  }

  @Override
  public void close() throws IOException {
    stop();
    shared.close();
    dns.close();
  }
}

package org.thurn.whole;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurn.directory.Change;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.DnsName;
import org.thurn.dns.ResolverSettings;
import org.thurn.dns.TsigKey;
import org.thurn.dns.UpdateGrant;
import org.thurn.dns.ZoneTree;
import org.thurn.journey.Entry;
import org.thurn.mailbox.AccountMail;
import org.thurn.mailbox.Email;
import org.thurn.mailbox.MailboxName;
import org.thurn.mailbox.UidSet;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.name.Mailbox;
import org.thurn.net.IpNetwork;
import org.thurn.server.CertificateSettings;
import org.thurn.server.Inside;
import org.thurn.server.ListenerSetting;
import org.thurn.server.ListenerSetting.Service;
import org.thurn.server.ListenerSetting.TlsMode;
import org.thurn.server.MailServer;
import org.thurn.server.Settings;
import org.thurn.server.Shared;
import org.thurn.server.StsSettings;
import org.thurn.testing.Asked;
import org.thurn.time.Time;
import org.thurn.transfer.policy.PolicyPage;
import org.thurn.transfer.relay.TlsLevels;
import org.thurn.transfer.signing.SignerSettings;
import tools.jackson.databind.node.ObjectNode;

/** A DNS, and servers that find each other by it; all on one port, as on the large one. */
final class SmallInternet implements AutoCloseable {
  static final String PASSWORD = "correct horse";
  private static final DnsName KEY = new DnsName("keys.example");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Path state;
  private final Shared shared;
  private final Path secret;
  final InetSocketAddress dns;
  private final Time time;
  final int port;

  /**
   * @param zone records in master-file form
   */
  SmallInternet(Path state, String zone) throws Exception {
    this(state, zone, Time.system());
  }

  /**
   * @param time of the servers
   */
  SmallInternet(Path state, String zone, Time time) throws Exception {
    this.state = state;
    this.time = time;
    this.port = freePort();
    shared = keep(Shared.open());
    ZoneTree tree = ZoneTree.builder(Time.system()).records(zone).build();
    List<InetSocketAddress> any = List.of(new InetSocketAddress(IpAddress.of("127.0.0.1"), 0));
    secret = Files.writeString(state.resolve("secret"), "c2l4dGVlbiBvY3RldHMgYXQgbGVhc3Q=");
    TsigKey key = TsigKey.read(KEY, TsigKey.Algorithm.HMAC_SHA256, secret);
    List<UpdateGrant> grants = List.of(new UpdateGrant(key, Set.of(DnsName.ROOT)));
    dns = keep(AuthoritativeServer.start(tree, any, _ -> {}, grants)).addresses().getFirst();
  }

  /** One that is free at this address is free at the others of these tests, too. */
  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, IpAddress.of("127.26.0.1"))) {
      return probe.getLocalPort();
    }
  }

  /** What a server has that others do not. */
  record Character(
      Map<String, Settings.Route> routes,
      List<IpNetwork> trusted,
      int messagesPerHour,
      Settings.Queue queue,
      Settings.Dmarc dmarc,
      PolicyPage page,
      Settings.Arc arc,
      Settings.TlsReports tlsReports) {
    Character(
        Map<String, Settings.Route> routes,
        List<IpNetwork> trusted,
        int messagesPerHour,
        Settings.Queue queue) {
      this(
          routes,
          trusted,
          messagesPerHour,
          queue,
          Settings.Dmarc.USUAL,
          PolicyPage.DEFAULT,
          Settings.Arc.USUAL,
          Settings.TlsReports.USUAL);
    }

    Character reporting(Settings.Dmarc other) {
      return new Character(routes, trusted, messagesPerHour, queue, other, page, arc, tlsReports);
    }

    Character judging(PolicyPage other) {
      return new Character(routes, trusted, messagesPerHour, queue, dmarc, other, arc, tlsReports);
    }

    Character sealing(Settings.Arc other) {
      return new Character(routes, trusted, messagesPerHour, queue, dmarc, page, other, tlsReports);
    }

    Character reportingTls(Settings.TlsReports other) {
      return new Character(routes, trusted, messagesPerHour, queue, dmarc, page, arc, other);
    }
  }

  /** One of the servers. */
  record Host(
      MailServer server,
      Inside inside,
      InetSocketAddress smtp,
      InetSocketAddress submission,
      Path lmtp,
      Path state) {
    void account(Mailbox address) {
      assertThat(inside.directory().changes().addAccount(address, PASSWORD, "test"))
          .isInstanceOf(Change.Done.class);
    }

    /** Logged in on the submission port. */
    Talker submit(Mailbox account) throws IOException {
      return Talker.to(submission).as(account, PASSWORD);
    }

    List<String> inbox(Mailbox account) {
      AccountMail mail = inside.mail().account(account);
      List<String> texts = new ArrayList<>();
      mail.find(MailboxName.INBOX)
          .ifPresent(
              inbox ->
                  mail.messages(inbox, UidSet.ALL, 1_000)
                      .forEach(
                          row -> texts.add(text(mail, mail.email(row.email()).orElseThrow()))));
      return texts;
    }

    /** The next message that comes after the first {@code before}. */
    String mailAfter(int before, Mailbox account) {
      await(() -> inbox(account).size() > before, () -> "no mail came for " + account);
      return inbox(account).get(before);
    }

    /** What {@code thurn} says when it is asked so, and its exit code. */
    String thurn(int exit, String command, ObjectNode arguments) throws IOException {
      return Asked.thurn(state, exit, command, arguments);
    }

    List<String> journey(String queueId) {
      return inside.journal().trace(queueId).stream().map(SmallInternet::shown).toList();
    }

    void awaitEmptyQueue() {
      await(
          () -> inside.queue().list(Optional.empty(), 1).isEmpty(),
          () -> "still queued: " + inside.queue().list(Optional.empty(), 9));
    }
  }

  private static String shown(Entry entry) {
    return entry.event().type() + " " + entry.event();
  }

  private static String text(AccountMail mail, Email email) {
    try (InputStream in = mail.content(email).orElseThrow().open()) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Host host(String name, String address, Character character) throws Exception {
    Path own = state.resolve(name);
    InetAddress here = IpAddress.of(address);
    Path lmtp = state.resolve(name + ".lmtp");
    MailServer server =
        keep(
            MailServer.start(
                new Settings(
                    own,
                    Domain.of(name),
                    List.of(
                        new ListenerSetting(
                            Service.SMTP, Optional.of(here), Optional.empty(), port, TlsMode.NONE),
                        new ListenerSetting(
                            Service.SUBMISSION,
                            Optional.of(here),
                            Optional.empty(),
                            0,
                            TlsMode.NONE),
                        new ListenerSetting(
                            Service.LMTP, Optional.empty(), Optional.of(lmtp), 0, TlsMode.NONE)),
                    new Settings.Dns(
                        List.of(dns), Optional.empty(), ResolverSettings.DEFAULT_TIMEOUT),
                    Optional.empty(),
                    CertificateSettings.NONE,
                    new Settings.Relay(
                        port, Optional.of(here), 20, character.routes(), TlsLevels.DEFAULT),
                    StsSettings.USUAL,
                    character.queue(),
                    new Settings.Intake(
                        8 << 20,
                        1_000,
                        character.trusted(),
                        true,
                        0,
                        100,
                        character.messagesPerHour(),
                        10_000,
                        false,
                        List.of()),
                    new Settings.Authentication(true, Optional.empty(), character.page(), false),
                    new Settings.Dkim(
                        SignerSettings.DEFAULT,
                        Duration.ofDays(180),
                        Optional.of(
                            new Settings.Update(dns, KEY, secret, TsigKey.Algorithm.HMAC_SHA256))),
                    character.arc(),
                    character.dmarc(),
                    character.tlsReports(),
                    new Settings.Access(true),
                    new Settings.Log(false)),
                shared,
                time));
    Matcher submission = Pattern.compile("submission \\S+#(\\d+)").matcher(server.greeting());
    assertThat(submission.find()).isTrue();
    return new Host(
        server,
        server.inside(),
        new InetSocketAddress(here, port),
        new InetSocketAddress(here, Integer.parseInt(submission.group(1))),
        lmtp,
        own);
  }

  Sink sink(String address) throws IOException {
    return keep(new Sink(IpAddress.of(address), port));
  }

  /** Waits for other threads, not long. */
  static void await(java.util.function.BooleanSupplier condition, Supplier<String> complaint) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        fail(complaint.get());
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private <T extends AutoCloseable> T keep(T part) {
    opened.push(part);
    return part;
  }

  @Override
  public void close() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}

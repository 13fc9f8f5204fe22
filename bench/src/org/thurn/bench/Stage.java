package org.thurn.bench;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.ZoneTree;
import org.thurn.time.Time;

/** What all servers under test share: the folder, a DNS, and those who drive them. */
final class Stage {
  private static final String ZONE =
      """
      bench.example.            300 IN MX  10 mx.bench.example.
      mx.bench.example.         300 IN A   127.0.0.1
      client.example.           300 IN MX  10 mx.client.example.
      mx.client.example.        300 IN A   127.0.0.1
      elsewhere.example.        300 IN MX  10 mx.elsewhere.example.
      mx.elsewhere.example.     300 IN A   127.0.0.1
      1.0.0.127.in-addr.arpa.   300 IN PTR mx.client.example.
      """;

  private final Path launcher;
  final Workplace place;
  final Group driver;
  final InetSocketAddress dns;

  /**
   * @param launcher Thurn's
   */
  Stage(Path launcher, Workplace place) throws Exception {
    this.launcher = launcher;
    this.place = place;
    driver = place.keep(Group.make("driver"));
    ZoneTree tree = ZoneTree.builder(Time.system()).records(ZONE).build();
    dns =
        place
            .keep(AuthoritativeServer.start(tree, List.of(Ports.at(0)), _ -> {}))
            .addresses()
            .getFirst();
  }

  /** Starts what a workload needs. */
  Server start(Workload workload, Group group, Path folder) throws Exception {
    return switch (workload.role) {
      case SINK -> sink(group, folder);
      case POSTFIX_DISCARD -> {
        Postfix postfix = Postfix.start(group, folder, "default_transport = discard\n");
        yield new Server(postfix.address(), false, group, postfix::empty, () -> -1);
      }
      case POSTFIX_RELAY -> {
        Sink sink = Sink.start(driver, folder);
        String ways = "relayhost = [127.0.0.1]:" + sink.address().getPort() + "\n";
        Postfix postfix = Postfix.start(group, folder, ways);
        yield new Server(postfix.address(), false, group, postfix::empty, sink::count);
      }
      case POSTFIX_DOVECOT -> postfixAndDovecot(group, folder, workload.mailboxes);
      case DOVECOT_LMTP -> {
        Dovecot dovecot = Dovecot.start(group, folder);
        yield new Server(dovecot.lmtp(), true, group, () -> true, dovecot::arrived);
      }
      case THURN -> {
        Thurn thurn = thurn(group, folder, workload.mailboxes, "");
        yield new Server(thurn.smtp(), false, group, thurn::empty, thurn::stored);
      }
      case THURN_LMTP -> {
        Thurn thurn = thurn(group, folder, workload.mailboxes, "");
        yield new Server(thurn.lmtp(), true, group, thurn::empty, thurn::stored);
      }
      case THURN_RELAY -> {
        Sink sink = Sink.start(driver, folder);
        Thurn thurn = thurn(group, folder, 0, relaying(sink.address()));
        yield new Server(thurn.smtp(), false, group, thurn::empty, sink::count);
      }
    };
  }

  private static Server sink(Group group, Path folder) throws Exception {
    Sink sink = Sink.start(group, folder);
    return new Server(sink.address(), false, group, () -> true, sink::count);
  }

  private static Server postfixAndDovecot(Group group, Path folder, int mailboxes)
      throws Exception {
    Path own = Files.createDirectory(folder.resolve("dovecot"));
    Dovecot dovecot = Dovecot.start(group, own);
    String known =
        IntStream.range(0, mailboxes)
            .mapToObj(i -> "{user%d@bench.example = user%d}".formatted(i, i))
            .collect(Collectors.joining(", "));
    Postfix postfix =
        Postfix.start(
            group,
            folder,
            """
            virtual_mailbox_domains = bench.example
            virtual_mailbox_maps = inline:{%s}
            virtual_transport = lmtp:unix:%s
            """
                .formatted(known, dovecot.socket()));
    return new Server(postfix.address(), false, group, postfix::empty, dovecot::arrived);
  }

  /** A Thurn with these settings added to the usual ones. */
  Thurn thurn(Group group, Path folder, int accounts, String more) throws Exception {
    Thurn thurn = Thurn.prepare(folder, dns, accounts, more);
    thurn.start(group, launcher);
    return thurn;
  }

  static String relaying(InetSocketAddress next) {
    return """
    [intake]
    trusted-networks = ["127.0.0.0/8"]
    [[route]]
    domain = "*"
    host = "[127.0.0.1]"
    port = %d
    """
        .formatted(next.getPort());
  }

  Path launcher() {
    return launcher;
  }
}

package org.thurn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.access.LineClient;
import org.thurn.name.IpAddress;
import org.thurn.name.Mailbox;
import org.thurn.server.TestServer;

/** A DNS that does not answer, one that fails, and one whose answers are not signed as they must. */
class DeadDnsTest {
  private static final int CLIENTS = 40;
  private static final String LATER = "451 4.4.3 ";

  /** Any key will do: nothing that is served here is signed by it. */
  private static final String ANCHOR = ". 86400 IN DS 4711 8 2 " + "ab".repeat(32) + "\n";

  @TempDir Path folder;

  /** Takes questions; answers each SERVFAIL, or not at all. */
  private static final class Nameserver implements AutoCloseable {
    private final DatagramSocket socket;
    private final boolean answers;

    Nameserver(boolean answers) throws IOException {
      this.answers = answers;
      socket = new DatagramSocket(new InetSocketAddress(IpAddress.of("127.0.0.1"), 0));
      Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
      DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
      while (!socket.isClosed()) {
        try {
          packet.setLength(4096);
          socket.receive(packet);
          if (answers) {
            byte[] question = packet.getData();
            question[2] |= (byte) 0x80; // QR, RFC 1035 §4.1.1
            question[3] = 2; // SERVFAIL
            socket.send(packet);
          }
        } catch (IOException e) {
          return; // closed
        }
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  private static String settings(int nameserver) {
    return """
    state = "state"
    hostname = "mx.own.example"
    dns.servers = ["127.0.0.1:%d"]
    dns.timeout = "1s"
    intake.trusted-networks = ["127.0.0.2/32"]
    """
            .formatted(nameserver)
        + TestServer.listener("smtp", 0);
  }

  private static String send(LineClient client, String to) throws IOException {
    try (client) {
      return GoodClient.deliver(client, Mailbox.of(to), "Hello.\r\n");
    }
  }

  private static void senderIsDeferred(TestServer server) throws Exception {
    server.account(TestServer.ALICE);
    assertThat(send(server.connect("smtp"), "alice@own.example")).startsWith(LATER);
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    List<Future<String>> replies = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        replies.add(clients.submit(() -> send(server.connect("smtp"), "alice@own.example")));
      }
    }
    for (Future<String> reply : replies) {
      assertThat(reply.get()).startsWith(LATER);
    }
    assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(threads + 20);
  }

  private static void queueDefers(TestServer server) throws Exception {
    LineClient trusted = LineClient.from(IpAddress.of("127.0.0.2"), server.port("smtp"));
    assertThat(send(trusted, "somebody@far.example")).startsWith("250 ");
    TestServer.until(
        () -> Files.readString(server.state().resolve("mail.log")).contains("type=deferred"));
    assertThat(server.server().inside().queue().ledger().open()).isEqualTo(1);
  }

  private void deferredBy(boolean answers) throws Exception {
    try (Nameserver nameserver = new Nameserver(answers);
        TestServer server = new TestServer(folder)) {
      Files.writeString(server.config(), settings(nameserver.socket.getLocalPort()));
      server.start();
      senderIsDeferred(server);
      queueDefers(server);
    }
  }

  @Test
  void whereNobodyAnswersMailIsForLater() throws Exception {
    deferredBy(false);
  }

  @Test
  void whereTheServerFailsMailIsForLater() throws Exception {
    deferredBy(true);
  }

  @Test
  void answersWithoutTheSignaturesThatMustBeThereAreNoAnswers() throws Exception {
    Files.writeString(folder.resolve("anchor"), ANCHOR);
    try (TestServer server = new TestServer(folder)) {
      server
          .configure("dns.trust-anchor = \"anchor\"\ndns.timeout = \"1s\"\n" + TestServer.listener("smtp", 0))
          .start();
      senderIsDeferred(server);
      Path log = server.state().resolve("mail.log");
      TestServer.until(() -> Files.readString(log).contains("security=bogus"));
    }
  }
}

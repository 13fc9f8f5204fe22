package org.thurn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.access.LineClient;
import org.thurn.admin.Exit;
import org.thurn.admin.Outcome;
import org.thurn.admin.Status;
import org.thurn.name.Mailbox;
import org.thurn.testing.TestCertificates;

class ReloadTest {
  private static final String TLS_ROW =
      "[tls]~certificate = \"cert.pem\"~key = \"key.pem\"| the file names in [tls]";
  private static final String TLS = "[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n";

  @TempDir Path folder;
  private final TestCertificates certificates = new TestCertificates();
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    certificates.issue("mx.own.example").writeTo(folder);
    server = new TestServer(folder).configure(listeners("smtp", "imap")).start();
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  private static String listeners(String... protocols) {
    StringBuilder text = new StringBuilder();
    for (String protocol : protocols) {
      text.append(TestServer.listener(protocol, 0));
    }
    return text.toString();
  }

  private List<String> protocols() {
    return server.server().listening().stream().map(Status.Listening::protocol).toList();
  }

  private String size() throws IOException {
    try (LineClient client = server.connect("smtp")) {
      client.line();
      client.send("EHLO client.example");
      return client.until("250 ").lines().filter(l -> l.contains("SIZE")).findFirst().orElse("");
    }
  }

  @Test
  void whoIsToSealMustBeADomainOfOurs() throws Exception {
    String listeners = listeners("smtp", "imap");
    server.configure(listeners + "[arc]\nseal = true\n");
    Outcome none = server.server().reload();
    assertThat(none.exit()).isEqualTo(Exit.DATA);
    assertThat(none.words()).contains("neither in nor below a domain of this server");

    Mailbox anna = Mailbox.of("anna@own.example");
    server.server().inside().directory().changes().addAccount(anna, "secret", "test");
    assertThat(server.server().reload().exit()).isEqualTo(Exit.OK);
    server.configure(listeners + "[arc]\nseal = true\ndomain = \"own.example\"\n");
    assertThat(server.server().reload().exit()).isEqualTo(Exit.OK);
    server.configure(listeners + "[arc]\nseal = true\ndomain = \"else.example\"\n");
    Outcome other = server.server().reload();
    assertThat(other.exit()).isEqualTo(Exit.DATA);
    assertThat(other.words()).contains("must be one of this server's domains, not else.example");
  }

  /** The first start has no domain yet. */
  @Test
  void aStartNotesThatNothingCanBeSealed() throws Exception {
    server.close();
    server = new TestServer(folder).configure(listeners("smtp") + "[arc]\nseal = true\n").start();
    TestServer.until(() -> server.log().contains("where=start"));
    assertThat(server.log()).contains("type=fault").contains("[arc] needs domain: mx.own.example");
  }

  @Test
  void aListenerIsAddedAnotherIsClosedAndTheThirdKeepsItsPort() throws Exception {
    int smtp = server.port("smtp");
    int imap = server.port("imap");
    server.configure(listeners("smtp", "pop3"));

    assertThat(server.server().reload().exit()).isEqualTo(Exit.OK);

    assertThat(protocols()).containsExactlyInAnyOrder("smtp", "pop3");
    assertThat(server.port("smtp")).isEqualTo(smtp);
    try (LineClient pop3 = server.connect("pop3")) {
      assertThat(pop3.line()).startsWith("+OK");
    }
    assertThatThrownBy(() -> new LineClient(imap).close()).isInstanceOf(IOException.class);
  }

  @Test
  void theSessionsOfAListenerThatIsGoneComeToAGoodEnd() throws Exception {
    server.account(TestServer.ALICE);
    int smtp = server.port("smtp");
    try (LineClient busy = new LineClient(smtp);
        LineClient idle = new LineClient(smtp);
        LineClient reader = server.connect("imap")) {
      assertThat(busy.line()).startsWith("220 ");
      assertThat(idle.line()).startsWith("220 ");
      assertThat(reader.line()).startsWith("* OK");
      TestServer.beginData(busy, TestServer.ALICE);
      server.configure(listeners("pop3"));

      assertThat(server.server().reload().exit()).isEqualTo(Exit.OK);

      assertThat(idle.line()).startsWith("421 ");
      assertThat(reader.line()).startsWith("* BYE");
      assertThatThrownBy(() -> new LineClient(smtp).close()).isInstanceOf(IOException.class);
      busy.sendRaw("Subject: to its end\r\n\r\nHello.\r\n.\r\n");
      assertThat(busy.line()).startsWith("250 ");
      assertThat(busy.line()).startsWith("421 ");
      assertThat(busy.line()).isEqualTo("<closed>");
    }
  }

  @Test
  void theSessionsOfAPortThatIsOpenedAnewEndWell() throws Exception {
    int port = freePort();
    server.stop();
    server.configure(TestServer.listener("smtp", port) + TLS).start();
    server.account(TestServer.ALICE);
    try (LineClient busy = new LineClient(port)) {
      assertThat(busy.line()).startsWith("220 ");
      TestServer.beginData(busy, TestServer.ALICE);
      server.configure(TestServer.listener("smtp", port) + "tls = \"none\"\n" + TLS);

      assertThat(server.server().reload().exit()).isEqualTo(Exit.OK);

      try (LineClient next = new LineClient(port)) {
        assertThat(next.line()).startsWith("220 ");
      }
      busy.sendRaw("Subject: to its end\r\n\r\nHello.\r\n.\r\n");
      assertThat(busy.line()).startsWith("250 ");
      assertThat(busy.line()).startsWith("421 ");
    }
  }

  @Test
  void aServerStopsWithWhatAReloadLeft() throws Exception {
    server.account(TestServer.ALICE);
    LineClient busy = server.connect("smtp");
    assertThat(busy.line()).startsWith("220 ");
    TestServer.beginData(busy, TestServer.ALICE);
    server.configure(listeners("pop3"));
    assertThat(server.server().reload().exit()).isEqualTo(Exit.OK);
    Thread stop = Thread.ofVirtual().start(this::stop);
    busy.close();
    assertThat(stop.join(Duration.ofSeconds(20))).isTrue();
  }

  private void stop() {
    try {
      server.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLimitHoldsForTheNextConnectionToAListenerThatStays() throws Exception {
    assertThat(size()).endsWith("SIZE " + (50 << 20));
    server.configure(listeners("smtp", "imap") + "[intake]\nmax-message-octets = 100000\n");

    assertThat(server.server().reload().exit()).isEqualTo(Exit.OK);

    assertThat(size()).endsWith("SIZE 100000");
  }

  @Test
  void aMistakeInTheFileChangesNothing() throws Exception {
    server.configure(listeners("smtp", "pop3") + "[intake]\nmax-message-octets = \"many\"\n");

    assertThat(server.server().reload())
        .satisfies(outcome -> assertThat(outcome.exit()).isEqualTo(Exit.DATA))
        .satisfies(outcome -> assertThat(outcome.words()).contains("intake.max-message-octets"));
    assertThat(protocols()).containsExactly("smtp", "imap");
  }

  @Test
  void aPortThatIsTakenChangesNothing() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.configure(
          listeners("smtp", "pop3")
              + TestServer.listener("imap", taken.getLocalPort())
              + "[intake]\nmax-message-octets = 100000\n");

      assertThat(server.server().reload())
          .satisfies(outcome -> assertThat(outcome.exit()).isEqualTo(Exit.UNAVAILABLE))
          .satisfies(
              outcome ->
                  assertThat(outcome.words())
                      .startsWith("nothing was changed")
                      .contains(String.valueOf(taken.getLocalPort())));
    }
    assertThat(protocols()).containsExactly("smtp", "imap");
    assertThat(size()).endsWith("SIZE " + (50 << 20));
  }

  @Test
  void aTrustAnchorThatIsNoneChangesNothing() throws Exception {
    Files.writeString(folder.resolve("root.ds"), "no records\n");
    server.configure("dns.trust-anchor = \"root.ds\"\n" + listeners("smtp", "pop3"));

    assertThat(server.server().reload().exit()).isEqualTo(Exit.DATA);
    assertThat(protocols()).containsExactly("smtp", "imap");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[queue]~first-retry = \"1m\"              | [queue]",
        "[log]~format = \"json\"                   | [log]",
        "[intake]~connections-per-address = 5      | connections-per-address",
        TLS_ROW
      })
  void whatNeedsARestartIsNamed(String lines, String words) throws Exception {
    server.configure(listeners("smtp", "imap") + lines.replace('~', '\n') + "\n");

    assertThat(server.server().reload())
        .satisfies(outcome -> assertThat(outcome.exit()).isEqualTo(Exit.NO))
        .satisfies(outcome -> assertThat(outcome.words()).contains(words, "with a restart"));
  }

  @Test
  void aPortThatOnlyChangesItsTlsIsOpenedAgain() throws Exception {
    int port = freePort();
    server.stop();
    server.configure(TestServer.listener("imap", port) + TLS).start();
    assertThat(imapCapability(port)).contains("STARTTLS");

    server.configure(TestServer.listener("imap", port) + "tls = \"none\"\n" + TLS);

    assertThat(server.server().reload().exit()).isEqualTo(Exit.OK);
    assertThat(imapCapability(port)).doesNotContain("STARTTLS");
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private static String imapCapability(int port) throws IOException {
    try (LineClient imap = new LineClient(port)) {
      imap.line();
      return imap.command("a", "CAPABILITY");
    }
  }

  @Test
  void newSessionsSeeACertificateThatWasReplaced() throws Exception {
    server.stop();
    server.configure(listeners("smtp", "imaps") + TLS).start();
    X509Certificate before = presented();
    TestCertificates.Issued fresh = certificates.issue("mx.own.example");
    fresh.writeTo(folder);

    assertThat(server.server().reload().exit()).isEqualTo(Exit.OK);

    assertThat(presented()).isEqualTo(fresh.certificate()).isNotEqualTo(before);
  }

  private X509Certificate presented() throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", certificates.authority());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    try (SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port("imap"))) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }
}

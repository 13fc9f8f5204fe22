package org.thurn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thurn.server.TestServer.ALICE;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.access.LineClient;
import org.thurn.admin.Status;
import org.thurn.testing.TestCertificates;

class MailServerTest {
  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void make() throws Exception {
    server = new TestServer(folder);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  @Test
  void aMessageTypedByHandIsDeliveredAndSurvivesARestart() throws Exception {
    server.configure(TestServer.PLAIN_LISTENERS).start();
    server.account(ALICE);

    TestServer.deliver(server.port("smtp"), ALICE, "Subject: one");
    long uid = server.inbox(ALICE, 1).getFirst().uid();
    server.stop();
    server.start();

    assertThat(server.inbox(ALICE, 1)).singleElement().matches(row -> row.uid() == uid);
    TestServer.deliver(server.port("smtp"), ALICE, "Subject: two");
    assertThat(server.inbox(ALICE, 2)).last().matches(row -> row.uid() == uid + 1);
    assertThat(Files.readString(server.state().resolve("mail.log"))).contains("type=stored");
  }

  @Test
  void closingLetsARunningTransactionEndAndTellsNewcomersToComeLater() throws Exception {
    server.configure(TestServer.PLAIN_LISTENERS).start();
    server.account(ALICE);
    int port = server.port("smtp");
    try (LineClient running = new LineClient(port)) {
      running.line();
      TestServer.beginData(running, ALICE);

      FutureTask<Boolean> closed =
          new FutureTask<>(
              () -> {
                server.stop();
                return true;
              });
      Thread.ofVirtual().start(closed);
      TestServer.until(() -> greeting(port).startsWith("421 "));
      running.sendRaw("Subject: last\r\n\r\nHello.\r\n.\r\n");

      assertThat(running.line()).startsWith("250 ");
      assertThat(closed.get()).isTrue();
    }
    server.start();
    assertThat(server.inbox(ALICE, 1)).hasSize(1);
  }

  private static String greeting(int port) throws IOException {
    try (LineClient newcomer = new LineClient(port)) {
      return newcomer.line();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"smtp", "imap", "http"})
  void aPortThatIsTakenIsNamedAndEverythingOpenedBeforeIsClosed(String protocol) throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket taken = new ServerSocket(0, 1, loopback)) {
      int port = taken.getLocalPort();
      server.configure(TestServer.listener("pop3", 0) + TestServer.listener(protocol, port));

      assertThatThrownBy(server::start)
          .isInstanceOf(BindException.class)
          .hasMessageContaining("127.0.0.1")
          .hasMessageContaining(String.valueOf(port));
      assertThat(server.state().resolve("control.sock")).doesNotExist();
    }
    server.start();
    assertThat(server.port(protocol)).isPositive();
  }

  @Test
  void aCertificateThatIsNoneLeavesNothingOpen() throws Exception {
    Files.writeString(folder.resolve("cert.pem"), "no certificate");
    Files.writeString(folder.resolve("key.pem"), "no key");
    String tls = "[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n";
    server.configure(TestServer.PLAIN_LISTENERS + tls);

    assertThatThrownBy(server::start)
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("[tls] certificate or key");
    new TestCertificates().issue("mx.own.example").writeTo(folder);
    server.start();
    assertThat(server.server().greeting()).contains("mx.own.example is up", "imap 127.0.0.1#");
  }

  @Test
  void theMetricsCountTheJourneysInTheFormOfPrometheus() throws Exception {
    server.configure(TestServer.PLAIN_LISTENERS).start();
    server.account(ALICE);
    TestServer.deliver(server.port("smtp"), ALICE, "Subject: counted");
    server.inbox(ALICE, 1);
    TestServer.until(() -> metrics().body().contains("thurn_events_total{type=\"stored\"}"));

    HttpResponse<String> metrics = metrics();
    assertThat(metrics.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    assertThat(metrics.body())
        .contains("# TYPE thurn_events_total counter")
        .contains("thurn_events_total{type=\"stored\"} 1.0")
        .contains("thurn_events_total{type=\"accepted\"} 1.0")
        .contains("thurn_queue_recipients ")
        .contains("jvm_memory_used_bytes");
    String label = "[a-zA-Z_][a-zA-Z0-9_]*=\"[^\"]*\"";
    assertThat(metrics.body().lines())
        .allMatch(
            line ->
                line.matches("# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .*")
                    || line.matches(
                        "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{"
                            + label
                            + "(,"
                            + label
                            + ")*,?\\})? "
                            + "([-+0-9.eE]+|NaN|\\+Inf|-Inf)"));
  }

  private HttpResponse<String> metrics() throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port("http") + "/metrics");
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void withoutTheExemptionForLoopbackNobodyLogsInWithoutTls() throws Exception {
    new TestCertificates().issue("mx.own.example").writeTo(folder);
    String tls = "[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n";
    server
        .configure(TestServer.PLAIN_LISTENERS + tls + "[access]\nplaintext-on-loopback = false\n")
        .start();

    try (LineClient submission = server.connect("submission");
        LineClient imap = server.connect("imap");
        LineClient pop3 = server.connect("pop3")) {
      submission.line();
      submission.send("EHLO client.example");
      assertThat(submission.until("250 ")).contains("STARTTLS").doesNotContain("AUTH");
      submission.send("AUTH PLAIN AAAA");
      assertThat(submission.line()).startsWith("5");
      imap.line();
      assertThat(imap.command("a", "CAPABILITY"))
          .contains("LOGINDISABLED", "STARTTLS")
          .doesNotContain("AUTH=");
      assertThat(imap.command("b", "LOGIN alice@own.example x")).contains("b NO");
      pop3.line();
      pop3.send("USER alice@own.example");
      assertThat(pop3.line()).startsWith("-ERR");
    }
  }

  @Test
  void withTheExemptionSubmissionOffersAuthButPort25NeverDoes() throws Exception {
    server.configure(TestServer.PLAIN_LISTENERS).start();

    assertThat(ehlo("submission")).contains("AUTH ");
    assertThat(ehlo("smtp")).doesNotContain("AUTH");
  }

  private String ehlo(String protocol) throws IOException {
    try (LineClient client = server.connect(protocol)) {
      client.line();
      client.send("EHLO client.example");
      return client.until("250 ");
    }
  }

  @Test
  void aMaildropIsLockedForAllListenersWhateverTheirSettings() throws Exception {
    new TestCertificates().issue("mx.own.example").writeTo(folder);
    server
        .configure(
            TestServer.listener("pop3", 0)
                + TestServer.listener("pop3", 0)
                + "tls = \"none\"\n[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n")
        .start();
    server.account(ALICE);
    List<Status.Listening> both = server.server().listening();
    assertThat(both).extracting(Status.Listening::tls).containsExactly("starttls", "none");
    try (LineClient first = new LineClient(both.getFirst().port());
        LineClient second = new LineClient(both.getLast().port())) {
      assertThat(login(first)).startsWith("+OK");
      assertThat(login(second)).startsWith("-ERR [IN-USE]");
    }
  }

  private static String login(LineClient pop3) throws IOException {
    pop3.line();
    pop3.send("USER " + ALICE);
    pop3.line();
    pop3.send("PASS " + TestServer.PASSWORD);
    return pop3.line();
  }
}

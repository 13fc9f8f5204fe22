package org.thurn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.cli.CommandLineRun.thurn;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.admin.Exit;
import org.thurn.name.IpAddress;
import org.thurn.net.Connection;
import org.thurn.net.ConnectionHandler;
import org.thurn.net.CrlfReader.Line;
import org.thurn.net.Listener;
import org.thurn.net.ListenerSettings;
import org.thurn.testing.TestCertificates;
import org.thurn.time.Time;
import org.thurn.tls.TlsServer;

/** Servers that say this and that before TLS. */
@Timeout(60)
class StartTlsTest {
  private static final TestCertificates CA = new TestCertificates();

  @TempDir private Path folder;

  /**
   * Says the replies in turn, one a command, the first at once.
   *
   * @param tls what begins after the last one
   */
  private record Scripted(String[] replies, Optional<TlsServer> tls) implements ConnectionHandler {
    @Override
    public void serve(Connection connection) throws IOException {
      for (int i = 0; i < replies.length; i++) {
        boolean last = i == replies.length - 1;
        if (i > 0 && !(connection.reader().readLine(100) instanceof Line.Text)) {
          return;
        }
        connection.out().write(replies[i].getBytes(StandardCharsets.US_ASCII));
        connection.out().flush();
        if (last && tls.isPresent()) {
          connection.startTls(tls.get());
        }
      }
      connection.reader().readLine(100);
    }

    @Override
    public byte[] refusal(Limit limit) {
      return new byte[0];
    }

    @Override
    public void broken(Connection connection, IOException cause) {
      // the client hangs up where it is not content
    }
  }

  private CommandLineRun visit(String protocol, String script, boolean tls) throws Exception {
    CA.issue("mx.example").writeTo(folder);
    TlsServer server = new TlsServer(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    String text =
        script
            .replace("LONG", "x".repeat(StartTls.MAX_LINE + 1))
            .replace("MANY", "250-x/".repeat(StartTls.MAX_LINES))
            .replace("LF", "\n");
    String[] replies = text.replace("/", "\r\n").split("~");
    ListenerSettings where =
        ListenerSettings.tcp("test", new InetSocketAddress(IpAddress.of("127.0.0.1"), 0));
    Scripted scripted = new Scripted(replies, tls ? Optional.of(server) : Optional.empty());
    try (Listener listener = Listener.open(where, scripted, Time.system())) {
      int port = ((InetSocketAddress) listener.local()).getPort();
      return thurn(
          "tls",
          "--starttls",
          protocol,
          "--name",
          "mx.example",
          "--ca",
          CA.writeAuthority(folder.resolve("ca.pem")).toString(),
          "127.0.0.1:" + port);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "smtp,  220-a/220 b/~250-c/250 STARTTLS/~220 go/",
    "smtp,  220 b/~250 c/~220-go/220 on/",
    "imap,  * OK hello/~* CAPABILITY/a OK go/",
    "pop3,  +OK hello/~+OK go/",
    "sieve, \"STARTTLS\"/OK hello/~OK go/",
  })
  void everyProtocolHasItsWay(String protocol, String script) throws Exception {
    CommandLineRun run = visit(protocol, script, true);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("authority    verified\n");
  }

  @ParameterizedTest
  @CsvSource({
    "smtp,  554 no/, the server says: 554 no",
    "smtp,  220 b/~250 c/~454 later/, the server says: 454 later",
    "smtp,  220 b/~MANY250 c/~220 go/, the server says more than 100 lines",
    "smtp,  LONG/, the server sends an endless line",
    "smtp,  220 bLFx/, the server sends a bare CR or LF",
    "smtp,  250 what/, the server says: 250 what",
    "imap,  * BYE/, the server says: * BYE",
    "imap,  * OK/~a NO/, the server says: a NO",
    "pop3,  -ERR no/, the server says: -ERR no",
    "pop3,  +OK/~-ERR no/, the server says: -ERR no",
    "sieve, BYE/, the server says: BYE",
    "sieve, OK/~NO/, the server says: NO",
  })
  void whateverElseIsSaidIsNoTls(String protocol, String script, String words) throws Exception {
    CommandLineRun run = visit(protocol, script, false);
    assertThat(run.exit()).isEqualTo(Exit.NO);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("address      127.0.0.1: " + words + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "smtp,  220 b/~250 c/~220 go/250 2.0.0 injected/",
    "imap,  * OK/~a OK go/* CAPABILITY injected/",
    "pop3,  +OK/~+OK go/+OK injected/",
    "sieve, OK/~OK go/OK injected/",
  })
  void whatIsInjectedBeforeTheHandshakeEndsIt(String protocol, String script) throws Exception {
    CommandLineRun run = visit(protocol, script, true);
    assertThat(run.exit()).isEqualTo(Exit.NO);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("more came with the reply to STARTTLS, in the clear");
  }
}

package org.thurn.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.net.CrlfReader.Line;
import org.thurn.time.Time;

@Timeout(20)
class ListenerTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final Echo echo = new Echo();

  /** Answers each line with itself; some words make it misbehave. */
  private static final class Echo implements ConnectionHandler {
    private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
    private Duration deadline = Duration.ofMinutes(1);

    @Override
    public void serve(Connection connection) throws IOException {
      connection.out().write("hello\r\n".getBytes(StandardCharsets.US_ASCII));
      while (true) {
        connection.out().flush();
        connection.deadline(deadline);
        connection.mayEnd(true);
        Line line;
        try {
          line = connection.reader().readLine(100);
        } catch (SocketTimeoutException e) {
          notes.add("timeout");
          connection.out().write("too slow\r\n".getBytes(StandardCharsets.US_ASCII));
          connection.out().flush();
          return;
        }
        connection.mayEnd(false);
        if (!(line instanceof Line.Text text)) {
          connection
              .out()
              .write(
                  (connection.draining() ? "drained\r\n" : "end\r\n")
                      .getBytes(StandardCharsets.US_ASCII));
          connection.out().flush();
          return;
        }
        obey(connection, text.utf8());
      }
    }

    private void obey(Connection connection, String command) throws IOException {
      switch (command) {
        case "bug" -> throw new IllegalStateException("a bug");
        case "flood" -> {
          notes.add("flooding");
          try {
            while (true) {
              connection.out().write(new byte[64 * 1024]);
            }
          } catch (SocketTimeoutException e) {
            notes.add("write timeout");
            throw e;
          }
        }
        case "who" -> write(connection, connection.remote() + " " + connection.local());
        default -> write(connection, command);
      }
    }

    private static void write(Connection connection, String text) throws IOException {
      connection.out().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] refusal(Limit limit) {
      return ("no: " + limit + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void refused(Endpoint remote, Limit limit) {
      notes.add("refused " + limit);
    }

    @Override
    public void fault(String where, Exception cause) {
      notes.add("fault " + where + ": " + cause.getMessage());
    }

    String note() throws InterruptedException {
      return String.valueOf(notes.poll(10, TimeUnit.SECONDS));
    }
  }

  /** A peer on a plain socket. */
  private record Peer(Socket socket, CrlfReader reader) implements AutoCloseable {
    static Peer of(Listener listener) throws IOException {
      InetSocketAddress address = (InetSocketAddress) listener.local();
      Socket socket = new Socket(address.getAddress(), address.getPort());
      socket.setSoTimeout(10_000);
      return new Peer(socket, new CrlfReader(socket.getInputStream(), 1024));
    }

    Peer say(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      return this;
    }

    String hear() throws IOException {
      return reader.readLine(100) instanceof Line.Text text ? text.utf8() : "END";
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private Listener open(ListenerSettings settings) throws IOException {
    return Listener.open(settings, echo, Time.system());
  }

  @Test
  void servesSeveralAtOnceEachOnItsOwn() throws Exception {
    try (Listener listener = open(ListenerSettings.tcp("echo", ANY_PORT));
        Peer one = Peer.of(listener);
        Peer two = Peer.of(listener)) {
      assertThat(one.hear()).isEqualTo("hello");
      assertThat(two.hear()).isEqualTo("hello");
      assertThat(two.say("b\r\n").hear()).isEqualTo("b");
      assertThat(one.say("a\r\n").hear()).isEqualTo("a");
    }
  }

  @Test
  void aBugEndsOneConnectionAndIsNoted() throws Exception {
    try (Listener listener = open(ListenerSettings.tcp("echo", ANY_PORT));
        Peer broken = Peer.of(listener)) {
      broken.say("bug\r\n");
      assertThat(broken.hear()).isEqualTo("hello");
      assertThat(broken.hear()).isEqualTo("END");
      assertThat(echo.note()).isEqualTo("fault echo: a bug");
      try (Peer next = Peer.of(listener)) {
        assertThat(next.hear()).isEqualTo("hello");
      }
    }
  }

  @Test
  void tellsThePeerPastALimit() throws Exception {
    try (Listener listener = open(ListenerSettings.tcp("echo", ANY_PORT).withLimits(10, 1, 0));
        Peer first = Peer.of(listener);
        Peer second = Peer.of(listener)) {
      assertThat(first.hear()).isEqualTo("hello");
      assertThat(second.hear()).isEqualTo("no: CONNECTIONS_PER_ADDRESS");
      assertThat(second.hear()).isEqualTo("END");
      assertThat(echo.note()).isEqualTo("refused CONNECTIONS_PER_ADDRESS");
    }
  }

  /** Long waits are the watchdog's: it ends the input, and the peer can still be told. */
  @Test
  void aLongWaitEndsTooAndThePeerIsTold() throws Exception {
    echo.deadline = Duration.ofMillis(5_100);
    try (Listener listener = open(ListenerSettings.tcp("echo", ANY_PORT));
        Peer peer = Peer.of(listener)) {
      assertThat(peer.hear()).isEqualTo("hello");
      assertThat(peer.hear()).isEqualTo("too slow");
      assertThat(echo.note()).isEqualTo("timeout");
    }
  }

  @Test
  void anOctetNowAndThenDoesNotHoldASession() throws Exception {
    echo.deadline = Duration.ofMillis(300);
    try (Listener listener = open(ListenerSettings.tcp("echo", ANY_PORT));
        Peer peer = Peer.of(listener)) {
      assertThat(peer.hear()).isEqualTo("hello");
      Thread dribble =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        peer.say("x");
                        Time.system().pause(Duration.ofMillis(50));
                      }
                    } catch (IOException | InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  });
      assertThat(echo.note()).isEqualTo("timeout");
      assertThat(peer.hear()).isEqualTo("too slow");
      dribble.interrupt();
    }
  }

  @Test
  void aPeerThatDoesNotReadIsCutOff() throws Exception {
    try (Listener listener =
            open(
                ListenerSettings.tcp("echo", ANY_PORT)
                    .withTimeouts(Duration.ofMinutes(1), Duration.ofMillis(200)));
        Peer peer = Peer.of(listener)) {
      peer.say("flood\r\n");
      assertThat(echo.note()).isEqualTo("flooding");
      assertThat(echo.note()).isEqualTo("write timeout");
    }
  }

  @Test
  void aDrainWakesTheIdleAndRefusesTheNew() throws Exception {
    Listener listener = open(ListenerSettings.tcp("echo", ANY_PORT));
    try (Peer idle = Peer.of(listener)) {
      assertThat(idle.hear()).isEqualTo("hello");
      assertThat(idle.say("x\r\n").hear()).isEqualTo("x");

      assertThat(listener.drain(Duration.ofSeconds(10))).isTrue();

      assertThat(idle.hear()).isEqualTo("drained");
      assertThatThrownBy(() -> Peer.of(listener)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aDrainClosesInTheEndWhoDoesNotGo() throws Exception {
    Listener listener = open(ListenerSettings.tcp("echo", ANY_PORT));
    try (Peer busy = Peer.of(listener)) {
      busy.say("flood\r\n");
      assertThat(busy.hear()).isEqualTo("hello");
      assertThat(echo.note()).isEqualTo("flooding");

      assertThat(listener.drain(Duration.ofMillis(100))).isFalse();
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (Listener listener = open(ListenerSettings.tcp("echo", ANY_PORT))) {
      InetSocketAddress taken = (InetSocketAddress) listener.local();

      assertThatThrownBy(() -> open(ListenerSettings.tcp("smtp", taken)))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getPort() + " for smtp");
    }
  }

  @Test
  void aProxyMaySayWhoConnected() throws Exception {
    ListenerSettings settings =
        ListenerSettings.tcp("echo", ANY_PORT)
            .withProxies(List.of(IpNetwork.parse("127.0.0.0/8")))
            .withLimits(10, 1, 0);
    try (Listener listener = open(settings);
        Peer one = Peer.of(listener);
        Peer two = Peer.of(listener);
        Peer same = Peer.of(listener);
        Peer liar = Peer.of(listener)) {
      one.say("PROXY TCP4 192.0.2.1 192.0.2.9 1024 25\r\nwho\r\n");
      assertThat(one.hear()).isEqualTo("hello");
      assertThat(one.hear()).isEqualTo("192.0.2.1#1024 192.0.2.9#25");
      two.say("PROXY TCP4 192.0.2.2 192.0.2.9 1024 25\r\n");
      assertThat(two.hear()).isEqualTo("hello");
      same.say("PROXY TCP4 192.0.2.1 192.0.2.9 1025 25\r\n");
      assertThat(same.hear()).isEqualTo("no: CONNECTIONS_PER_ADDRESS");
      liar.say("EHLO x\r\n");
      assertThat(liar.hear()).isEqualTo("END");
    }
  }

  @Test
  void aUnixSocketIsItsOwnersAndTimesOut(@TempDir Path folder) throws Exception {
    echo.deadline = Duration.ofSeconds(20);
    Path path = folder.resolve("lmtp");
    ListenerSettings settings =
        ListenerSettings.unix("echo", path, Optional.empty())
            .withTimeouts(Duration.ofMillis(300), Duration.ofSeconds(5));
    try (Listener listener = open(settings);
        SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
          .isEqualTo("rw-------");
      ByteBuffer buffer = ByteBuffer.allocate(100);
      peer.read(buffer);
      assertThat(new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII))
          .isEqualTo("hello\r\n");
      assertThat(echo.note()).isEqualTo("timeout");
      assertThatThrownBy(() -> open(settings))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("somebody listens there");
      assertThat(listener.connections()).isLessThanOrEqualTo(1);
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void aStaleUnixSocketIsReplacedAndAnyOtherFileIsNot(@TempDir Path folder) throws Exception {
    Path stale = folder.resolve("stale");
    try (var server =
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(stale));
    }
    open(ListenerSettings.unix("echo", stale, Optional.empty())).close();

    Path file = Files.writeString(folder.resolve("file"), "precious");
    assertThatThrownBy(() -> open(ListenerSettings.unix("echo", file, Optional.empty())))
        .hasMessageContaining("no socket");
    assertThat(file).hasContent("precious");
  }

  @Test
  void connectsFromAGivenAddress() throws Exception {
    InetAddress source = org.thurn.name.IpAddress.of("127.9.9.9");
    try (Listener listener = open(ListenerSettings.tcp("echo", ANY_PORT));
        Connector connector = new Connector();
        Connection connection =
            connector.connect(
                (InetSocketAddress) listener.local(),
                Optional.of(source),
                Connector.Timeouts.DEFAULT)) {
      connection.out().write("who\r\n".getBytes(StandardCharsets.US_ASCII));
      connection.out().flush();
      assertThat(((Line.Text) connection.reader().readLine(100)).utf8()).isEqualTo("hello");
      assertThat(((Line.Text) connection.reader().readLine(100)).utf8()).startsWith("127.9.9.9#");
      connection.readTimeout(Duration.ofMillis(50));
      assertThatThrownBy(() -> connection.reader().readLine(100))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }
}

package org.thurn.smtp.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.thurn.sasl.FailedLogins;
import org.thurn.journey.Entry;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.net.CrlfReader;
import org.thurn.net.CrlfReader.Line;
import org.thurn.net.Listener;
import org.thurn.net.ListenerSettings;
import org.thurn.net.TlsUpgrade;
import org.thurn.sasl.CredentialStore;
import org.thurn.sasl.SaslMechanisms;
import org.thurn.sasl.SaslServers;
import org.thurn.testing.UnhurriedTime;
import org.thurn.time.Time;

/** A server on a loopback port with a scripted receiver, and a raw client for it. */
final class Served implements AutoCloseable {
  static final Domain HOST = Domain.of("mx.example");

  final ScriptedReceiver receiver = new ScriptedReceiver();
  final Queue<Entry> journey = new ConcurrentLinkedQueue<>();
  private final Listener listener;

  Served(SmtpServerSettings settings) throws IOException {
    this(settings, Optional.empty(), Optional.empty());
  }

  Served(SmtpServerSettings settings, Optional<TlsUpgrade> tls, Optional<TlsUpgrade> implicit)
      throws IOException {
    Time time = new UnhurriedTime();
    SmtpServer server =
        new SmtpServer(
            settings,
            receiver,
            tls,
            Optional.of(sasl()),
            Journey.to(journey::add, time, new Ids(time)),
            time);
    ListenerSettings address =
        ListenerSettings.tcp("smtp", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listener =
        Listener.open(
            implicit.isPresent() ? address.withTls(implicit.get()) : address, server, time);
  }

  /** The defaults, without the wait for early talkers. */
  static SmtpServerSettings settings(Protocol protocol) {
    return SmtpServerSettings.of(HOST, protocol)
        .withTimeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ZERO);
  }

  private static SaslMechanisms sasl() {
    CredentialStore credentials =
        new CredentialStore() {
          @Override
          public Optional<Mailbox> verify(String user, String password) {
            return user.equals("alice@mx.example") && password.equals("open sesame")
                ? Optional.of(Mailbox.of(user))
                : Optional.empty();
          }

          @Override
          public Optional<Scram> scram(String user) {
            return Optional.empty();
          }

          @Override
          public boolean keepsScramKeys() {
            return true;
          }

          @Override
          public String canonical(String user) {
            return user;
          }
        };
    return new SaslServers(credentials, new byte[] {1, 2, 3}, new FailedLogins(credentials::canonical, false, Time.system()));
  }

  Listener listener() {
    return listener;
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.local();
  }

  Client connect() throws IOException {
    return new Client(new Socket(address().getAddress(), address().getPort()));
  }

  /** A client that has heard the greeting. */
  Client greeted() throws IOException {
    Client client = connect();
    client.hear();
    return client;
  }

  /** The events of a type, as text. */
  List<String> events(String type) {
    return journey.stream()
        .filter(entry -> entry.event().type().equals(type))
        .map(entry -> entry.event().toString())
        .toList();
  }

  /** Waits until the server's thread has noted such an event. */
  void await(String type) throws InterruptedException {
    long began = System.nanoTime();
    while (events(type).isEmpty() && System.nanoTime() - began < 5_000_000_000L) {
      Time.system().pause(Duration.ofMillis(5));
    }
  }

  @Override
  public void close() {
    listener.close();
  }

  /** Octets out, lines in. */
  static final class Client implements AutoCloseable {
    private final Socket socket;
    private final CrlfReader reader;

    Client(Socket socket) throws IOException {
      this.socket = socket;
      this.reader = new CrlfReader(socket.getInputStream(), 4096);
      socket.setSoTimeout(10_000);
      socket.setTcpNoDelay(true);
    }

    Socket socket() {
      return socket;
    }

    Client send(String octets) throws IOException {
      socket.getOutputStream().write(octets.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return this;
    }

    /** One line, or CLOSED. */
    String line() throws IOException {
      return switch (reader.readLine(4096)) {
        case Line.Text text -> text.utf8();
        case Line.End() -> "CLOSED";
        case Line.TooLong() -> "TOO LONG";
        case Line.BareEnd() -> "BARE";
      };
    }

    /** A whole reply; its last line. */
    String hear() throws IOException {
      String line = line();
      while (line.length() > 3 && line.charAt(3) == '-') {
        line = line();
      }
      return line;
    }

    String say(String line) throws IOException {
      return send(line + "\r\n").hear();
    }

    /** Whether nothing comes for a while. */
    boolean silent() throws IOException {
      socket.setSoTimeout(150);
      try {
        return reader.readLine(4096) == null;
      } catch (java.net.SocketTimeoutException e) {
        return true;
      } finally {
        socket.setSoTimeout(10_000);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}

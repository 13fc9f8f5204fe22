package org.thurn.transfer.posture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thurn.name.IpAddress;
import org.thurn.net.Connection;
import org.thurn.net.ConnectionHandler;
import org.thurn.net.CrlfReader.Line;
import org.thurn.net.Listener;
import org.thurn.net.ListenerSettings;
import org.thurn.net.TlsUpgrade;
import org.thurn.time.Time;

/** A mail host that answers each command as it was told to; what it was not told is 250. */
final class SpokenHost implements ConnectionHandler, AutoCloseable {
  private final Map<String, String> replies;
  private final Optional<TlsUpgrade> tls;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Listener listener;

  /**
   * @param replies by the beginning of a command; "" is the greeting
   */
  SpokenHost(String address, int port, Optional<TlsUpgrade> tls, Map<String, String> replies) {
    this.replies = replies;
    this.tls = tls;
    try {
      listener =
          Listener.open(
              ListenerSettings.tcp("smtp", new InetSocketAddress(IpAddress.of(address), port)),
              this,
              Time.system());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return ((InetSocketAddress) listener.local()).getPort();
  }

  /** Every command so far. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  private void say(Connection connection, String text) throws IOException {
    connection.out().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    connection.out().flush();
  }

  private String reply(String command) {
    return replies.entrySet().stream()
        .filter(entry -> !entry.getKey().isEmpty() && command.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("250 OK");
  }

  @Override
  public void serve(Connection connection) throws IOException {
    say(connection, replies.getOrDefault("", "220 mx.example ESMTP"));
    while (connection.reader().readLine(5000) instanceof Line.Text text) {
      String command = text.utf8();
      heard.add(command);
      if (command.equals("QUIT")) {
        say(connection, "221 bye");
        return;
      }
      say(connection, reply(command));
      if (command.equals("STARTTLS") && tls.isPresent()) {
        connection.startTls(tls.get());
      }
    }
  }

  @Override
  public byte[] refusal(Limit limit) {
    return new byte[0];
  }

  @Override
  public void close() {
    listener.close();
  }
}

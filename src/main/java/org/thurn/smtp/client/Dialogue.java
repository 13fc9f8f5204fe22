package org.thurn.smtp.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.net.Connection;
import org.thurn.smtp.Reply;

/** Commands out, replies in, each noted in the journey. */
final class Dialogue {
  final Connection connection;
  private final ReplyReader replies;
  private Journey journey;

  Dialogue(Connection connection, Journey journey) {
    this.connection = connection;
    this.replies = new ReplyReader(connection.reader());
    this.journey = journey;
  }

  void noteIn(Journey next) {
    journey = next;
  }

  Journey journey() {
    return journey;
  }

  OutputStream out() {
    return connection.out();
  }

  /** Buffers a command without sending it yet. */
  void send(String command) throws IOException {
    send(command, command, journey);
  }

  void send(String command, String shown, Journey place) throws IOException {
    if (command.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw new IllegalArgumentException("a command with a control character");
    }
    place.note(new Event.CommandSent(shown));
    out().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  Reply command(String command, Duration timeout) throws IOException {
    send(command);
    return flushAndRead(timeout);
  }

  Reply flushAndRead(Duration timeout) throws IOException {
    out().flush();
    return read(timeout, journey);
  }

  Reply read(Duration timeout, Journey place) throws IOException {
    connection.readTimeout(timeout);
    return noted(replies.read(), place);
  }

  /** A greeting, or the reply to EHLO or HELO. */
  Reply readGreeting(Duration timeout) throws IOException {
    out().flush();
    connection.readTimeout(timeout);
    return noted(replies.readGreeting(), journey);
  }

  private static Reply noted(Reply reply, Journey place) {
    String status = reply.status().map(s -> s + " ").orElse("");
    String text = status + String.join("\n", reply.lines());
    place.note(new Event.ReplyReceived(reply.code(), text));
    return reply;
  }
}

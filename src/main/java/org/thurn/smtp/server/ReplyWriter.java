package org.thurn.smtp.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import org.thurn.journey.Event;
import org.thurn.net.Connection;
import org.thurn.smtp.Reply;
import org.thurn.smtp.Verdict;

/** Writes replies and notes them. What is written leaves at {@link #flush}. */
final class ReplyWriter {
  /** RFC 5321 §4.5.3.1.5: 512 octets with the code, what follows it, and CRLF. */
  private static final int MAX_TEXT = 512 - 4 - 2;

  private final Connection connection;
  private final DialogueSession session;
  private int errors;

  ReplyWriter(Connection connection, DialogueSession session) {
    this.connection = connection;
    this.session = session;
  }

  void send(Reply reply) throws IOException {
    if (reply.isPermanent()) {
      errors++;
    }
    String status = reply.status().map(s -> s + " ").orElse("");
    StringBuilder wire = new StringBuilder(80);
    StringBuilder text = new StringBuilder(80).append(status);
    Iterator<String> lines = reply.lines().iterator();
    while (lines.hasNext()) {
      String line = printable(lines.next(), MAX_TEXT - status.length());
      text.append(line).append(lines.hasNext() ? " / " : "");
      wire.append(reply.code()).append(lines.hasNext() ? '-' : ' ');
      wire.append(status).append(line).append("\r\n");
    }
    connection.out().write(wire.toString().getBytes(StandardCharsets.US_ASCII));
    session.journey().note(new Event.ReplySent(reply.code(), text.toString()));
  }

  /** Sends a verdict's reply; a refusal's reason is noted for those at home. */
  void tell(String stage, Verdict verdict) throws IOException {
    switch (verdict) {
      case Verdict.Accept _ -> {}
      case Verdict.Defer(Reply reply, String reason) -> note(stage, reply, reason);
      case Verdict.Reject(Reply reply, String reason) -> note(stage, reply, reason);
    }
    send(verdict.reply());
  }

  private void note(String stage, Reply reply, String reason) {
    String text = reply.status().map(s -> s + " ").orElse("") + String.join(" / ", reply.lines());
    session.journey().note(new Event.Refused(stage, reply.code(), text, reason));
  }

  void flush() throws IOException {
    connection.out().flush();
  }

  void sendNow(Reply reply) throws IOException {
    send(reply);
    flush();
  }

  /** Replies of 5xx since {@link #forgetErrors}. */
  int errors() {
    return errors;
  }

  void forgetErrors() {
    errors = 0;
  }

  /** RFC 5321 §4.2: replies are ASCII, and no line of one may end another or be too long. */
  private static String printable(String line, int most) {
    String text = line.length() > most ? line.substring(0, most) : line;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return text.replaceAll("[^ -~]", "?");
      }
    }
    return text;
  }
}

package org.thurn.smtp.client;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.thurn.net.CrlfReader;
import org.thurn.net.CrlfReader.Line;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.smtp.Reply;

/** Reads replies, RFC 5321 §4.2, and is sure of each before anything is made of it. */
final class ReplyReader {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
  private static final Pattern LINE = Pattern.compile("[2-5][0-9]{2}([ -].*)?");

  /** RFC 5321 §4.5.3.1.5 allows 512; some servers say more, none needs this much. */
  static final int MAX_LINE = 2048;

  static final int MAX_LINES = 100;

  private final CrlfReader in;

  ReplyReader(CrlfReader in) {
    this.in = in;
  }

  /** A reply whose lines may begin with an enhanced status. */
  Reply read() throws IOException {
    return withStatus(readPlain());
  }

  private static Reply withStatus(Reply reply) {
    Optional<EnhancedStatus> status = status(reply.code(), reply.lines().getFirst());
    if (status.isEmpty()) {
      return reply;
    }
    List<String> texts = new ArrayList<>();
    for (String line : reply.lines()) {
      boolean repeats = status(reply.code(), line).equals(status);
      texts.add(repeats ? line.substring(status.get().toString().length()).strip() : line);
    }
    return new Reply(reply.code(), status, texts);
  }

  /**
   * A greeting or the reply to EHLO or HELO: RFC 2034 §4 leaves them without a status, but a server
   * that says no often gives one.
   */
  Reply readGreeting() throws IOException {
    Reply reply = readPlain();
    return reply.code() < 400 ? reply : withStatus(reply);
  }

  private Reply readPlain() throws IOException {
    List<String> texts = new ArrayList<>();
    int code = 0;
    boolean more = true;
    while (more) {
      String line = line();
      int lineCode = code(line);
      if (texts.size() == MAX_LINES) {
        throw new ReplySyntaxException("a reply of more than " + MAX_LINES + " lines");
      }
      // RFC 5321 §4.2.1: the code is the same on every line. Which of two would count?
      if (!texts.isEmpty() && lineCode != code) {
        throw new ReplySyntaxException("a reply with two codes, " + code + " and " + lineCode);
      }
      code = lineCode;
      texts.add(line.length() > 4 ? line.substring(4).stripTrailing() : "");
      more = line.length() > 3 && line.charAt(3) == '-';
    }
    return Reply.plain(code, texts.toArray(String[]::new));
  }

  private String line() throws IOException {
    return switch (in.readLine(MAX_LINE)) {
      case Line.Text text -> CONTROL.matcher(text.utf8()).replaceAll(" ");
      case Line.TooLong _ -> throw new ReplySyntaxException("a reply line past " + MAX_LINE);
      case Line.BareEnd _ -> throw new ReplySyntaxException("a reply with a bare CR or LF");
      case Line.End _ -> throw new EOFException("the server closed the connection");
    };
  }

  /**
   * The code: RFC 5321 §4.2 has the first digit decide, so any other two are understood; a first
   * digit other than 2 to 5 is no reply. Without text not even the space is needed (§4.2.1).
   */
  private static int code(String line) throws ReplySyntaxException {
    if (!LINE.matcher(line).matches()) {
      String shown = line.length() > 60 ? line.substring(0, 60) + "…" : line;
      throw new ReplySyntaxException("not a reply: \"" + shown + "\"");
    }
    return Integer.parseInt(line.substring(0, 3));
  }

  /** RFC 2034 §4: the status's class must be the code's, or it is just text. */
  private static Optional<EnhancedStatus> status(int code, String text) {
    int end = text.indexOf(' ');
    return EnhancedStatus.parse(end < 0 ? text : text.substring(0, end))
        .filter(status -> status.category() == code / 100);
  }
}

package org.thurn.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.thurn.name.NameSyntaxException;
import org.thurn.net.Connection;
import org.thurn.net.CrlfReader;

/** How a protocol gets from plain text to TLS, said as shortly as it can be. */
enum StartTls {
  /** RFC 3207. */
  SMTP(25) {
    @Override
    void ask(Dialogue dialogue) throws IOException {
      dialogue.until("220 ", "220-");
      dialogue.say("EHLO localhost");
      dialogue.until("250 ", "250-");
      dialogue.say("STARTTLS");
      dialogue.until("220 ", "220-");
    }
  },
  /** RFC 9051 §6.2.1. */
  IMAP(143) {
    @Override
    void ask(Dialogue dialogue) throws IOException {
      dialogue.until("* OK", "* PREAUTH");
      dialogue.say("a STARTTLS");
      dialogue.until("a OK", "* ");
    }
  },
  /** RFC 2595 §4. */
  POP3(110) {
    @Override
    void ask(Dialogue dialogue) throws IOException {
      dialogue.until("+OK", "");
      dialogue.say("STLS");
      dialogue.until("+OK", "");
    }
  },
  /** ManageSieve, RFC 5804 §2.2. */
  SIEVE(4190) {
    @Override
    void ask(Dialogue dialogue) throws IOException {
      dialogue.until("OK", "\"");
      dialogue.say("STARTTLS");
      dialogue.until("OK", "\"");
    }
  };

  /** The longest that one of these protocols has. */
  static final int MAX_LINE = 8_192;

  /** Lines of one reply: no server has more extensions. */
  static final int MAX_LINES = 100;

  private final int port;

  StartTls(int port) {
    this.port = port;
  }

  /** Where IANA has the protocol. */
  int port() {
    return port;
  }

  String word() {
    return toString().toLowerCase(Locale.ROOT);
  }

  static StartTls of(String word) throws NameSyntaxException {
    for (StartTls one : values()) {
      if (one.word().equals(word)) {
        return one;
      }
    }
    throw new NameSyntaxException("no protocol " + word);
  }

  /**
   * Brings a new connection to where the handshake is next.
   *
   * @throws Refusal if the server will not, or more than its reply is there: a server that waits
   *     for the handshake says nothing, so that somebody else put words in
   */
  void begin(Connection connection) throws IOException {
    ask(new Dialogue(connection));
    if (connection.hasInput()) {
      throw new Refusal("more came with the reply to STARTTLS, in the clear");
    }
  }

  abstract void ask(Dialogue dialogue) throws IOException;

  /** The server answered, and not as hoped. */
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    Refusal(String words) {
      super(words);
    }
  }

  /** Lines there and back. */
  record Dialogue(Connection connection) {
    void say(String line) throws IOException {
      OutputStream out = connection.out();
      out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    /**
     * Reads a reply to its last line.
     *
     * @param good how that begins
     * @param more how lines before it begin; empty if there are none
     */
    void until(String good, String more) throws IOException {
      for (int lines = 0; lines < MAX_LINES; lines++) {
        String line = line();
        if (line.startsWith(good)) {
          return;
        }
        if (more.isEmpty() || !line.startsWith(more)) {
          throw new Refusal("the server says: " + line);
        }
      }
      throw new Refusal("the server says more than " + MAX_LINES + " lines");
    }

    private String line() throws IOException {
      return switch (connection.reader().readLine(MAX_LINE)) {
        case CrlfReader.Line.Text text -> text.latin1();
        case CrlfReader.Line.TooLong _ -> throw new Refusal("the server sends an endless line");
        case CrlfReader.Line.BareEnd _ -> throw new Refusal("the server sends a bare CR or LF");
        case CrlfReader.Line.End _ -> throw new Refusal("the server hung up");
      };
    }
  }
}

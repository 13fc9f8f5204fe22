package org.thurn.access.imap.grammar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.thurn.net.CrlfReader;

/** The octets of a command: a line, and after each literal the line that goes on. */
public final class ImapInput {
  /** Non-synchronizing literals that nobody wants are swallowed up to here. */
  private static final long MAX_SWALLOWED = 64L << 20;

  /** Tells the client to send its literal (RFC 9051 §7.6). */
  @FunctionalInterface
  public interface Continuation {
    void request() throws IOException;
  }

  /**
   * How a literal is announced: {@code "{" number ["+"] "}"}, {@code "~{…}"} for literal8.
   *
   * @param synchronizing whether the client waits for our word (RFC 7888 §4)
   */
  public record Literal(long size, boolean synchronizing, boolean binary) {}

  private final CrlfReader reader;
  private final Continuation continuation;
  private int limit;
  private int left;
  private byte[] line = new byte[0];
  private int at;

  /**
   * Reads from {@code reader}.
   *
   * @param limit octets of one command, its literals included
   */
  public ImapInput(CrlfReader reader, int limit, Continuation continuation) {
    this.reader = reader;
    this.limit = limit;
    this.continuation = continuation;
  }

  /** Allows commands of {@code octets} from the next on. */
  public void limit(int octets) {
    limit = octets;
  }

  /** Goes to the first line of the next command; false if the peer ended the stream. */
  public boolean next() throws IOException, ImapSyntaxException {
    left = limit;
    return readLine();
  }

  private boolean readLine() throws IOException, ImapSyntaxException {
    line = new byte[0];
    at = 0;
    return switch (reader.readLine(left)) {
      case CrlfReader.Line.Text(byte[] octets) -> {
        line = octets;
        left -= octets.length;
        yield true;
      }
      case CrlfReader.Line.End() -> false;
      case CrlfReader.Line.TooLong() -> throw new ImapSyntaxException("Command too long", true);
      case CrlfReader.Line.BareEnd() ->
          throw new ImapSyntaxException("A line ends in CRLF and has no other CR or LF", true);
    };
  }

  /** The octet that comes next, or -1 at the end of the line. */
  public int peek() {
    return at < line.length ? line[at] & 0xff : -1;
  }

  /** As {@link #peek}, {@code ahead} octets on. */
  int peek(int ahead) {
    return at + ahead < line.length ? line[at + ahead] & 0xff : -1;
  }

  /** Takes what comes next; -1 at the end of the line. */
  int take() {
    return at < line.length ? line[at++] & 0xff : -1;
  }

  /** The rest of the line. */
  public String rest() {
    String text = new String(line, at, line.length - at, StandardCharsets.UTF_8);
    at = line.length;
    return text;
  }

  boolean atLiteral() {
    return peek() == '{' || (peek() == '~' && peek(1) == '{');
  }

  /** Takes the announcement of a literal; the literal itself is still to come. */
  Literal literal() throws ImapSyntaxException {
    boolean binary = peek() == '~';
    at += binary ? 2 : 1;
    long size = 0;
    int digits = 0;
    while (peek() >= '0' && peek() <= '9' && digits++ < 18) {
      size = size * 10 + take() - '0';
    }
    boolean synchronizing = peek() != '+';
    at += synchronizing ? 0 : 1;
    if (digits == 0 || take() != '}' || peek() >= 0) {
      throw new ImapSyntaxException("Bad literal");
    }
    return new Literal(size, synchronizing, binary);
  }

  /** Reads the announced literal into memory, and the line after it. */
  byte[] octets(Literal literal) throws IOException, ImapSyntaxException {
    if (literal.size() > left) {
      throw new ImapSyntaxException("Literal too long", !literal.synchronizing());
    }
    accept(literal);
    byte[] octets = reader.readExactly((int) literal.size());
    left -= octets.length;
    goOn();
    return octets;
  }

  /** Asks for the literal if the client waits to be asked. */
  private void accept(Literal literal) throws IOException {
    if (literal.synchronizing()) {
      continuation.request();
    }
  }

  /**
   * The announced literal as a stream, which must be read to its end before {@link #goOn}; for the
   * message of an APPEND.
   */
  public InputStream stream(Literal literal) throws IOException {
    accept(literal);
    return new LiteralStream(reader, literal.size());
  }

  /** Goes to the line that follows a literal. */
  public void goOn() throws IOException, ImapSyntaxException {
    if (!readLine()) {
      throw new EOFException("the peer ended the stream in mid-command");
    }
  }

  /**
   * After an error: swallows the non-synchronizing literals that the command still has, so that
   * their octets are not taken for commands.
   */
  public void recover() throws IOException, ImapSyntaxException {
    for (long size = announced(); size >= 0; size = announced()) {
      swallow(new Literal(size, false, false));
      goOn();
    }
  }

  /** Reads over a literal that is refused; one that the client waits to send never comes. */
  public void swallow(Literal literal) throws IOException, ImapSyntaxException {
    if (literal.synchronizing()) {
      return;
    }
    if (literal.size() > MAX_SWALLOWED) {
      throw new ImapSyntaxException("Literal too long", true);
    }
    try (InputStream unwanted = new LiteralStream(reader, literal.size())) {
      unwanted.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  /** The size of the non-synchronizing literal that the line ends in, or -1. */
  private long announced() {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    int brace = text.endsWith("+}") ? text.lastIndexOf('{') : -1;
    String digits = brace < 0 ? "" : text.substring(brace + 1, text.length() - 2);
    boolean number = digits.length() <= 18 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits.isEmpty() || !number ? -1 : Long.parseLong(digits);
  }

  private static final class LiteralStream extends InputStream {
    private final CrlfReader reader;
    private long left;

    LiteralStream(CrlfReader reader, long size) {
      this.reader = reader;
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = reader.read(into, offset, (int) Math.min(length, left));
      if (count < 0) {
        throw new EOFException("the peer ended the stream in mid-literal");
      }
      left -= count;
      return count;
    }
  }
}

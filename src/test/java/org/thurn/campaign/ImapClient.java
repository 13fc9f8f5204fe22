package org.thurn.campaign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurn.access.LineClient;

/** A dialogue with the IMAP server: one command at a time, its answer read to the end. */
final class ImapClient implements AutoCloseable {
  private static final Pattern LITERAL = Pattern.compile("\\{(\\d+)\\}$");
  private static final Pattern UID = Pattern.compile("\\bUID (\\d+)");
  private static final Pattern FLAGS = Pattern.compile("\\bFLAGS \\(([^)]*)\\)");

  private final LineClient line;
  private int tag;

  /** Logged in. */
  ImapClient(int port, String account) throws IOException {
    line = new LineClient(port).patient(Campaign.PATIENCE);
    hear();
    say("LOGIN \"" + account + "\" \"" + Campaign.PASSWORD + "\"");
  }

  /** The server answered, and not with OK. */
  static final class RefusedException extends IOException {
    RefusedException(String reply) {
      super(reply);
    }
  }

  /** What FETCH told of one message; the octets are those of its literal. */
  record Fetched(long uid, Set<String> flags, byte[] octets) {
    String text() {
      return new String(octets, ISO_8859_1);
    }
  }

  /**
   * Says a command, and returns all lines of the answer.
   *
   * @throws RefusedException if it is refused
   */
  String say(String command) throws IOException {
    String own = "t" + tag++;
    line.send(own + " " + command);
    return answer(own);
  }

  private String answer(String own) throws IOException {
    StringBuilder all = new StringBuilder();
    String next = hear();
    while (!next.startsWith(own + " ")) {
      all.append(next).append('\n');
      next = hear();
    }
    if (!next.startsWith(own + " OK")) {
      throw new RefusedException(next);
    }
    return all.append(next).append('\n').toString();
  }

  /** APPEND with a literal that waits for nobody (RFC 7888). */
  String append(String folder, String flags, String message) throws IOException {
    String own = "t" + tag++;
    line.send(own + " APPEND " + folder + " (" + flags + ") {" + message.length() + "+}");
    line.sendRaw(message + "\r\n");
    return answer(own);
  }

  /** UID FETCH, each item with one literal at the most. */
  List<Fetched> fetch(String set, String items) throws IOException {
    String own = "t" + tag++;
    line.send(own + " UID FETCH " + set + " (" + items + ")");
    List<Fetched> all = new ArrayList<>();
    String next = hear();
    while (!next.startsWith(own + " ")) {
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      StringBuilder words = new StringBuilder();
      for (Matcher literal = LITERAL.matcher(next);
          literal.find();
          literal = LITERAL.matcher(next)) {
        words.append(next);
        int count = Integer.parseInt(literal.group(1));
        octets.writeBytes(line.octets(count));
        next = hear();
      }
      words.append(next);
      Matcher uid = UID.matcher(words);
      if (words.toString().matches("\\* \\d+ FETCH .*") && uid.find()) {
        all.add(new Fetched(Long.parseLong(uid.group(1)), flags(words), octets.toByteArray()));
      }
      next = hear();
    }
    if (!next.startsWith(own + " OK")) {
      throw new RefusedException(next);
    }
    return all;
  }

  private static Set<String> flags(CharSequence words) {
    Matcher flags = FLAGS.matcher(words);
    Set<String> all = new TreeSet<>();
    if (flags.find() && !flags.group(1).isEmpty()) {
      all.addAll(List.of(flags.group(1).split(" ", -1)));
    }
    all.remove("\\Recent");
    return all;
  }

  private String hear() throws IOException {
    String next = line.line();
    if (next.equals("<closed>")) {
      throw new EOFException("the server died");
    }
    return next;
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}

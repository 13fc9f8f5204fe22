package org.thurn.lab.attack;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.thurn.lab.attack.Recording.Speaker;
import org.thurn.net.CrlfReader;
import org.thurn.net.TlsUpgrade;

/** SMTP between the two, command by command, as the attacker in between wants it. */
final class TapDialogue {
  /** RFC 5321 §4.5.3.1.6 has 1,000; replies to EHLO of the future may be longer. */
  private static final int MAX_LINE = 8_000;

  private final Tap.Way way;
  private final Recording recording;
  private final int connection;
  private final Side sender;
  private final Side onward;

  TapDialogue(Tap.Way way, Recording recording, int connection, Socket sender, Socket onward)
      throws IOException {
    this.way = way;
    this.recording = recording;
    this.connection = connection;
    this.sender = new Side(Speaker.SENDER, sender);
    this.onward = new Side(Speaker.RECEIVER, onward);
  }

  /** Carries commands and replies until one of the two has gone. */
  void run() throws IOException {
    reply(false);
    while (true) {
      String command = sender.line();
      String verb = command.toUpperCase(Locale.ROOT);
      if (verb.equals("STARTTLS")) {
        startTls();
      } else {
        onward.say(command);
        String code = reply(verb.startsWith("EHLO"));
        if (verb.equals("DATA") && code.equals("354")) {
          message();
          reply(false);
        }
      }
    }
  }

  private void startTls() throws IOException {
    if (!(way instanceof Tap.Way.Forging forging)) {
      recording.did(connection, "answers 454: TLS is not available");
      sender.say("454 4.7.0 TLS is not available");
      sender.flush();
      return;
    }
    onward.say("STARTTLS");
    if (reply(false).startsWith("2")) {
      onward.startTls(forging.onward());
      recording.did(connection, "begins TLS of his own with the server, as any client may");
      sender.startTls(forging.own());
      recording.did(connection, "ends the sender's TLS himself, with his certificate");
    }
  }

  /** Carries the lines of one reply back; its code. */
  private String reply(boolean ofHello) throws IOException {
    onward.flush();
    List<String> lines = new ArrayList<>();
    String line = onward.line();
    while (line.startsWith("-", 3)) {
      lines.add(line);
      line = onward.line();
    }
    lines.add(line);
    if (ofHello) {
      hide(lines);
    }
    String code = line.substring(0, Math.min(3, line.length()));
    for (int i = 0; i < lines.size(); i++) {
      String mark = i == lines.size() - 1 ? " " : "-";
      sender.say(code + mark + afterCode(lines.get(i)));
    }
    sender.flush();
    return code;
  }

  private void hide(List<String> lines) {
    if (way instanceof Tap.Way.Stripping
        && lines.removeIf(line -> afterCode(line).equals("STARTTLS"))) {
      recording.did(connection, "takes STARTTLS out of the reply");
    }
    // nobody is forced to offer it, and he reads by lines
    if (lines.removeIf(
        line -> afterCode(line).equals("CHUNKING") || afterCode(line).equals("BINARYMIME"))) {
      recording.did(connection, "takes CHUNKING out of the reply, so that he needs not count");
    }
  }

  private static String afterCode(String line) {
    return line.substring(Math.min(4, line.length()));
  }

  private void message() throws IOException {
    String line = "";
    while (!line.equals(".")) {
      line = sender.line();
      onward.say(line);
    }
  }

  /** One of the two that he talks with. */
  private final class Side {
    private final Speaker speaker;
    private Socket socket;
    private CrlfReader reader;
    private OutputStream out;

    Side(Speaker speaker, Socket socket) throws IOException {
      this.speaker = speaker;
      use(socket);
    }

    private void use(Socket other) throws IOException {
      socket = other;
      reader = new CrlfReader(other.getInputStream(), 2 * MAX_LINE);
      out = new BufferedOutputStream(other.getOutputStream());
    }

    void startTls(TlsUpgrade upgrade) throws IOException {
      use(upgrade.handshake(socket).socket());
    }

    String line() throws IOException {
      return switch (reader.readLine(MAX_LINE)) {
        case CrlfReader.Line.Text text -> {
          recording.said(connection, speaker, text.latin1());
          yield text.latin1();
        }
        case CrlfReader.Line.TooLong _, CrlfReader.Line.BareEnd _, CrlfReader.Line.End _ ->
            throw new EOFException("no line");
      };
    }

    void say(String line) throws IOException {
      out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    void flush() throws IOException {
      out.flush();
    }
  }
}

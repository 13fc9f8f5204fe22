package org.thurn.lab.attack;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.thurn.net.CrlfReader;
import org.thurn.net.TlsUpgrade;

/**
 * The attacker on the wire, for one play: an address of his own where the sender's connections end,
 * and from which he talks to the real server. He keeps every octet that the sender said to him and
 * that he could make out.
 */
final class Tap implements AutoCloseable {
  /** A peer that says nothing for so long has gone. */
  private static final int PATIENCE_MILLIS = 10_000;

  /** RFC 5321 §4.5.3.1.6 has 1,000; replies to EHLO of the future may be longer. */
  private static final int MAX_LINE = 8_000;

  private static final int BACKLOG = 5;

  private final Way way;
  private final InetSocketAddress server;
  private final ServerSocket door;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  /** How he behaves. */
  sealed interface Way {
    /** He carries every octet as it comes. */
    record Listening() implements Way {}

    /** He carries every octet, but spoils the offer of key exchanges. */
    record Downgrading() implements Way {}

    /** There seems to be no STARTTLS. */
    record Stripping() implements Way {}

    /**
     * He ends the sender's TLS himself, and begins one of his own.
     *
     * @param own towards the sender, with his certificate
     * @param onward towards the server, whatever its certificate
     */
    record Forging(TlsUpgrade own, TlsUpgrade onward) implements Way {}
  }

  /**
   * Opens the door.
   *
   * @param at his address
   * @param server where the sender wanted to go
   */
  Tap(InetAddress at, InetSocketAddress server, Way way) throws IOException {
    this.way = way;
    this.server = server;
    this.door = new ServerSocket(0, BACKLOG, at);
    Thread.ofVirtual().name("tap").start(this::accept);
  }

  /** Where the sender's connections must end. */
  InetSocketAddress address() {
    return (InetSocketAddress) door.getLocalSocketAddress();
  }

  /** All that he made out of the sender's words; what was encrypted looks it. */
  String heard() {
    synchronized (heard) {
      return heard.toString(StandardCharsets.ISO_8859_1);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket sender = door.accept();
        sockets.add(sender);
        Thread.ofVirtual().name("tapped").start(() -> carry(sender));
      }
    } catch (IOException e) {
      return; // close() was called
    }
  }

  private void carry(Socket sender) {
    try (sender;
        Socket onward = new Socket(server.getAddress(), server.getPort())) {
      sockets.add(onward);
      sender.setTcpNoDelay(true);
      onward.setTcpNoDelay(true);
      sender.setSoTimeout(PATIENCE_MILLIS);
      onward.setSoTimeout(PATIENCE_MILLIS);
      switch (way) {
        case Way.Listening _ -> carryAll(sender, onward, sender.getInputStream());
        case Way.Downgrading _ ->
            carryAll(sender, onward, new SpoiltOffer(new DataInputStream(sender.getInputStream())));
        case Way.Stripping _, Way.Forging _ ->
            new Dialogue(new Side(sender), new Side(onward)).run();
      }
    } catch (IOException e) {
      return; // one of the two does not like the other any more, or him
    }
  }

  private void keep(byte[] octets, int length) {
    synchronized (heard) {
      heard.write(octets, 0, length);
    }
  }

  private void carryAll(Socket sender, Socket onward, InputStream said) throws IOException {
    Thread back =
        Thread.ofVirtual()
            .start(() -> copy(onward, () -> onward.getInputStream().transferTo(out(sender))));
    byte[] some = new byte[8192];
    int length = said.read(some);
    while (length >= 0) {
      keep(some, length);
      onward.getOutputStream().write(some, 0, length);
      length = said.read(some);
    }
    onward.shutdownOutput();
    try {
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static OutputStream out(Socket socket) throws IOException {
    return socket.getOutputStream();
  }

  private interface Copying {
    void run() throws IOException;
  }

  private static void copy(Socket from, Copying copying) {
    try {
      copying.run();
    } catch (IOException e) {
      return; // whoever reads the other direction notices that it is over
    } finally {
      closeQuietly(from);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      return; // its descriptor is released all the same
    }
  }

  /** One of the two that he talks with. */
  private static final class Side {
    private Socket socket;
    private CrlfReader reader;
    private OutputStream out;

    Side(Socket socket) throws IOException {
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
        case CrlfReader.Line.Text text -> text.latin1();
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

  /** SMTP between the two, command by command. */
  private final class Dialogue {
    private final Side sender;
    private final Side onward;

    Dialogue(Side sender, Side onward) {
      this.sender = sender;
      this.onward = onward;
    }

    void run() throws IOException {
      reply(false);
      while (true) {
        String command = sender.line();
        keep(command.getBytes(StandardCharsets.ISO_8859_1), command.length());
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
      if (!(way instanceof Way.Forging forging)) {
        sender.say("454 4.7.0 TLS is not available");
        sender.flush();
        return;
      }
      onward.say("STARTTLS");
      if (reply(false).startsWith("2")) {
        onward.startTls(forging.onward());
        sender.startTls(forging.own());
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
        lines.removeIf(shown -> hidden(shown.substring(Math.min(4, shown.length()))));
      }
      String code = line.substring(0, Math.min(3, line.length()));
      for (int i = 0; i < lines.size(); i++) {
        String mark = i == lines.size() - 1 ? " " : "-";
        sender.say(code + mark + lines.get(i).substring(Math.min(4, lines.get(i).length())));
      }
      sender.flush();
      return code;
    }

    /** CHUNKING, too, so that he needs not count: nobody is forced to offer it. */
    private boolean hidden(String keyword) {
      return keyword.equals("CHUNKING")
          || keyword.equals("BINARYMIME")
          || (keyword.equals("STARTTLS") && way instanceof Way.Stripping);
    }

    private void message() throws IOException {
      String line = "";
      while (!line.equals(".")) {
        line = sender.line();
        byte[] octets = (line + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        keep(octets, octets.length);
        onward.say(line);
      }
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    sockets.forEach(Tap::closeQuietly);
  }
}

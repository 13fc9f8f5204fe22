package org.thurn.campaign;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The server that relayed mail goes to: PIPELINING, and a record of what it took. What it does with
 * a recipient stands in the local part, whose first word is one of {@link Attempt.Kind}.
 */
final class NextHop implements AutoCloseable {
  private final ServerSocket socket;
  private final Stage stage;
  private final Set<String> askedOnce = ConcurrentHashMap.newKeySet();

  /** What it took. */
  final ConcurrentLinkedQueue<Taken> taken = new ConcurrentLinkedQueue<>();

  /**
   * One recipient of one transaction, noted before the 250 leaves.
   *
   * @param life of the server that sent it
   * @param hash of the body
   */
  record Taken(String identity, String recipient, int life, String hash) {}

  NextHop(InetAddress address, Stage stage) throws IOException {
    this.stage = stage;
    socket = new ServerSocket();
    socket.bind(new InetSocketAddress(address, 0), 200);
    Thread.ofVirtual().name("next hop").start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** What it took, by identity and recipient. */
  Map<String, List<Taken>> byRecipient() {
    Map<String, List<Taken>> all = new ConcurrentHashMap<>();
    for (Taken one : taken) {
      all.computeIfAbsent(one.identity() + " " + one.recipient(), _ -> new ArrayList<>()).add(one);
    }
    return all;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> new Session(client).serve());
      } catch (IOException e) {
        LockSupport.parkNanos(1_000_000); // closed, or the peer is gone before it was taken
      }
    }
  }

  /** One connection. */
  private final class Session {
    private final Socket client;
    private final int life = stage.number();
    private final Random random = new Random();
    private final List<String> recipients = new ArrayList<>();

    Session(Socket client) {
      this.client = client;
    }

    void serve() {
      try (client) {
        client.setTcpNoDelay(true);
        InputStream in = new BufferedInputStream(client.getInputStream());
        say("220 mx.hop.example");
        String line = line(in);
        while (!line.startsWith("QUIT")) {
          if (line.equals("DATA") && !recipients.isEmpty()) {
            say("354 go");
            take(data(in));
          } else {
            say(reply(line));
          }
          line = line(in);
        }
        say("221 bye");
      } catch (IOException e) {
        recipients.clear(); // the server died, or this is a connection that we dropped
      }
    }

    private String reply(String line) {
      if (line.startsWith("EHLO")) {
        return "250-mx.hop.example\r\n250 PIPELINING";
      }
      if (line.startsWith("MAIL")) {
        recipients.clear();
      }
      return line.startsWith("RCPT") ? recipient(address(line)) : "250 ok";
    }

    private String recipient(String address) {
      if (is(address, Attempt.Kind.REFUSED_THERE)) {
        return "550 5.1.1 nobody of that name";
      }
      if (is(address, Attempt.Kind.LATE) && askedOnce.add(address)) {
        return "451 4.3.0 not now";
      }
      recipients.add(address);
      return "250 ok";
    }

    private void take(byte[] message) throws IOException {
      if (recipients.stream().anyMatch(a -> is(a, Attempt.Kind.DROPPED) && askedOnce.add(a))) {
        throw new IOException("dropped, as the plan says");
      }
      if (recipients.stream().anyMatch(address -> is(address, Attempt.Kind.SLOW))) {
        LockSupport.parkNanos(random.nextLong(300_000_000));
      }
      String header = new String(message, 0, Math.min(message.length, 16_384), ISO_8859_1);
      String identity = Letter.identity(header);
      String hash = Letter.hashOfBody(message);
      for (String recipient : recipients) {
        taken.add(new Taken(identity, recipient, life, hash));
      }
      recipients.clear();
      say("250 taken");
    }

    private void say(String reply) throws IOException {
      client.getOutputStream().write((reply + "\r\n").getBytes(ISO_8859_1));
    }
  }

  private static boolean is(String address, Attempt.Kind kind) {
    return address.startsWith(kind.name().toLowerCase(java.util.Locale.ROOT) + "-");
  }

  private static String address(String command) {
    return command.substring(command.indexOf('<') + 1, command.indexOf('>'));
  }

  /** Up to the line of a dot alone, without the dots that were stuffed. */
  private static byte[] data(InputStream in) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    for (String line = line(in); !line.equals("."); line = line(in)) {
      message.writeBytes((line.startsWith(".") ? line.substring(1) : line).getBytes(ISO_8859_1));
      message.write('\r');
      message.write('\n');
    }
    return message.toByteArray();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("the client left");
      }
      line.append((char) octet);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

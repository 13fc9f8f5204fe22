package org.thurn.whole;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server of the old days, to relay to: PIPELINING and nothing else. It takes a bare LF for the
 * end of a line, as those do that can be smuggled into, and keeps every line that it takes for a
 * command.
 */
final class Sink implements AutoCloseable {
  private final ServerSocket socket;
  final List<String> commands = new CopyOnWriteArrayList<>();
  final List<String> messages = new CopyOnWriteArrayList<>();

  /** What it says to RCPT. */
  volatile String toRcpt = "250 ok";

  Sink(InetAddress address, int port) throws IOException {
    socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(address, port));
    Thread.ofVirtual().name("sink").start(this::accept);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        commands.add("accept: " + e.getMessage());
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      say(client, "220 sink");
      String line;
      do {
        line = line(in);
        commands.add(line);
        say(client, reply(line));
        if (line.equals("DATA")) {
          StringBuilder message = new StringBuilder();
          for (String next = line(in); !next.equals("."); next = line(in)) {
            message.append(next).append('\n');
          }
          messages.add(message.toString());
          say(client, "250 taken");
        }
      } while (!line.equals("QUIT"));
    } catch (IOException e) {
      commands.add("lost: " + e.getMessage());
    }
  }

  private String reply(String command) {
    return switch (command.substring(0, Math.min(4, command.length()))) {
      case "EHLO" -> "250-sink\r\n250 PIPELINING";
      case "RCPT" -> toRcpt;
      case "DATA" -> "354 go";
      case "QUIT" -> "221 bye";
      default -> "250 ok";
    };
  }

  private static void say(Socket client, String reply) throws IOException {
    client.getOutputStream().write((reply + "\r\n").getBytes(US_ASCII));
  }

  /** Ended by any LF; a CR before it is dropped, every other one kept. */
  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("the client left");
      }
      line.write(octet);
    }
    String text = line.toString(ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

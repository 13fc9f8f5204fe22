package org.thurn.whole;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.thurn.name.Mailbox;

/** A client that says what a test wants, over TCP or a Unix-domain socket. */
final class Talker implements AutoCloseable {
  private final SocketChannel channel;
  private final InputStream in;
  private final OutputStream out;

  private Talker(SocketAddress server) throws IOException {
    channel = SocketChannel.open(server);
    in = new BufferedInputStream(Channels.newInputStream(channel));
    out = Channels.newOutputStream(channel);
  }

  /** Greeted, and its hello said. */
  static Talker to(InetSocketAddress server) throws IOException {
    Talker talker = new Talker(server);
    talker.hear();
    talker.say("EHLO [127.0.0.1]");
    return talker;
  }

  static Talker lmtp(Path socket) throws IOException {
    Talker talker = new Talker(UnixDomainSocketAddress.of(socket));
    talker.hear();
    talker.say("LHLO filter");
    return talker;
  }

  Talker as(Mailbox account, String password) throws IOException {
    String secret = "\0" + account + "\0" + password;
    String reply = say("AUTH PLAIN " + Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)));
    if (!reply.startsWith("235 ")) {
      throw new IOException(reply);
    }
    return this;
  }

  /** The last line of one reply. */
  String hear() throws IOException {
    String line;
    do {
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      for (int octet = in.read(); octet != '\n'; octet = in.read()) {
        if (octet < 0) {
          throw new EOFException("the server closed the connection");
        }
        octets.write(octet);
      }
      line = octets.toString(UTF_8).stripTrailing();
    } while (line.startsWith("-", 3));
    return line;
  }

  String say(String line) throws IOException {
    out.write((line + "\r\n").getBytes(UTF_8));
    return hear();
  }

  /** A whole transaction; the reply to the message, or the first that refuses something. */
  String send(String mail, List<String> recipients, String message) throws IOException {
    List<String> commands = new ArrayList<>();
    commands.add("MAIL FROM:" + mail);
    recipients.forEach(recipient -> commands.add("RCPT TO:" + recipient));
    commands.add("DATA");
    for (String command : commands) {
      String reply = say(command);
      if (reply.charAt(0) > '3') {
        say("RSET");
        return reply;
      }
    }
    return say(message + "\r\n.");
  }

  /** By BDAT, octet for octet. */
  String sendChunk(String mail, String recipient, String message) throws IOException {
    say("MAIL FROM:" + mail);
    say("RCPT TO:" + recipient);
    byte[] octets = message.getBytes(UTF_8);
    return say("BDAT " + octets.length + " LAST\r\n" + message.substring(0, message.length() - 2));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

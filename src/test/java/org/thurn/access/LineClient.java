package org.thurn.access;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends and reads lines in CRLF, one char an octet. */
public final class LineClient implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  public LineClient(int port) throws IOException {
    this(InetAddress.getLoopbackAddress(), port);
  }

  public LineClient(InetAddress address, int port) throws IOException {
    this(new Socket(address, port));
  }

  /** From an address of this machine. */
  public static LineClient from(InetAddress own, int port) throws IOException {
    return new LineClient(new Socket(InetAddress.getLoopbackAddress(), port, own, 0));
  }

  private LineClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Waits so many seconds for an answer; 10 if nobody says otherwise. */
  public LineClient patient(int seconds) throws IOException {
    socket.setSoTimeout(seconds * 1_000);
    return this;
  }

  public void send(String line) throws IOException {
    sendRaw(line + "\r\n");
  }

  public void sendRaw(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** The next line without its end, or {@code <closed>}. */
  public String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        return "<closed>";
      }
      line.write(octet);
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  /** The next {@code count} octets, fewer only if the server closes before. */
  public byte[] octets(int count) throws IOException {
    return in.readNBytes(count);
  }

  /** Reads lines up to one that begins so; returns all of them. */
  public String until(String start) throws IOException {
    StringBuilder all = new StringBuilder();
    String line;
    do {
      line = line();
      all.append(line).append('\n');
    } while (!line.startsWith(start) && !line.equals("<closed>"));
    return all.toString();
  }

  /** Sends a command and returns what comes up to its tagged reply. */
  public String command(String tag, String command) throws IOException {
    send(tag + " " + command);
    return until(tag + " ");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package org.thurn.smtp.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.thurn.name.IpAddress;
import org.thurn.net.Connection;
import org.thurn.net.ConnectionHandler;
import org.thurn.net.CrlfReader.Line;
import org.thurn.net.Listener;
import org.thurn.net.ListenerSettings;
import org.thurn.net.TlsUpgrade;
import org.thurn.time.Time;

/**
 * A server on loopback that follows a transcript, one script a connection, scripts parted by {@code
 * ----}. {@code S:} says a line, {@code C:} expects exactly that line, {@code C~:} one that
 * matches, {@code C*:} takes a message up to CRLF.CRLF, {@code C#: n} n octets; {@code S!: close}
 * closes, {@code S!: tls} makes the handshake, {@code S!: raw} says octets with escapes.
 */
public final class ScriptedServer implements AutoCloseable, ConnectionHandler {
  private final Queue<List<String>> scripts = new ConcurrentLinkedQueue<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<byte[]> messages = new ArrayList<>();
  private final CountDownLatch open;
  private final Optional<TlsUpgrade> tls;
  private final Listener listener;

  /** Plays on an address and port; 0 is any. */
  public ScriptedServer(String address, int port, Optional<TlsUpgrade> tls, String text) {
    Pattern.compile("(?m)^----\n")
        .splitAsStream(text)
        .forEach(one -> scripts.add(one.lines().filter(line -> !line.isBlank()).toList()));
    this.open = new CountDownLatch(scripts.size());
    this.tls = tls;
    try {
      InetAddress local = IpAddress.of(address);
      this.listener =
          Listener.open(
              ListenerSettings.tcp("smtp", new InetSocketAddress(local, port)),
              this,
              Time.system());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ScriptedServer of(String text) {
    return new ScriptedServer("127.0.0.1", 0, Optional.empty(), text);
  }

  /** A transcript of {@code src/test/resources/smtp/client}. */
  public static String transcript(String name) {
    try (InputStream in = ScriptedServer.class.getResourceAsStream("/smtp/client/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) listener.local();
  }

  /** The messages that {@code C*:} and {@code C#:} took, raw. */
  public List<byte[]> messages() {
    synchronized (wrong) {
      return List.copyOf(messages);
    }
  }

  @Override
  public void serve(Connection connection) throws IOException {
    List<String> script = scripts.poll();
    if (script == null) {
      note("a connection that no script expects");
      return;
    }
    connection.readTimeout(java.time.Duration.ofSeconds(5));
    try {
      for (String line : script) {
        if (!step(connection, line)) {
          return;
        }
      }
      connection.out().flush();
      if (connection.reader().readLine(5000) instanceof Line.Text more) {
        note("unexpected: " + more.utf8());
      }
    } catch (IOException e) {
      note("after the script " + script + ": " + e);
    } finally {
      open.countDown();
    }
  }

  private boolean step(Connection connection, String line) throws IOException {
    String rest = line.substring(Math.min(line.length(), line.indexOf(':') + 2));
    switch (line.substring(0, line.indexOf(':'))) {
      case "S" -> connection.out().write((rest + "\r\n").getBytes(StandardCharsets.UTF_8));
      case "S!" -> {
        return command(connection, rest);
      }
      case "C" -> expect(connection, Pattern.quote(rest), rest);
      case "C~" -> expect(connection, rest, rest);
      case "C*" -> {
        connection.out().flush();
        keep(message(connection));
      }
      case "C#" -> {
        connection.out().flush();
        keep(connection.reader().readExactly(Integer.parseInt(rest)));
      }
      default -> throw new IllegalArgumentException(line);
    }
    return true;
  }

  private boolean command(Connection connection, String rest) throws IOException {
    if (rest.startsWith("raw ")) {
      String raw = rest.substring(4).replace("\\r", "\r").replace("\\n", "\n");
      connection.out().write(raw.getBytes(StandardCharsets.ISO_8859_1));
      return true;
    }
    connection.out().flush();
    if ("tls".equals(rest)) {
      connection.startTls(tls.orElseThrow());
      return true;
    }
    return false; // close
  }

  private void expect(Connection connection, String regex, String shown) throws IOException {
    connection.out().flush();
    Line line = connection.reader().readLine(5000);
    if (!(line instanceof Line.Text text && text.utf8().matches(regex))) {
      String got = line instanceof Line.Text text ? text.utf8() : line.toString();
      note("expected: " + shown + "\n but got: " + got);
      connection.close();
    }
  }

  private static byte[] message(Connection connection) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] last = new byte[5];
    byte[] end = {'\r', '\n', '.', '\r', '\n'};
    while (!java.util.Arrays.equals(last, end)) {
      byte octet = connection.reader().readExactly(1)[0];
      out.write(octet);
      System.arraycopy(last, 1, last, 0, 4);
      last[4] = octet;
    }
    return out.toByteArray();
  }

  private void keep(byte[] message) {
    synchronized (wrong) {
      messages.add(message);
    }
  }

  private void note(String what) {
    synchronized (wrong) {
      wrong.add(what);
    }
  }

  @Override
  public byte[] refusal(Limit limit) {
    return new byte[0];
  }

  @Override
  public void fault(String where, Exception cause) {
    note(where + ": " + cause);
  }

  /** All scripts were played to their ends and nothing else was said. */
  public void assertFollowed() throws InterruptedException {
    boolean all = open.await(5, TimeUnit.SECONDS);
    synchronized (wrong) {
      assertThat(wrong).isEmpty();
    }
    assertThat(all).as("every connection was made and ended").isTrue();
  }

  @Override
  public void close() {
    listener.close();
  }
}

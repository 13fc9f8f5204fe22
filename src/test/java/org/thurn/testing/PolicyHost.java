package org.thurn.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thurn.name.IpAddress;
import org.thurn.net.Connection;
import org.thurn.net.ConnectionHandler;
import org.thurn.net.CrlfReader.Line;
import org.thurn.net.Listener;
import org.thurn.net.ListenerSettings;
import org.thurn.time.Time;
import org.thurn.tls.TlsServer;

/** A web server over TLS that answers every request in one way, however wrong. */
public final class PolicyHost implements AutoCloseable {
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final Listener listener;

  /** What is answered, octet by octet. */
  @FunctionalInterface
  public interface Behaviour {
    void answer(Connection connection) throws IOException;
  }

  /**
   * Opens it.
   *
   * @param folder for the certificate's files
   * @param port 0 for any
   */
  public PolicyHost(
      Path folder, TestCertificates.Issued issued, String address, int port, Behaviour behaviour)
      throws IOException {
    Path own = Files.createTempDirectory(folder, "policy-host");
    issued.writeTo(own);
    TlsServer tls = new TlsServer(own.resolve("cert.pem"), own.resolve("key.pem"));
    listener =
        Listener.open(
            ListenerSettings.tcp("https", new InetSocketAddress(IpAddress.of(address), port))
                .withTls(tls),
            new Handler(behaviour),
            Time.system());
  }

  /** An answer 200 with a text. */
  public static Behaviour text(String text) {
    return raw(
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
            + text.length()
            + "\r\n\r\n"
            + text);
  }

  /** Exactly this. */
  public static Behaviour raw(String answer) {
    return connection -> {
      connection.out().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      connection.out().flush();
    };
  }

  public int port() {
    return ((InetSocketAddress) listener.local()).getPort();
  }

  /** The lines of all requests. */
  public List<String> heard() {
    return List.copyOf(heard);
  }

  @Override
  public void close() {
    listener.close();
  }

  private final class Handler implements ConnectionHandler {
    private final Behaviour behaviour;

    Handler(Behaviour behaviour) {
      this.behaviour = behaviour;
    }

    @Override
    public void serve(Connection connection) throws IOException {
      Line line = connection.reader().readLine(1_000);
      while (line instanceof Line.Text text && text.octets().length > 0) {
        heard.add(text.latin1());
        line = connection.reader().readLine(1_000);
      }
      behaviour.answer(connection);
    }

    @Override
    public byte[] refusal(Limit limit) {
      return new byte[0];
    }

    @Override
    public void broken(Connection connection, IOException cause) {
      // a client that does not like us goes away
    }
  }
}

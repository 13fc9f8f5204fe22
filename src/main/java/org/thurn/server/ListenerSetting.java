package org.thurn.server;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One {@code [[listener]]}.
 *
 * @param protocol smtp, submission, lmtp, imap, pop3 or http
 * @param address the IP address to bind, or empty for a Unix-domain socket
 * @param path the Unix-domain socket (lmtp only), or empty
 * @param port 0 lets the system choose
 * @param tls when TLS begins
 */
public record ListenerSetting(
    Service protocol, Optional<InetAddress> address, Optional<Path> path, int port, TlsMode tls) {

  /** What is spoken there. */
  public enum Service {
    SMTP,
    SUBMISSION,
    LMTP,
    IMAP,
    POP3,
    HTTP;

    /** The name that the settings, journey and metrics use. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** When TLS begins. */
  public enum TlsMode {
    /** Never. */
    NONE,
    /** By STARTTLS or STLS. */
    STARTTLS,
    /** With the first octet: submissions, imaps, pop3s. */
    IMPLICIT
  }

  /** Whether both would bind the same place; of port 0 there are many. */
  boolean sharesEndpoint(ListenerSetting other) {
    return path.isPresent()
        ? path.equals(other.path)
        : port != 0 && port == other.port && address.equals(other.address);
  }

  /** For messages to people: {@code imap 127.0.0.1#143}. */
  @Override
  public String toString() {
    return protocol.label()
        + " "
        + address
            .map(a -> a.getHostAddress() + "#" + port)
            .or(() -> path.map(Path::toString))
            .get();
  }
}

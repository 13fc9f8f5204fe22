package org.thurn.admin;

import java.time.Duration;
import java.util.List;

/**
 * What a running server says of itself.
 *
 * @param hostname what it calls itself
 * @param state its state directory
 * @param pid of its process
 * @param up since when it runs
 * @param listeners where it listens
 * @param warnings what its administrator should do something about
 */
public record Status(
    String hostname,
    String state,
    long pid,
    Duration up,
    List<Listening> listeners,
    List<String> warnings) {
  public Status {
    listeners = List.copyOf(listeners);
    warnings = List.copyOf(warnings);
  }

  /**
   * One listener.
   *
   * @param protocol such as {@code imap}
   * @param address an IP address, or a path
   * @param port 0 for a path
   * @param tls none, starttls or implicit
   * @param connections served now
   */
  public record Listening(String protocol, String address, int port, String tls, int connections) {
    /** For people: {@code imap 127.0.0.1#143}. */
    public String where() {
      return protocol + " " + address + (port == 0 ? "" : "#" + port);
    }
  }
}

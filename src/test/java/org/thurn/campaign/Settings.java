package org.thurn.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The settings of the server that is killed. */
final class Settings {
  private static final String TEXT =
      """
      state = "state"
      hostname = "mx.own.example"
      dns.servers = ["127.0.0.1:%d"]
      relay.port = %d
      queue.first-retry = "1s"
      queue.longest-retry = "2s"
      intake.messages-per-hour = 10000000
      intake.trusted-networks = ["127.0.0.2/32"]
      intake.disk-reserve-octets = 0
      """;

  private Settings() {}

  /**
   * Writes them.
   *
   * @param dns the port of the DNS
   * @param hop the port of the next hop
   */
  static void write(Path file, int dns, int hop) throws IOException {
    StringBuilder settings = new StringBuilder(TEXT.formatted(dns, hop));
    for (String protocol : List.of("smtp", "submission", "imap")) {
      settings.append(
          "[[listener]]\nprotocol = \"%s\"\naddress = \"127.0.0.1\"\nport = 0\n"
              .formatted(protocol));
    }
    Files.writeString(file, settings);
  }
}

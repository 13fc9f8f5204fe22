package org.thurn.server;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.thurn.name.IpAddress;
import org.thurn.server.ListenerSetting.Service;
import org.thurn.server.ListenerSetting.TlsMode;

/** Reads one {@code [[listener]]}. */
final class ListenerReader {
  private static final String PROTOCOLS =
      "one of smtp, submission, submissions, lmtp, imap, imaps, pop3, pop3s, http, https";

  private ListenerReader() {}

  /** A protocol as people write it: {@code imaps} is IMAP with TLS from the first octet. */
  private record Named(Service service, boolean implicit) {
    static Named parse(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "smtp" -> new Named(Service.SMTP, false);
        case "submission" -> new Named(Service.SUBMISSION, false);
        case "submissions" -> new Named(Service.SUBMISSION, true);
        case "lmtp" -> new Named(Service.LMTP, false);
        case "imap" -> new Named(Service.IMAP, false);
        case "imaps" -> new Named(Service.IMAP, true);
        case "pop3" -> new Named(Service.POP3, false);
        case "pop3s" -> new Named(Service.POP3, true);
        case "http" -> new Named(Service.HTTP, false);
        case "https" -> new Named(Service.HTTP, true);
        default -> throw new IllegalArgumentException(text);
      };
    }
  }

  /**
   * Reads the table.
   *
   * @param certificate whether there is a certificate to offer TLS with
   */
  static ListenerSetting read(TomlTable table, boolean certificate) throws SettingsException {
    Named protocol = table.require("protocol", PROTOCOLS, Named::parse);
    TlsMode tls = tls(table, protocol, certificate);
    Optional<Path> path = table.path("path");
    if (path.isPresent() && protocol.service() != Service.LMTP) {
      throw table.wrong("path", "left out: only lmtp listens on a Unix-domain socket");
    }
    Optional<InetAddress> address =
        path.isPresent()
            ? Optional.empty()
            : table
                .read("address", "an IP address such as \"0.0.0.0\"", IpAddress::parse)
                .or(() -> Optional.of(IpAddress.of("0.0.0.0")));
    int port = path.isPresent() ? 0 : (int) table.number("port", 0, 65_535, -1);
    table.end();
    return new ListenerSetting(protocol.service(), address, path, port, tls);
  }

  private static TlsMode tls(TomlTable table, Named protocol, boolean certificate)
      throws SettingsException {
    boolean web = protocol.service() == Service.HTTP;
    boolean never = protocol.service() == Service.LMTP || (web && !protocol.implicit());
    TlsMode usual =
        protocol.implicit()
            ? TlsMode.IMPLICIT
            : certificate && !never ? TlsMode.STARTTLS : TlsMode.NONE;
    TlsMode tls =
        table
            .read("tls", "\"none\", \"starttls\" or \"implicit\"", ListenerReader::mode)
            .orElse(usual);
    if (never && tls != TlsMode.NONE) {
      throw table.wrong("tls", "\"none\": this protocol has no TLS here");
    }
    if (protocol.implicit() && tls != TlsMode.IMPLICIT) {
      throw table.wrong("tls", "\"implicit\": that is what the protocol's last letter says");
    }
    if (tls != TlsMode.NONE && !certificate) {
      throw table.wrong(
          table.has("tls") ? "tls" : "protocol",
          "one without TLS while there is no [tls] or [acme] table");
    }
    return tls;
  }

  private static TlsMode mode(String text) {
    return switch (text) {
      case "none" -> TlsMode.NONE;
      case "starttls" -> TlsMode.STARTTLS;
      case "implicit" -> TlsMode.IMPLICIT;
      default -> throw new IllegalArgumentException(text);
    };
  }
}

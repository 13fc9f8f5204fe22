package org.thurn.server;

import java.util.List;
import org.thurn.name.DomainPattern;
import org.thurn.net.IpNetwork;

/** Reads what is taken in: {@code [intake]}. */
final class IntakeReader {
  private static final long MIB = 1 << 20;
  private static final String ENCRYPTED = "require-tls-from";

  private IntakeReader() {}

  static Settings.Intake read(TomlTable table, List<ListenerSetting> listeners)
      throws SettingsException {
    Settings.Intake intake =
        new Settings.Intake(
            table.number("max-message-octets", 64 * 1024, 2_000 * MIB, 50 * MIB),
            (int) table.number("max-recipients", 100, 100_000, 1_000),
            table.list("trusted-networks", "prefixes such as \"192.0.2.0/24\"", IpNetwork::parse),
            table.flag("reject-sender-without-mx", true),
            table.number("disk-reserve-octets", 0, 1L << 50, 256 * MIB),
            (int) table.number("connections-per-address", 1, 100_000, 50),
            (int) table.number("messages-per-hour", 1, 10_000_000, 1_000),
            (int) table.number("unknown-recipients-per-hour", 1, 10_000_000, 300),
            table.flag("limit-loopback", false),
            table.list(
                ENCRYPTED,
                "domains such as \"bank.example\", or \"*.bank.example\" for all below it",
                DomainPattern::parse));
    if (!intake.requireTlsFrom().isEmpty() && !isOffered(listeners)) {
      throw table.wrong(
          ENCRYPTED,
          "left out: no listener with protocol = \"smtp\" offers TLS, so none could come");
    }
    table.end();
    return intake;
  }

  /** Whether mail from other servers can come over TLS at all. */
  private static boolean isOffered(List<ListenerSetting> listeners) {
    return listeners.stream()
        .filter(listener -> listener.protocol() == ListenerSetting.Service.SMTP)
        .anyMatch(listener -> listener.tls() != ListenerSetting.TlsMode.NONE);
  }
}

package org.thurn.server;

import java.time.Duration;
import java.util.Optional;
import org.thurn.transfer.signing.SignerSettings;

/** Reads {@code [dkim]}. */
final class DkimReader {
  /** Shorter, and a successor would be published before its forerunner signs. */
  private static final Duration SHORTEST = Duration.ofDays(7);

  private static final Duration LONGEST = Duration.ofDays(3_650);

  private DkimReader() {}

  static Settings.Dkim read(TomlTable table) throws SettingsException {
    Duration every =
        table.duration("rotate-every", Duration.ZERO, LONGEST, Settings.Dkim.USUAL.rotateEvery());
    if (!every.isZero() && every.compareTo(SHORTEST) < 0) {
      throw table.wrong("rotate-every", "\"0d\" for never, or at least \"7d\"");
    }
    SignerSettings usual = Settings.Dkim.USUAL.signer();
    Settings.Dkim dkim =
        new Settings.Dkim(
            new SignerSettings(
                table.flag("sign", usual.sign()),
                table.flag("sign-trusted-networks", usual.trustedNetworks()),
                table.flag("encode-8bit", usual.encodeEightBit())),
            every,
            table.has("update")
                ? Optional.of(UpdateReader.read(table.table("update")))
                : Optional.empty());
    table.end();
    return dkim;
  }
}

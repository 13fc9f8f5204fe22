package org.thurn.server;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurn.dns.DnsName;
import org.thurn.dns.TsigKey;
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
            table.has("update") ? Optional.of(update(table.table("update"))) : Optional.empty());
    table.end();
    return dkim;
  }

  private static Settings.Update update(TomlTable table) throws SettingsException {
    Settings.Update update =
        new Settings.Update(
            table.require(
                "server",
                "an address such as \"127.0.0.1\" or \"127.0.0.1:53\"",
                Resolvers::server),
            table.require("key", "the name of a key such as \"thurn\"", DnsName::new),
            table.file("secret-file").orElseThrow(() -> table.wrong("secret-file", "a file")),
            table
                .read("algorithm", algorithms(), text -> TsigKey.Algorithm.of(text).orElseThrow())
                .orElse(TsigKey.Algorithm.HMAC_SHA256));
    table.end();
    return update;
  }

  private static String algorithms() {
    return Arrays.stream(TsigKey.Algorithm.values())
        .map(algorithm -> '"' + algorithm.word() + '"')
        .collect(Collectors.joining(", ", "one of ", ""));
  }
}

package org.thurn.server;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.thurn.dns.DnsName;
import org.thurn.dns.TsigKey;

/** Reads {@code [dkim.update]} and {@code [acme.update]}. */
final class UpdateReader {
  private UpdateReader() {}

  static Settings.Update read(TomlTable table) throws SettingsException {
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

package org.thurn.server;

import java.time.Duration;
import org.thurn.tls.mtasts.Mode;
import org.thurn.tls.mtasts.MxPattern;
import org.thurn.tls.mtasts.StsPolicy;

/** Reads {@code [mta-sts]}. */
final class StsReader {
  private static final String MODES = "\"enforce\", \"testing\" or \"none\"";
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final int HTTPS = 443;

  private StsReader() {}

  static StsSettings read(TomlTable table) throws SettingsException {
    StsSettings usual = StsSettings.USUAL;
    StsSettings settings =
        new StsSettings(
            table.read("mode", MODES, text -> Mode.of(text).orElseThrow()),
            table.duration("max-age", SHORTEST, StsPolicy.LONGEST, usual.maxAge()),
            table.list(
                "mx",
                "host names such as \"mx.example.org\" or \"*.example.org\"",
                text -> MxPattern.parse(text).orElseThrow()),
            (int) table.number("port", 1, 65_535, HTTPS));
    table.end();
    return settings;
  }
}

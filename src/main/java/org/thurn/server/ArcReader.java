package org.thurn.server;

import org.thurn.name.Domain;

/** Reads {@code [arc]}. */
final class ArcReader {
  private ArcReader() {}

  static Settings.Arc read(
      TomlTable table, Settings.Authentication authentication, Settings.Dkim dkim)
      throws SettingsException {
    Settings.Arc arc =
        new Settings.Arc(
            table.flag("seal", Settings.Arc.USUAL.seal()),
            table.read("domain", "a domain of ours such as \"example.org\"", Domain::parse));
    table.end();
    if (arc.seal() && !authentication.check()) {
      throw table.wrong(
          "seal", "false where [authentication] check is: a seal says what was found");
    }
    if (arc.seal() && !dkim.signer().sign()) {
      throw table.wrong("seal", "false where [dkim] sign is: no key is kept that could seal");
    }
    return arc;
  }
}

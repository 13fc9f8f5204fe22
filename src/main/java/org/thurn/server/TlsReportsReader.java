package org.thurn.server;

import org.thurn.name.Mailbox;

/** Reads {@code [tls-reports]}. */
final class TlsReportsReader {
  private static final String ADDRESS = "an address such as \"tls-reports@example.org\"";

  private TlsReportsReader() {}

  static Settings.TlsReports read(TomlTable table) throws SettingsException {
    Settings.TlsReports reports =
        new Settings.TlsReports(
            table.flag("send", true),
            table.read("organization", "a name", DmarcReader::text),
            table.read("from", ADDRESS, Mailbox::parse),
            table.read("contact", "a text such as a mail address", DmarcReader::text),
            table.list("receive-at", ADDRESS, Mailbox::parse),
            table.flag("receive-https", false));
    table.end();
    return reports;
  }
}

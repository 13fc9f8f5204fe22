package org.thurn.server;

import org.thurn.name.Mailbox;

/** Reads {@code [dmarc]}. */
final class DmarcReader {
  private static final String ADDRESS = "an address such as \"dmarc@example.org\"";
  private static final int MAX_TEXT = 200;

  private DmarcReader() {}

  static Settings.Dmarc read(TomlTable table) throws SettingsException {
    Settings.Dmarc dmarc =
        new Settings.Dmarc(
            table.flag("send-reports", true),
            table.flag("send-failure-reports", false),
            table.read("organization", "a name", DmarcReader::text),
            table.read("report-from", ADDRESS, Mailbox::parse),
            table.read("extra-contact", "a text such as a web address", DmarcReader::text),
            table.list("receive-at", ADDRESS, Mailbox::parse));
    table.end();
    return dmarc;
  }

  static String text(String text) {
    if (text.isBlank() || text.length() > MAX_TEXT || text.matches(".*\\p{Cntrl}.*")) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }
}

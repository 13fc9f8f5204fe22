package org.thurn.server;

import java.util.ArrayList;
import java.util.List;
import org.thurn.tls.TlsServer;

/** Reads {@code [[certificate]]}. */
final class CertificateReader {
  private CertificateReader() {}

  /**
   * Reads the tables.
   *
   * @param usual whether there is a default certificate
   */
  static CertificateSettings read(TomlTable file, boolean usual) throws SettingsException {
    List<TlsServer.Pair> files = new ArrayList<>();
    for (TomlTable certificate : file.tables("certificate")) {
      files.add(pair(certificate));
      certificate.end();
    }
    if (!files.isEmpty() && !usual) {
      throw file.wrong("tls", "there, with the certificate for whoever asks for no name");
    }
    return new CertificateSettings(files);
  }

  /** The two files of a certificate. */
  static TlsServer.Pair pair(TomlTable table) throws SettingsException {
    return new TlsServer.Pair(
        table.file("certificate").orElseThrow(() -> table.wrong("certificate", "a PEM file")),
        table.file("key").orElseThrow(() -> table.wrong("key", "a PEM file")));
  }
}

package org.thurn.server;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.tls.TlsServer;
import org.thurn.tls.acme.AcmeSettings;
import org.thurn.tls.acme.AcmeSettings.Proof;

/** Reads {@code [[certificate]]} and {@code [acme]}. */
final class CertificateReader {
  /** Shorter, and a next key would be made before the last one is known everywhere. */
  private static final Duration SHORTEST = Duration.ofDays(7);

  private static final Duration LONGEST = Duration.ofDays(3_650);

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
    TomlTable acme = file.table("acme");
    return file.has("acme")
        ? acme(acme, files)
        : new CertificateSettings(files, Optional.empty(), Optional.empty());
  }

  /** The two files of a certificate. */
  static TlsServer.Pair pair(TomlTable table) throws SettingsException {
    return new TlsServer.Pair(
        table.file("certificate").orElseThrow(() -> table.wrong("certificate", "a PEM file")),
        table.file("key").orElseThrow(() -> table.wrong("key", "a PEM file")));
  }

  private static CertificateSettings acme(TomlTable table, List<TlsServer.Pair> files)
      throws SettingsException {
    List<Domain> names = table.list("names", "host names", Domain::parse);
    if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
      throw table.wrong("names", "one host name or more, each once");
    }
    if (!table.flag("agree-to-terms", false)) {
      throw table.wrong("agree-to-terms", "true: without that an authority issues nothing");
    }
    Optional<Settings.Update> update =
        table.has("update")
            ? Optional.of(UpdateReader.read(table.table("update")))
            : Optional.empty();
    AcmeSettings acme =
        new AcmeSettings(
            table
                .read("directory", "an address that begins with https://", CertificateReader::https)
                .orElse(AcmeSettings.USUAL_DIRECTORY),
            table.read(
                "contact", "such as \"mailto:hostmaster@example.org\"", CertificateReader::mailto),
            names,
            table
                .read("challenge", proofs(), text -> Proof.of(text).orElseThrow())
                .orElse(Proof.HTTP_01),
            table.file("ca"),
            rotation(table),
            table.flag("publish-tlsa", false));
    if (update.isEmpty() && (acme.challenge() == Proof.DNS_01 || acme.publishTlsa())) {
      throw table.wrong("update", "a table [acme.update]: who takes changes of the DNS");
    }
    table.end();
    return new CertificateSettings(files, Optional.of(acme), update);
  }

  private static Duration rotation(TomlTable table) throws SettingsException {
    Duration every = table.duration("rotate-key-every", Duration.ZERO, LONGEST, Duration.ZERO);
    if (!every.isZero() && every.compareTo(SHORTEST) < 0) {
      throw table.wrong("rotate-key-every", "\"0d\" for never, or at least \"7d\"");
    }
    return every;
  }

  private static URI https(String text) {
    URI directory = URI.create(text);
    if (!"https".equals(directory.getScheme()) || directory.getHost() == null) {
      throw new IllegalArgumentException(text);
    }
    return directory;
  }

  private static String mailto(String text) throws Exception {
    if (!text.startsWith("mailto:")) {
      throw new IllegalArgumentException(text);
    }
    Mailbox.parse(text.substring("mailto:".length()));
    return text;
  }

  private static String proofs() {
    return Arrays.stream(Proof.values())
        .map(proof -> '"' + proof.word() + '"')
        .collect(Collectors.joining(", ", "one of ", ""));
  }
}

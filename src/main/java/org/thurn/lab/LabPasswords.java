package org.thurn.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.thurn.name.Mailbox;

/** The passwords of the lab's people: drawn at the first start, kept with the state, owner only. */
final class LabPasswords {
  private static final int OCTETS = 12;

  private LabPasswords() {}

  /** Reads them from {@code file}, making it at the first start. */
  static Map<Mailbox, String> open(Path file) throws IOException {
    Properties kept = new Properties();
    if (Files.exists(file)) {
      try (var reader = Files.newBufferedReader(file)) {
        kept.load(reader);
      }
    }
    Map<Mailbox, String> passwords = new LinkedHashMap<>();
    SecureRandom random = new SecureRandom();
    for (LabDomain domain : LabDomain.values()) {
      for (Mailbox account : domain.accounts()) {
        String old = kept.getProperty(account.toString());
        passwords.put(account, old == null ? draw(random) : old);
        kept.setProperty(account.toString(), passwords.getOrDefault(account, ""));
      }
    }
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var writer = Files.newBufferedWriter(file)) {
      kept.store(writer, null);
    }
    return passwords;
  }

  private static String draw(SecureRandom random) {
    byte[] octets = new byte[OCTETS];
    random.nextBytes(octets);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets).replaceAll("^-", "x");
  }
}

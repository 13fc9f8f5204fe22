package org.thurn.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thurn.dns.DnsName;
import org.thurn.dns.TsigKey;
import org.thurn.dns.UpdateGrant;
import org.thurn.name.IpAddress;
import org.thurn.server.Settings;
import org.thurn.transfer.signing.SignerSettings;

/**
 * What the domains' servers need to put their keys into the lab's DNS: a secret each, which is good
 * for their own zone. The old days have none.
 */
final class LabUpdates {
  private static final int SECRET_OCTETS = 32;
  private static final SignerSettings NOTHING = new SignerSettings(false, false, false);
  private static final TsigKey.Algorithm ALGORITHM = TsigKey.Algorithm.HMAC_SHA256;

  private final Path folder;
  private final LabPorts ports;

  /**
   * @param folder where the secrets are kept
   */
  LabUpdates(Path folder, LabPorts ports) {
    this.folder = folder;
    this.ports = ports;
  }

  /** Whom the lab's DNS allows what. */
  List<UpdateGrant> grants() throws IOException {
    List<UpdateGrant> grants = new ArrayList<>();
    for (LabDomain domain : LabDomain.values()) {
      if (domain.signsMail()) {
        TsigKey key = TsigKey.read(name(domain), ALGORITHM, secret(domain));
        grants.add(new UpdateGrant(key, Set.of(DnsName.of(domain.domain()))));
      }
    }
    return grants;
  }

  /** How a domain's server signs. */
  Settings.Dkim settings(LabDomain domain) throws IOException {
    Settings.Dkim usual = Settings.Dkim.USUAL;
    if (!domain.signsMail()) {
      return new Settings.Dkim(NOTHING, usual.rotateEvery(), Optional.empty());
    }
    InetSocketAddress dns = new InetSocketAddress(IpAddress.of("127.0.0.1"), ports.dns());
    Settings.Update update = new Settings.Update(dns, name(domain), secret(domain), ALGORITHM);
    return new Settings.Dkim(usual.signer(), usual.rotateEvery(), Optional.of(update));
  }

  private static DnsName name(LabDomain domain) {
    return DnsName.of(domain.domain()).under("keys");
  }

  /** The file of a domain's secret, made where there is none. */
  private Path secret(LabDomain domain) throws IOException {
    Path file = folder.resolve(domain.domain().ascii() + ".tsig");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      byte[] octets = new byte[SECRET_OCTETS];
      new SecureRandom().nextBytes(octets);
      Path fresh = folder.resolve(file.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, Base64.getEncoder().encodeToString(octets) + "\n");
      Files.move(fresh, file);
    }
    return file;
  }
}

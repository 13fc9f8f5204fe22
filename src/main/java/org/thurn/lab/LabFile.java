package org.thurn.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.thurn.name.Mailbox;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code lab.json}: what programs that drive the lab read. It is there exactly while every port
 * that it lists answers.
 */
final class LabFile {
  private static final JsonMapper JSON = new JsonMapper();

  /** It holds passwords. */
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final Path file;

  LabFile(Path state) {
    this.file = state.resolve("lab.json");
  }

  /** What the file says beside the domains. */
  record Facts(
      String web, Path ca, LabPorts ports, Path trustAnchor, Map<Mailbox, String> passwords) {}

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Writes it beside, then renames it into place. */
  void write(Facts facts) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("web", facts.web());
    root.put("ca", facts.ca().toAbsolutePath().toString());
    root.put("pid", ProcessHandle.current().pid());
    root.putObject("dns")
        .put("address", "127.0.0.1")
        .put("port", facts.ports().dns())
        .put("trustAnchor", facts.trustAnchor().toAbsolutePath().toString());
    ObjectNode domains = root.putObject("domains");
    for (LabDomain domain : LabDomain.values()) {
      domain(domains.putObject(domain.domain().ascii()), domain, facts);
    }
    Path fresh = file.resolveSibling("lab.json.new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.writeString(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void domain(ObjectNode node, LabDomain domain, Facts facts) {
    LabPorts ports = facts.ports();
    node.put("host", domain.host().ascii());
    node.put("address", domain.address().getHostAddress());
    node.put("smtp", ports.smtp());
    node.put("lmtp", ports.lmtp());
    node.put("submission", ports.submission());
    node.put("imap", ports.imap());
    node.put("pop3", ports.pop3());
    node.put("http", ports.http());
    if (domain.tls()) {
      node.put("https", ports.https());
      node.put("submissions", ports.submissions());
      node.put("imaps", ports.imaps());
      node.put("pop3s", ports.pop3s());
    }
    for (Mailbox account : domain.accounts()) {
      node.withArray("accounts")
          .addObject()
          .put("address", account.toString())
          .put("password", facts.passwords().getOrDefault(account, ""));
    }
  }
}

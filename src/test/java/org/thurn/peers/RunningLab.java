package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Folder;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.thurn.admin.Answer;
import org.thurn.admin.ControlClient;
import org.thurn.admin.Outcome;
import org.thurn.dns.ZoneSyntaxException;
import org.thurn.lab.Lab;
import org.thurn.lab.LabSettings;
import org.thurn.server.SettingsException;
import org.thurn.testing.TestCertificates;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A lab as a stranger sees it: what its {@code lab.json} says, and its control sockets. Its DNS
 * also holds the records of {@link PostfixHost}, which is not ours.
 */
final class RunningLab implements AutoCloseable {
  private static final int TRIES = 10;

  /** Keeps every port below those that the system gives to clients. */
  private static final int FIRST_OFFSET = 8_000;

  private static final int LAST_OFFSET = 27_000;

  private final Path folder;
  private final Lab lab;
  private final JsonNode facts;

  private RunningLab(Path folder, Lab lab) throws IOException {
    this.folder = folder;
    this.lab = lab;
    facts = new JsonMapper().readTree(Files.readString(folder.resolve("lab.json")));
  }

  static RunningLab start() {
    try {
      Path folder = Files.createTempDirectory("thurn-peers-");
      // other hosts' accounts read the lab's certificate and trust anchor
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      TestCertificates.Issued key = new TestCertificates().issue("mx.postfix.example");
      Files.writeString(folder.resolve("postfix.key"), key.keyPem());
      for (int attempt = 1; ; attempt++) {
        int offset = ThreadLocalRandom.current().nextInt(FIRST_OFFSET, LAST_OFFSET);
        Path zone =
            Files.writeString(
                folder.resolve("more.zone"), PostfixHost.records(offset, key.keys().getPublic()));
        try {
          LabSettings settings = new LabSettings(folder, 0, offset, List.of(zone));
          return new RunningLab(folder, Lab.start(settings, Time.system()));
        } catch (BindException e) {
          if (attempt == TRIES) {
            throw e; // every one of them was taken
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ZoneSyntaxException | SettingsException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The folder of everything that the lab keeps. */
  Path folder() {
    return folder;
  }

  /** The state directory of one domain. */
  Path state(String domain) {
    return folder.resolve(domain);
  }

  /** The certificate of the lab's authority. */
  Path authority() {
    return Path.of(facts.path("ca").asString());
  }

  /** The certificate of a domain's host. */
  Path certificate(String domain) {
    return authority().resolveSibling(domain(domain).path("host").asString() + ".pem");
  }

  /** Opens connections to those that the lab's authority vouches for. */
  SSLSocketFactory socketFactory() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null);
    try (InputStream pem = Files.newInputStream(authority())) {
      trusted.setCertificateEntry(
          "lab", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  Path trustAnchor() {
    return Path.of(facts.path("dns").path("trustAnchor").asString());
  }

  int dnsPort() {
    return facts.path("dns").path("port").asInt();
  }

  /** The address of a domain's host. */
  String address(String domain) {
    return domain(domain).path("address").asString();
  }

  /** A port by its name in {@code lab.json}. */
  int port(String domain, String protocol) {
    assertThat(domain(domain).has(protocol)).as(protocol + " of " + domain).isTrue();
    return domain(domain).path(protocol).asInt();
  }

  /** {@code address:port}. */
  String at(String domain, String protocol) {
    return address(domain) + ":" + port(domain, protocol);
  }

  String password(String account) {
    for (JsonNode known : domain(domainOf(account)).path("accounts")) {
      if (known.path("address").asString().equals(account)) {
        return known.path("password").asString();
      }
    }
    throw new IllegalArgumentException(account + " is nobody in lab.json");
  }

  private JsonNode domain(String domain) {
    return facts.path("domains").path(domain);
  }

  static String domainOf(String account) {
    return account.substring(account.indexOf('@') + 1);
  }

  /** Has a domain's running server carry out a command, as the command line does. */
  List<JsonNode> command(String domain, String command, ObjectNode arguments) throws IOException {
    List<JsonNode> items = new ArrayList<>();
    Answer answer =
        new Answer() {
          @Override
          public void item(JsonNode item) {
            items.add(item);
          }

          @Override
          public void text(String text) {
            throw new AssertionError("not JSON: " + text);
          }
        };
    Outcome outcome =
        new ControlClient(state(domain))
            .call(command, arguments.put("json", true), new byte[0], answer);
    assertThat(outcome.exit()).as(outcome.words()).isLessThan(2);
    return items;
  }

  /** The events of {@code thurn trace --json}; empty where nothing is known. */
  List<JsonNode> trace(String domain, String key) throws IOException {
    return command(domain, "trace", ControlClient.arguments().put("key", key));
  }

  /** Waits until a message with this subject is in the account's INBOX; its UID. */
  long awaitMail(String account, String subject) throws Exception {
    return Polls.until(
        "mail for " + account + " about " + subject,
        () -> find(account, subject).map(line -> line.path("uid").asLong()));
  }

  /** Waits for a message with this subject, and fetches it by IMAP, octet for octet. */
  String read(String account, String subject) throws Exception {
    long uid = awaitMail(account, subject);
    Properties properties = new Properties();
    properties.put("mail.imap.peek", "true");
    try (Store store = Session.getInstance(properties).getStore("imap")) {
      String domain = domainOf(account);
      store.connect(address(domain), port(domain, "imap"), account, password(account));
      IMAPFolder inbox = (IMAPFolder) store.getFolder("INBOX");
      inbox.open(Folder.READ_ONLY);
      try (InputStream text = ((IMAPMessage) inbox.getMessageByUID(uid)).getMimeStream()) {
        return new String(text.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  private Optional<JsonNode> find(String account, String subject) throws IOException {
    ObjectNode arguments = ControlClient.arguments().put("as", account);
    return command(domainOf(account), "mail-read", arguments).stream()
        .filter(line -> line.path("subject").asString().equals(subject))
        .findFirst();
  }

  @Override
  public void close() throws IOException {
    lab.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

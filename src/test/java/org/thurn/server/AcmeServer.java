package org.thurn.server;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.thurn.admin.Status;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.DnsName;
import org.thurn.dns.TsigKey;
import org.thurn.dns.UpdateGrant;
import org.thurn.dns.ZoneTree;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.net.Connection;
import org.thurn.net.Connector;
import org.thurn.testing.Pebble;
import org.thurn.time.Time;
import org.thurn.tls.CertifiedKey;
import org.thurn.tls.TlsClient;

/**
 * A whole server that gets certificates for mx.own.example and imap.own.example from pebble, and
 * the DNS that both ask.
 */
public final class AcmeServer implements AutoCloseable {
  private static final DnsName EXAMPLE = new DnsName("example");
  private static final byte[] SECRET = new byte[32];

  private final Path folder;
  private final Shared shared = Shared.open();
  private final AuthoritativeServer dns;
  private final int acme = Pebble.freePort();
  private final int tls = Pebble.freePort();
  private int http = Pebble.freePort();
  private Optional<Pebble> pebble = Optional.empty();
  private Optional<MailServer> server = Optional.empty();

  public AcmeServer(Path folder) throws Exception {
    this.folder = folder;
    TsigKey key = new TsigKey(new DnsName("thurn"), TsigKey.Algorithm.HMAC_SHA256, SECRET);
    Files.writeString(folder.resolve("secret"), Base64.getEncoder().encodeToString(SECRET));
    ZoneTree zones =
        ZoneTree.builder(Time.system())
            .server(IpAddress.of("127.0.0.1"))
            .unsigned(EXAMPLE)
            .updates(folder.resolve("updates.zone"))
            .records(
                """
                mx.own.example. 300 IN A 127.0.0.1
                imap.own.example. 300 IN A 127.0.0.1
                """)
            .build();
    InetSocketAddress address = new InetSocketAddress(IpAddress.of("127.0.0.1"), 0);
    dns =
        AuthoritativeServer.start(
            zones, List.of(address), _ -> {}, List.of(new UpdateGrant(key, Set.of(EXAMPLE))));
  }

  /** Starts the authority. */
  public void pebble(Map<String, String> surprises) throws Exception {
    pebble =
        Optional.of(
            Pebble.start(
                folder.resolve("pebble"), acme, new Pebble.Looks(http, tls, names()), surprises));
  }

  /** Ends the authority. */
  void closePebble() throws Exception {
    if (pebble.isPresent()) {
      pebble.get().close();
    }
  }

  /** Whom to ask for names. */
  InetSocketAddress names() {
    return dns.addresses().getFirst();
  }

  /** The server's http is elsewhere than the authority looks. */
  void moveHttp() throws Exception {
    http = Pebble.freePort();
  }

  /**
   * Starts the server.
   *
   * @param more lines of {@code [acme]}
   */
  public void start(String challenge, String more) throws Exception {
    start("imaps", challenge, more);
  }

  /**
   * Starts the server.
   *
   * @param listener the protocol of the port that the authority looks at over TLS
   * @param more lines of {@code [acme]}
   */
  void start(String listener, String challenge, String more) throws Exception {
    Pebble authority = pebble.orElseThrow();
    Path config =
        Files.writeString(
            folder.resolve("thurn.toml"),
            """
            state = "state"
            hostname = "mx.own.example"
            dns.servers = ["127.0.0.1:%1$d"]
            [acme]
            directory = "%2$s"
            ca = "%3$s"
            contact = "mailto:hostmaster@own.example"
            names = ["mx.own.example", "imap.own.example"]
            agree-to-terms = true
            challenge = "%4$s"
            %5$s
            [acme.update]
            server = "127.0.0.1:%1$d"
            key = "thurn"
            secret-file = "secret"
            """
                    .formatted(
                        names().getPort(), authority.directory(), authority.ca(), challenge, more)
                + TestServer.listener("smtp", 0)
                + TestServer.listener(listener, tls)
                + TestServer.listener("http", http));
    server = Optional.of(MailServer.start(config, shared, Time.system()));
  }

  /** Waits until both names' certificates are the authority's. */
  public void awaitCertificates() throws Exception {
    TestServer.until(() -> isPebbles("mx.own.example") && isPebbles("imap.own.example"));
  }

  boolean isPebbles(String name) throws Exception {
    X509Certificate shown = shown(name);
    return shown.getIssuerX500Principal().getName().contains("Pebble")
        && CertifiedKey.names(shown).equals(Set.of(name));
  }

  /** What a client is shown that asks for this name. */
  X509Certificate shown(String name) throws Exception {
    try (Connector connector = new Connector();
        Connection connection =
            connector.connect(
                new InetSocketAddress("127.0.0.1", tls),
                Optional.empty(),
                Connector.Timeouts.DEFAULT)) {
      connection.startTls(TlsClient.trustingSystem().opportunistic(Domain.of(name)));
      return connection.tls().orElseThrow().peerChain().getFirst();
    }
  }

  /** The port of the first listener of a protocol. */
  public int port(String protocol) {
    return server.orElseThrow().listening().stream()
        .filter(listening -> listening.protocol().equals(protocol))
        .map(Status.Listening::port)
        .findFirst()
        .orElseThrow();
  }

  public Path state() {
    return folder.resolve("state");
  }

  String log() throws Exception {
    Path log = state().resolve("mail.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  void stop() throws Exception {
    if (server.isPresent()) {
      MailServer running = server.get();
      server = Optional.empty();
      running.close();
    }
  }

  @Override
  public void close() throws Exception {
    stop();
    closePebble();
    dns.close();
    shared.close();
  }
}

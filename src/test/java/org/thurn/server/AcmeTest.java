package org.thurn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.server.TestServer.listener;
import static org.thurn.server.TestServer.until;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

/** A whole server that gets its certificates from pebble. */
@Timeout(120)
class AcmeTest {
  private static final DnsName EXAMPLE = new DnsName("example");
  private static final byte[] SECRET = new byte[32];

  @TempDir private Path folder;
  private final Shared shared = Shared.open();
  private Optional<AuthoritativeServer> dns = Optional.empty();
  private Optional<Pebble> pebble = Optional.empty();
  private Optional<MailServer> server = Optional.empty();
  private int acme;
  private int http;
  private int tls;

  @BeforeEach
  void serve() throws Exception {
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
        Optional.of(
            AuthoritativeServer.start(
                zones, List.of(address), _ -> {}, List.of(new UpdateGrant(key, Set.of(EXAMPLE)))));
    acme = Pebble.freePort();
    http = Pebble.freePort();
    tls = Pebble.freePort();
  }

  @AfterEach
  void stop() throws Exception {
    stopServer();
    if (pebble.isPresent()) {
      pebble.get().close();
    }
    dns.orElseThrow().close();
    shared.close();
  }

  private void stopServer() throws Exception {
    if (server.isPresent()) {
      MailServer running = server.get();
      server = Optional.empty();
      running.close();
    }
  }

  private void pebble(Map<String, String> surprises) throws Exception {
    InetSocketAddress names = dns.orElseThrow().addresses().getFirst();
    pebble =
        Optional.of(
            Pebble.start(
                folder.resolve("pebble"), acme, new Pebble.Looks(http, tls, names), surprises));
  }

  private void start(String challenge, String more) throws Exception {
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
                        dns.orElseThrow().addresses().getFirst().getPort(),
                        authority.directory(),
                        authority.ca(),
                        challenge,
                        more)
                + listener("smtp", 0)
                + listener("imaps", tls)
                + listener("http", http));
    server = Optional.of(MailServer.start(config, shared, Time.system()));
  }

  /** What a client is shown that asks for this name. */
  private X509Certificate shown(String name) throws Exception {
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

  private boolean isPebbles(String name) throws Exception {
    X509Certificate shown = shown(name);
    return shown.getIssuerX500Principal().getName().contains("Pebble")
        && CertifiedKey.names(shown).equals(Set.of(name));
  }

  private String log() throws Exception {
    return Files.readString(folder.resolve("state/mail.log"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http-01", "tls-alpn-01", "dns-01"})
  void theFirstCertificatesComeByThemselves(String challenge) throws Exception {
    pebble(Map.of());
    start(challenge, "");

    until(() -> isPebbles("mx.own.example") && isPebbles("imap.own.example"));

    until(() -> log().contains("certificate-switched"));
  }

  @Test
  void aRestartShowsWhatItHasAndAsksForNothing() throws Exception {
    pebble(Map.of());
    start("http-01", "");
    until(() -> isPebbles("mx.own.example") && isPebbles("imap.own.example"));
    X509Certificate before = shown("mx.own.example");
    stopServer();
    pebble.orElseThrow().close();

    start("http-01", "");

    assertThat(shown("mx.own.example")).isEqualTo(before);
  }
}

package org.thurn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.server.TestServer.listener;
import static org.thurn.server.TestServer.until;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
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
import org.thurn.access.LineClient;
import org.thurn.admin.ControlClient;
import org.thurn.admin.Exit;
import org.thurn.admin.Outcome;
import org.thurn.admin.Status;
import org.thurn.dns.Answer;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.ResolverSettings;
import org.thurn.dns.StubResolver;
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
import tools.jackson.databind.JsonNode;

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

  private int port(String protocol) {
    return server.orElseThrow().listening().stream()
        .filter(listening -> listening.protocol().equals(protocol))
        .map(Status.Listening::port)
        .findFirst()
        .orElseThrow();
  }

  private boolean isPebbles(String name) throws Exception {
    X509Certificate shown = shown(name);
    return shown.getIssuerX500Principal().getName().contains("Pebble")
        && CertifiedKey.names(shown).equals(Set.of(name));
  }

  private String log() throws Exception {
    Path log = folder.resolve("state/mail.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  @ParameterizedTest
  @ValueSource(strings = {"http-01", "tls-alpn-01", "dns-01"})
  void theFirstCertificatesComeByThemselves(String challenge) throws Exception {
    pebble(Map.of());
    start(challenge, "");

    until(() -> isPebbles("mx.own.example") && isPebbles("imap.own.example"));

    until(() -> log().contains("certificate-switched"));
  }

  private List<JsonNode> ask(String command, String name, int exit) throws Exception {
    List<JsonNode> items = new ArrayList<>();
    Outcome outcome =
        new ControlClient(folder.resolve("state"))
            .call(
                command,
                ControlClient.arguments().put("json", true).put("name", name),
                new byte[0],
                new org.thurn.admin.Answer() {
                  @Override
                  public void item(JsonNode item) {
                    items.add(item);
                  }

                  @Override
                  public void text(String text) {
                    throw new IllegalStateException(text);
                  }
                });
    assertThat(outcome.exit()).as(outcome.words()).isEqualTo(exit);
    return items;
  }

  @Test
  void aRenewalKeepsTheKeyAndRunningConnections() throws Exception {
    pebble(Map.of("PEBBLE_WFE_NONCEREJECT", "30"));
    start("http-01", "");
    until(() -> isPebbles("mx.own.example") && isPebbles("imap.own.example"));
    X509Certificate before = shown("mx.own.example");
    X509Certificate other = shown("imap.own.example");
    try (LineClient running = new LineClient(port("smtp"))) {
      assertThat(running.line()).startsWith("220 ");

      ask("certificates-renew", "mx.own.example", Exit.OK);

      running.send("NOOP");
      assertThat(running.line()).startsWith("250 ");
    }
    assertThat(shown("mx.own.example").getSerialNumber()).isNotEqualTo(before.getSerialNumber());
    assertThat(shown("mx.own.example").getPublicKey()).isEqualTo(before.getPublicKey());
    assertThat(shown("imap.own.example")).isEqualTo(other);
    ask("certificates-renew", "other.example", Exit.NO);
  }

  @Test
  void whatIsToBeInTheDnsIsPublishedAndListed() throws Exception {
    pebble(Map.of());
    start("dns-01", "publish-tlsa = true");
    until(() -> isPebbles("mx.own.example") && isPebbles("imap.own.example"));
    ask("certificates-renew", "mx.own.example", Exit.OK);
    ask("certificates-renew", "mx.own.example", Exit.OK);

    JsonNode first = ask("certificates-list", "", Exit.OK).getFirst();

    assertThat(first.path("name").asString()).isEqualTo("mx.own.example");
    assertThat(first.path("issuer").asString()).contains("Pebble");
    JsonNode record = first.path("tlsa").path(0);
    assertThat(record.path("record").asString())
        .startsWith("_25._tcp.mx.own.example. IN TLSA 3 1 1 ");
    // the server's resolver may still know that there were none
    Answer answer =
        new StubResolver(
                ResolverSettings.of(dns.orElseThrow().addresses().getFirst()), Time.system())
            .ask(new DnsName("_25._tcp.mx.own.example"), RecordType.TLSA);
    assertThat(answer.all(RecordData.Tlsa.class).map(RecordData.Tlsa::data))
        .singleElement()
        .satisfies(data -> assertThat(record.path("record").asString()).endsWith(data));
  }

  @Test
  void anAuthorityThatDoesNotBelieveUsIsToldAndMailGoesOn() throws Exception {
    http = Pebble.freePort();
    pebble(Map.of());
    http = Pebble.freePort(); // it looks where nobody listens
    start("http-01", "");

    until(() -> log().contains("certificate-failed"));

    assertThat(log()).contains("does not believe that mx.own.example is ours");
    assertThat(CertifiedKey.names(shown("mx.own.example"))).containsExactly("mx.own.example");
    assertThat(isPebbles("mx.own.example")).isFalse();
    assertThat(ask("certificates-list", "", Exit.OK).getFirst().path("trouble").asString())
        .contains("does not believe");
    ask("certificates-renew", "mx.own.example", Exit.UNAVAILABLE);
  }

  @Test
  void anAuthorityThatIsAwayIsAskedLater() throws Exception {
    pebble(Map.of());
    pebble.orElseThrow().close();
    start("http-01", "");

    until(() -> log().contains("certificate-failed"));

    assertThat(log()).contains("the authority cannot be asked");
    assertThat(isPebbles("mx.own.example")).isFalse();
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

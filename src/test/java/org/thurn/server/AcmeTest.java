package org.thurn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.server.TestServer.listener;
import static org.thurn.server.TestServer.until;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.access.LineClient;
import org.thurn.admin.ControlClient;
import org.thurn.admin.Exit;
import org.thurn.admin.Outcome;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.ResolverSettings;
import org.thurn.dns.StubResolver;
import org.thurn.time.Time;
import org.thurn.tls.CertifiedKey;
import tools.jackson.databind.JsonNode;

/** A whole server that gets its certificates from pebble. */
@Timeout(120)
class AcmeTest {
  @TempDir private Path folder;
  private AcmeServer server;

  @BeforeEach
  void serve() throws Exception {
    server = new AcmeServer(folder);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "imaps, http-01",
    "imaps, tls-alpn-01",
    "https, tls-alpn-01",
    "imaps, dns-01",
  })
  void theFirstCertificatesComeByThemselves(String listener, String challenge) throws Exception {
    server.pebble(Map.of());
    server.start(listener, challenge, "");

    server.awaitCertificates();

    until(() -> server.log().contains("certificate-switched"));
  }

  private List<JsonNode> ask(String command, String name, int exit) throws Exception {
    List<JsonNode> items = new ArrayList<>();
    Outcome outcome =
        new ControlClient(server.state())
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
    server.pebble(Map.of("PEBBLE_WFE_NONCEREJECT", "30"));
    server.start("http-01", "");
    server.awaitCertificates();
    X509Certificate before = server.shown("mx.own.example");
    X509Certificate other = server.shown("imap.own.example");
    try (LineClient running = new LineClient(server.port("smtp"))) {
      assertThat(running.line()).startsWith("220 ");

      ask("certificates-renew", "mx.own.example", Exit.OK);

      running.send("NOOP");
      assertThat(running.line()).startsWith("250 ");
    }
    assertThat(server.shown("mx.own.example").getSerialNumber())
        .isNotEqualTo(before.getSerialNumber());
    assertThat(server.shown("mx.own.example").getPublicKey()).isEqualTo(before.getPublicKey());
    assertThat(server.shown("imap.own.example")).isEqualTo(other);
    ask("certificates-renew", "other.example", Exit.NO);
  }

  @Test
  void whatIsToBeInTheDnsIsPublishedAndListed() throws Exception {
    server.pebble(Map.of());
    server.start("dns-01", "publish-tlsa = true");
    server.awaitCertificates();
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
        new StubResolver(ResolverSettings.of(server.names()), Time.system())
            .ask(new DnsName("_25._tcp.mx.own.example"), RecordType.TLSA);
    assertThat(answer.all(RecordData.Tlsa.class).map(RecordData.Tlsa::data))
        .singleElement()
        .satisfies(data -> assertThat(record.path("record").asString()).endsWith(data));
  }

  @Test
  void anAuthorityThatDoesNotBelieveUsIsToldAndMailGoesOn() throws Exception {
    server.pebble(Map.of());
    server.moveHttp(); // it looks where nobody listens
    server.start("http-01", "");

    until(() -> server.log().contains("certificate-failed"));

    assertThat(server.log()).contains("does not believe that mx.own.example is ours");
    assertThat(CertifiedKey.names(server.shown("mx.own.example")))
        .containsExactly("mx.own.example");
    assertThat(server.isPebbles("mx.own.example")).isFalse();
    assertThat(ask("certificates-list", "", Exit.OK).getFirst().path("trouble").asString())
        .contains("does not believe");
    ask("certificates-renew", "mx.own.example", Exit.UNAVAILABLE);
  }

  @Test
  void anAuthorityThatIsAwayIsAskedLater() throws Exception {
    server.pebble(Map.of());
    server.closePebble();
    server.start("http-01", "");

    until(() -> server.log().contains("certificate-failed"));

    assertThat(server.log()).contains("the authority cannot be asked");
    assertThat(server.isPebbles("mx.own.example")).isFalse();
  }

  @Test
  void aRestartShowsWhatItHasAndAsksForNothing() throws Exception {
    server.pebble(Map.of());
    server.start("http-01", "");
    server.awaitCertificates();
    X509Certificate before = server.shown("mx.own.example");
    server.stop();
    server.closePebble();

    server.start("http-01", "");

    assertThat(server.shown("mx.own.example")).isEqualTo(before);
  }
}

package org.thurn.transfer.tlsreports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.journey.Event;
import org.thurn.name.IpAddress;
import org.thurn.net.Connector;
import org.thurn.net.http.HttpClient;
import org.thurn.store.Finding;
import org.thurn.testing.PolicyHost;
import org.thurn.testing.StoreChecks;
import org.thurn.testing.TestCertificates;
import org.thurn.tls.TlsClient;
import org.thurn.tls.tlsrpt.ReportGzip;
import org.thurn.tls.tlsrpt.TlsReport;
import org.thurn.tls.tlsrpt.TlsReportReader;
import org.thurn.transfer.reports.SentReport;

/** Reports that are posted to a web server, which may do anything. */
@Timeout(60)
class WebPostingTest {
  private static final String DOMAIN = "receiver.example";
  private static final String HOST = "reports.receiver.example";
  private static final String ADDRESS = "127.0.0.1";
  private static final TestCertificates CA = new TestCertificates();

  @TempDir private Path folder;
  private ReportingHouse house;
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() throws IOException {
    house = new ReportingHouse(folder.resolve("state"));
    house.dns.address(HOST, ADDRESS);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private PolicyHost host(TestCertificates.Issued issued, PolicyHost.Behaviour behaviour)
      throws IOException {
    return new PolicyHost(folder, issued, ADDRESS, 0, behaviour);
  }

  private PolicyHost host(String answer) throws IOException {
    return host(CA.issue(HOST), PolicyHost.raw(answer));
  }

  private void inside(int port) {
    house.settings =
        ReportingHouse.settings(true, new TlsReportSettings.Posting(port, List.of(), true));
  }

  private void wanted(String rua) {
    house.dns.text("_smtp._tls." + DOMAIN, "v=TLSRPTv1; rua=" + rua);
    house.reports.observer().counted(Sessions.success(DOMAIN));
    house.reports.observer().counted(Sessions.failure(DOMAIN, "x"));
    house.nextDay();
  }

  private SentReport sent() {
    return house.reports.sent(Optional.of(DOMAIN), 9).getFirst();
  }

  private List<PendingPost> pending() {
    return house.reports.pending(Optional.of(DOMAIN));
  }

  private List<Finding> findings() {
    return StoreChecks.findings(house.store, new OutboxCheck(), new CountedSessionsCheck());
  }

  /** Reads what is posted, and answers. */
  private PolicyHost.Behaviour reading(PolicyHost[] host, String answer) {
    return connection -> {
      int length =
          host[0].heard().stream()
              .filter(line -> line.startsWith("Content-Length: "))
              .mapToInt(line -> Integer.parseInt(line.substring(16)))
              .findFirst()
              .orElseThrow();
      bodies.add(connection.reader().readExactly(length));
      PolicyHost.raw(answer).answer(connection);
    };
  }

  /** Its certificate is another's and expired: such a thing is what the report tells of. */
  @Test
  void aReportIsPosted() throws Exception {
    PolicyHost[] own = new PolicyHost[1];
    String answer = "HTTP/1.1 201 Created\r\n\r\nthanks, and no length of this";
    try (PolicyHost host = host(CA.issueExpired("other.example"), reading(own, answer))) {
      own[0] = host;
      inside(host.port());
      wanted("https://" + HOST + "/tls?to=us");
      assertThat(pending()).hasSize(1);
      assertThat(sent().to()).containsExactly("https://" + HOST + "/tls?to=us (waiting)");
      assertThat(findings()).isEmpty();
      house.reports.post();
      assertThat(host.heard())
          .startsWith("POST /tls?to=us HTTP/1.1", "Host: " + HOST + ":" + host.port())
          .contains("Content-Type: application/tlsrpt+gzip");
      TlsReport report = TlsReportReader.read(ReportGzip.unpack(bodies.getFirst()));
      assertThat(report.policies()).hasSize(1);
      assertThat(report.policies().getFirst().failures()).isEqualTo(1);
      assertThat(report.start()).isEqualTo(Instant.parse("2026-11-25T00:00:00Z"));
      assertThat(report.end()).isEqualTo(Instant.parse("2026-11-25T23:59:59Z"));
    }
    assertThat(pending()).isEmpty();
    assertThat(sent().to()).containsExactly("https://" + HOST + "/tls?to=us");
    assertThat(house.noted)
        .containsExactly(new Event.TlsReportSent(DOMAIN, "https://" + HOST + "/tls?to=us", 2));
    assertThat(findings()).isEmpty();
  }

  /** With growing pauses, across a restart, and for a day. */
  @Test
  void aPostIsTriedAgain() throws Exception {
    try (PolicyHost host = host("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n")) {
      inside(host.port());
      wanted("https://" + HOST);
      house.reports.post();
      house.reports.post();
      assertThat(host.heard().stream().filter(line -> line.startsWith("POST"))).hasSize(1);
      assertThat(pending().getFirst().attempts()).isEqualTo(1);
      house.restart();
      Duration pause = Duration.ofMinutes(5);
      for (int attempt = 2; attempt <= PendingPost.MAX_ATTEMPTS; attempt++) {
        assertThat(Duration.between(house.time.now(), pending().getFirst().next()))
            .isEqualTo(pause);
        house.time.move(pause);
        house.reports.post();
        pause = pause.multipliedBy(2);
      }
      assertThat(host.heard().stream().filter(line -> line.startsWith("POST /")))
          .hasSize(PendingPost.MAX_ATTEMPTS);
    }
    assertThat(pending()).isEmpty();
    assertThat(sent().to()).isEmpty();
    assertThat(sent().refused()).containsExactly("https://" + HOST + ": it answers 500");
    assertThat(findings()).isEmpty();
    Duration whole =
        Duration.between(ReportingHouse.BEGIN.plus(Duration.ofDays(1)), house.time.now());
    assertThat(whole).isBetween(Duration.ofHours(20), Duration.ofHours(24));
  }

  /** Whoever turns reports off has none posted; what waits is of no use after a week. */
  @Test
  void nothingIsPostedWhereNothingIsToBeSent() throws Exception {
    wanted("https://" + HOST);
    house.settings = ReportingHouse.settings(false, TlsReportSettings.Posting.USUAL);
    house.time.move(Duration.ofDays(2));
    house.reports.post();
    assertThat(pending().getFirst().attempts()).isZero();
    house.time.move(Duration.ofDays(5));
    house.reports.post();
    assertThat(pending()).isEmpty();
    assertThat(sent().refused()).containsExactly("https://" + HOST + ": it has waited too long");
  }

  @Test
  void andTakenInTheEnd() throws Exception {
    wanted("https://" + HOST);
    inside(1);
    house.reports.post();
    assertThat(pending().getFirst().attempts()).isEqualTo(1);
    try (PolicyHost host = host("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      inside(host.port());
      house.time.move(Duration.ofMinutes(5));
      house.reports.post();
    }
    assertThat(sent().to()).containsExactly("https://" + HOST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 302 Found\r\nLocation: https://reports.receiver.example/\r\n\r\n",
        "HTTP/1.1 404 No\r\n\r\n",
        "SSH-2.0-x\r\n",
        ""
      })
  void whatIsNoSuccessIsNone(String answer) throws Exception {
    try (PolicyHost host = host(answer)) {
      inside(host.port());
      wanted("https://" + HOST);
      house.reports.post();
      assertThat(host.heard().stream().filter(line -> line.startsWith("POST"))).hasSize(1);
    }
    assertThat(pending().getFirst().attempts()).isEqualTo(1);
  }

  private Optional<String> posted(String uri) throws Exception {
    byte[] packed = "x".getBytes(StandardCharsets.US_ASCII);
    try (Connector connector = new Connector()) {
      return new WebPost(house.dns, new HttpClient(connector), TlsClient.trustingSystem())
          .post(new URI(uri), packed, house.settings.posting());
    }
  }

  /** The record of any domain may name servers that only we can reach. */
  @Test
  void nothingIsPostedIntoPrivateNetworks() throws Exception {
    try (PolicyHost host = host("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      house.settings =
          ReportingHouse.settings(
              true, new TlsReportSettings.Posting(host.port(), List.of(), false));
      assertThat(posted("https://" + HOST)).contains(HOST + " is not in the public internet");
      assertThat(host.heard()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://reports.receiver.example:25/, reports are posted to port 443 only",
    "https://[2001:db8::1]/, its host is no name",
    "https://unknown.example/, no address is known of unknown.example",
  })
  void noAttemptIsMade(String uri, String why) throws Exception {
    assertThat(posted(uri)).contains(why);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, true",
    "198.51.100.1, true",
    "2001:db8::1, true",
    "127.0.0.1, false",
    "10.1.2.3, false",
    "172.16.0.1, false",
    "192.168.1.1, false",
    "169.254.1.1, false",
    "100.64.0.1, false",
    "0.0.0.1, false",
    "198.18.0.1, false",
    "224.0.0.1, false",
    "255.255.255.255, false",
    "::1, false",
    "::, false",
    "fe80::1, false",
    "fd00::1, false",
    "64:ff9b::a00:1, false",
    "2002:a00:1::, false",
    "ff02::1, false",
  })
  void publicAddresses(String address, boolean expected) {
    assertThat(PublicAddress.is(IpAddress.of(address))).isEqualTo(expected);
  }

  private static PendingPost post(int number) {
    return new PendingPost(
        20_000, DOMAIN, URI.create("https://" + HOST + "/" + number), 0, 0, Instant.EPOCH);
  }

  @Test
  void theOutboxIsBounded() {
    Outbox outbox = new Outbox(house.store);
    byte[] large = new byte[1 << 20];
    int taken = 0;
    while (outbox.put(post(taken), large)) {
      taken++;
    }
    assertThat(taken).isEqualTo((int) (Outbox.MAX_OCTETS >> 20));
    assertThat(outbox.put(post(3), large)).isTrue(); // in its own place
    outbox.remove(post(3));
    outbox.remove(post(3));
    assertThat(outbox.put(post(1_000), large)).isTrue();
    assertThat(outbox.all()).hasSize(taken);
    assertThat(findings()).isEmpty();
    StoreChecks.damage(
        house.store, Outbox.PARTITION, StoreChecks.without(Outbox.key('b', post(1_000))));
    assertThat(StoreChecks.brief(findings())).isNotEmpty();
  }

  @Test
  void soAreItsPosts() {
    Outbox outbox = new Outbox(house.store);
    for (int i = 0; i < Outbox.MAX_POSTS; i++) {
      assertThat(outbox.put(post(i), new byte[1])).isTrue();
    }
    assertThat(outbox.put(post(Outbox.MAX_POSTS), new byte[1])).isFalse();
  }
}

package org.thurn.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.testing.Programs;
import org.thurn.time.Time;

/** Updates of our own server, by us and by BIND's tool. */
class DynamicUpdateTest {
  private static final DnsName NAME = new DnsName("one._domainkey.strict.example");
  private static final byte[] SECRET =
      "thirty-two octets of a good secret".getBytes(StandardCharsets.US_ASCII);
  private static final TsigKey KEY =
      new TsigKey(new DnsName("keys.test"), TsigKey.Algorithm.HMAC_SHA256, SECRET);
  private static final TsigKey OTHER_SECRET =
      new TsigKey(
          new DnsName("keys.test"),
          TsigKey.Algorithm.HMAC_SHA256,
          "another secret of many octets".getBytes(StandardCharsets.US_ASCII));
  private static final TsigKey STRANGER =
      new TsigKey(new DnsName("stranger.test"), TsigKey.Algorithm.HMAC_SHA256, SECRET);
  private static final List<String> TEXT = List.of("v=DKIM1; k=rsa; ", "p=\"back\\slash\"");

  @TempDir Path directory;
  private ZoneTree tree;
  private AuthoritativeServer server;
  private InetSocketAddress address;

  @BeforeEach
  void serve() throws Exception {
    tree = tree();
    List<UpdateGrant> grants = List.of(new UpdateGrant(KEY, Set.of(Lab.STRICT)));
    server = AuthoritativeServer.start(tree, List.of(Lab.loopback()), _ -> {}, grants);
    address = server.addresses().getFirst();
  }

  private ZoneTree tree() throws Exception {
    return ZoneTree.builder(Time.system())
        .signed(Lab.EXAMPLE)
        .signed(Lab.STRICT)
        .unsigned(Lab.PLAIN)
        .keys(directory.resolve("keys"))
        .updates(directory.resolve("updates.zone"))
        .records(Lab.RECORDS)
        .build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Answer ask(DnsName name, RecordType type) throws Exception {
    Path anchor = java.nio.file.Files.writeString(directory.resolve("root.ds"), tree.trustAnchor());
    return new StubResolver(
            ResolverSettings.of(address)
                .withTimeout(Duration.ofSeconds(10))
                .withTrustAnchor(anchor),
            Time.system())
        .ask(name, type);
  }

  private List<List<String>> texts(DnsName name) throws Exception {
    return ask(name, RecordType.TXT)
        .all(RecordData.Txt.class)
        .map(RecordData.Txt::strings)
        .toList();
  }

  private long serial() throws Exception {
    return ask(Lab.STRICT, RecordType.SOA)
        .all(RecordData.Soa.class)
        .findFirst()
        .orElseThrow()
        .serial();
  }

  @Test
  void aTextIsReplacedAndRemoved() throws Exception {
    Updater updater = new Updater(address, KEY);
    long before = serial();
    updater.replaceText(NAME, List.of("old"));
    updater.replaceText(NAME, TEXT);
    assertThat(texts(NAME)).containsExactly(TEXT);
    assertThat(ask(NAME, RecordType.TXT).security()).isEqualTo(Security.SECURE);
    assertThat(serial()).isGreaterThan(before);
    updater.removeText(NAME);
    Answer gone = ask(NAME, RecordType.TXT);
    assertThat(gone.status()).isEqualTo(Answer.Status.NO_SUCH_NAME);
    assertThat(gone.security()).isEqualTo(Security.SECURE);
  }

  @Test
  void whatWasLearnedSurvivesARestart() throws Exception {
    Updater updater = new Updater(address, KEY);
    updater.replaceText(NAME, TEXT);
    updater.replaceText(Lab.STRICT.under("second"), List.of("x"));
    updater.removeText(Lab.STRICT.under("second"));
    stop();
    tree = tree();
    server = AuthoritativeServer.start(tree, List.of(Lab.loopback()), _ -> {});
    address = server.addresses().getFirst();
    assertThat(texts(NAME)).containsExactly(TEXT);
    assertThat(texts(Lab.STRICT.under("second"))).isEmpty();
  }

  private void assertRefused(TsigKey key, DnsName name, String words) throws Exception {
    assertThatThrownBy(() -> new Updater(address, key).replaceText(name, TEXT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(words);
    assertThat(texts(name)).doesNotContain(TEXT);
  }

  @Test
  void aStrangersKeyIsRefused() throws Exception {
    assertRefused(STRANGER, NAME, "NOTAUTH");
  }

  @Test
  void aWrongSecretIsRefused() throws Exception {
    assertRefused(OTHER_SECRET, NAME, "NOTAUTH");
  }

  @Test
  void anotherZoneIsRefused() throws Exception {
    assertRefused(KEY, Lab.PLAIN.under("one"), "REFUSED");
  }

  private String nsupdate(String commands) throws Exception {
    Path program = Programs.require("nsupdate");
    String secret = Base64.getEncoder().encodeToString(SECRET);
    return Programs.run(
            Duration.ofSeconds(30),
            "server 127.0.0.1 " + address.getPort() + "\n" + commands + "send\nquit\n",
            List.of(program.toString(), "-y", "hmac-sha256:keys.test:" + secret))
        .output();
  }

  @Test
  void bindsToolUpdatesUs() throws Exception {
    String done =
        nsupdate(
            """
            zone strict.example
            prereq nxdomain one._domainkey.strict.example.
            update add one._domainkey.strict.example. 300 TXT "a" "b"
            update add one._domainkey.strict.example. 300 TXT "c"
            """);
    assertThat(done).doesNotContain("failed");
    assertThat(texts(NAME)).containsExactlyInAnyOrder(List.of("a", "b"), List.of("c"));
    assertThat(
            nsupdate(
                """
                zone strict.example
                update delete one._domainkey.strict.example. TXT "c"
                """))
        .doesNotContain("failed");
    assertThat(texts(NAME)).containsExactly(List.of("a", "b"));
  }

  @Test
  void prerequisitesAreKept() throws Exception {
    record Case(String prerequisite, String code) {}
    List<Case> cases =
        List.of(
            new Case("nxdomain mx.strict.example.", "YXDOMAIN"),
            new Case("yxdomain nothing.strict.example.", "NXDOMAIN"),
            new Case("nxrrset mx.strict.example. A", "YXRRSET"),
            new Case("yxrrset mx.strict.example. TXT", "NXRRSET"),
            new Case("yxrrset mx.strict.example. A 192.0.2.1", "NXRRSET"));
    for (Case one : cases) {
      String said =
          nsupdate(
              "zone strict.example\nprereq %s\nupdate add x.strict.example. 300 TXT x\n"
                  .formatted(one.prerequisite()));
      assertThat(said).as(one.prerequisite()).contains(one.code());
      assertThat(texts(Lab.STRICT.under("x"))).isEmpty();
    }
    assertThat(
            nsupdate(
                """
                zone strict.example
                prereq yxrrset mx.strict.example. A 127.25.0.1
                update add x.strict.example. 300 TXT x
                """))
        .doesNotContain("failed");
    assertThat(texts(Lab.STRICT.under("x"))).hasSize(1);
  }

  @Test
  void namesOutsideAreNotTheZones() throws Exception {
    assertThat(nsupdate("zone strict.example\nupdate add x.plain.example. 300 TXT x\n"))
        .contains("NOTZONE");
  }

  /** What the zone makes by itself stays: an update cannot take a domain's keys or servers. */
  @Test
  void theZonesOwnRecordsStay() throws Exception {
    nsupdate(
        """
        zone strict.example
        update delete strict.example. NS
        update delete strict.example. DNSKEY
        update delete strict.example. SOA
        update delete strict.example. ANY
        """);
    assertThat(ask(Lab.STRICT, RecordType.NS).found()).isTrue();
    assertThat(ask(Lab.STRICT, RecordType.SOA).security()).isEqualTo(Security.SECURE);
    assertThat(ask(Lab.STRICT, RecordType.MX).found()).isFalse();
  }
}

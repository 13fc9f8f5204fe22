package org.thurn.tls.dane;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.Disturbance.Treatment;
import org.thurn.dns.DnsName;
import org.thurn.dns.ResolverSettings;
import org.thurn.dns.Security;
import org.thurn.dns.StubResolver;
import org.thurn.dns.ZoneTree;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.time.Time;

@Timeout(60)
class DaneLookupTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);
  private static final String NO_RECORD = "no: the host has no TLSA record";
  private static final String UNSIGNED = "no: the host's addresses are not signed";

  private static final String RECORDS =
      """
      mx.signed.example. 300 IN A 127.28.0.1
      mx.signed.example. 300 IN AAAA fd00::1
      _25._tcp.mx.signed.example. 300 IN TLSA 3 1 1 AAAA
      _25._tcp.mx.signed.example. 300 IN TLSA 1 1 1 AAAA
      _26._tcp.mx.signed.example. 300 IN TLSA 3 1 1 BBBB
      six.signed.example. 300 IN AAAA fd00::2
      _25._tcp.six.signed.example. 300 IN TLSA 3 1 1 AAAA
      bare.signed.example. 300 IN A 127.28.0.2
      pkix.signed.example. 300 IN A 127.28.0.3
      _25._tcp.pkix.signed.example. 300 IN TLSA 1 1 1 AAAA
      _25._tcp.pkix.signed.example. 300 IN TLSA 3 1 1 00
      alias.signed.example. 300 IN CNAME mx.signed.example.
      _25._tcp.alias.signed.example. 300 IN TLSA 3 1 1 BBBB
      alias2.signed.example. 300 IN CNAME bare.signed.example.
      _25._tcp.alias2.signed.example. 300 IN TLSA 3 1 1 BBBB
      alias3.signed.example. 300 IN CNAME pkix.signed.example.
      _25._tcp.alias3.signed.example. 300 IN TLSA 3 1 1 BBBB
      out.signed.example. 300 IN CNAME mx.plain.example.
      _25._tcp.out.signed.example. 300 IN TLSA 3 1 1 BBBB
      out2.signed.example. 300 IN CNAME mx.plain.example.
      hosted.signed.example. 300 IN A 127.28.0.4
      _25._tcp.hosted.signed.example. 300 IN CNAME _25._tcp.mx.signed.example.
      elsewhere.signed.example. 300 IN A 127.28.0.5
      _25._tcp.elsewhere.signed.example. 300 IN CNAME _25._tcp.mx.plain.example.
      loop.signed.example. 300 IN CNAME loop.signed.example.
      mx.plain.example. 300 IN A 127.28.0.6
      _25._tcp.mx.plain.example. 300 IN TLSA 3 1 1 AAAA
      in.plain.example. 300 IN CNAME mx.signed.example.
      _25._tcp.in.plain.example. 300 IN TLSA 3 1 1 AAAA
      """
          .replace("1 AAAA", "1 " + A)
          .replace("1 BBBB", "1 " + B);

  @TempDir private Path folder;
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private ZoneTree tree;
  private AuthoritativeServer server;

  @BeforeEach
  void serve() throws Exception {
    tree =
        ZoneTree.builder(Time.system())
            .signed(new DnsName("example"))
            .signed(new DnsName("signed.example"))
            .unsigned(new DnsName("plain.example"))
            .records(RECORDS)
            .build();
    server =
        AuthoritativeServer.start(
            tree,
            List.of(new InetSocketAddress(IpAddress.of("127.0.0.1"), 0)),
            served -> asked.add(served.name() + " " + served.type()));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private ResolverSettings settings(Duration timeout) {
    return ResolverSettings.of(server.addresses().getFirst()).withTimeout(timeout);
  }

  private DaneLookup lookup(Duration timeout) throws Exception {
    Path anchor = Files.writeString(folder.resolve("root.ds"), tree.trustAnchor());
    return new DaneLookup(
        new StubResolver(settings(timeout).withTrustAnchor(anchor), Time.system()));
  }

  private static String told(DaneStatus status) {
    return switch (status) {
      case DaneStatus.Absent absent -> "no: " + absent.why();
      case DaneStatus.Usable usable ->
          "yes: " + usable.base() + " " + usable.records().stream().map(TlsaData::text).toList();
      case DaneStatus.Unusable unusable -> "TLS: " + unusable.base() + " " + unusable.why();
      case DaneStatus.Failed failed ->
          "later: "
              + failed.answer().type()
              + (failed.answer().security() == Security.BOGUS ? " bogus" : "");
    };
  }

  private String at(String host) throws Exception {
    return told(lookup(Duration.ofSeconds(5)).at(Domain.of(host), 25));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "mx.signed.example | yes: mx.signed.example. [3 1 1 AAAA]",
        "six.signed.example | yes: six.signed.example. [3 1 1 AAAA]",
        "bare.signed.example | " + NO_RECORD,
        "nowhere.signed.example | no: the host has no address",
        "pkix.signed.example | TLS: pkix.signed.example. a digest of a wrong length; usage 1 is not for mail",
        "alias.signed.example | yes: mx.signed.example. [3 1 1 AAAA]",
        "alias2.signed.example | yes: alias2.signed.example. [3 1 1 BBBB]",
        "alias3.signed.example | TLS: pkix.signed.example. a digest of a wrong length; usage 1 is not for mail",
        "out.signed.example | yes: out.signed.example. [3 1 1 BBBB]",
        "out2.signed.example | " + NO_RECORD,
        "hosted.signed.example | yes: hosted.signed.example. [3 1 1 AAAA]",
        "elsewhere.signed.example | no: the host's TLSA records are not signed",
        "loop.signed.example | later: A",
        "mx.plain.example | " + UNSIGNED,
        "in.plain.example | " + UNSIGNED,
      })
  void whatAHostHas(String host, String expected) throws Exception {
    assertThat(at(host)).isEqualTo(expected.replace("AAAA]", A + "]").replace("BBBB]", B + "]"));
  }

  @Test
  void eachPortHasItsOwn() throws Exception {
    DaneLookup lookup = lookup(Duration.ofSeconds(5));
    assertThat(told(lookup.at(Domain.of("mx.signed.example"), 26)))
        .isEqualTo("yes: mx.signed.example. [3 1 1 " + B + "]");
    assertThat(told(lookup.at(Domain.of("mx.signed.example"), 2526))).isEqualTo(NO_RECORD);
  }

  @Test
  void unsignedHostsAreAskedForNothingMore() throws Exception {
    at("mx.plain.example");
    assertThat(asked).noneMatch(question -> question.endsWith(" TLSA"));
    assertThat(asked).noneMatch(question -> question.endsWith(" CNAME"));
    at("in.plain.example");
    assertThat(asked).noneMatch(question -> question.endsWith(" TLSA"));
  }

  @Test
  void withoutATrustAnchorThereIsNoDane() throws Exception {
    DaneLookup lookup =
        new DaneLookup(new StubResolver(settings(Duration.ofSeconds(5)), Time.system()));
    assertThat(told(lookup.at(Domain.of("mx.signed.example"), 25))).isEqualTo(UNSIGNED);
  }

  @ParameterizedTest
  @CsvSource({
    "mx.signed.example, TLSA, BREAK_SIGNATURES, later: TLSA bogus",
    "mx.signed.example, TLSA, SERVFAIL, later: TLSA",
    "mx.signed.example, TLSA, DROP, later: TLSA",
    "mx.signed.example, A, BREAK_SIGNATURES, later: A bogus",
    "mx.signed.example, AAAA, BREAK_SIGNATURES, later: AAAA bogus",
    "mx.signed.example, A, SERVFAIL, yes: mx.signed.example.",
    "mx.signed.example, AAAA, DROP, yes: mx.signed.example.",
    "six.signed.example, AAAA, SERVFAIL, later: AAAA",
    "bare.signed.example, TLSA, BREAK_SIGNATURES, later: TLSA bogus",
    "bare.signed.example, TLSA, SERVFAIL, later: TLSA",
    "alias2.signed.example, TLSA, SERVFAIL, later: TLSA",
    "out.signed.example, CNAME, BREAK_SIGNATURES, later: CNAME bogus",
    "out.signed.example, CNAME, SERVFAIL, later: CNAME",
    "out.signed.example, CNAME, DROP, later: CNAME",
    "mx.signed.example, DNSKEY, BREAK_SIGNATURES, later: A bogus",
    "mx.signed.example, DNSKEY, DROP, later: A",
  })
  void whatFailsIsPutOffAndNeverTakenForAbsent(
      String host, String type, Treatment treatment, String expected) throws Exception {
    server.disturb((_, asked) -> asked.equals(type) ? treatment : Treatment.NORMAL);
    DaneStatus status = lookup(Duration.ofMillis(700)).at(Domain.of(host), 25);
    assertThat(told(status)).startsWith(expected);
  }
}

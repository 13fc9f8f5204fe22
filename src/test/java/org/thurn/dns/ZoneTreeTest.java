package org.thurn.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.dns.Answer.Status;

class ZoneTreeTest {
  @TempDir Path directory;
  private final ManualTime time = new ManualTime();
  private Lab lab;

  @BeforeEach
  void serve() throws Exception {
    lab = new Lab(directory, time);
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  private Answer ask(String name, RecordType type) throws Exception {
    return lab.resolver().ask(new DnsName(name), type);
  }

  @Test
  void recordsOfANameWithoutZoneGoToTheNearestZoneAbove() throws Exception {
    lab.tree.add(
        """
        other.test. MX 10 mail.other.test.
        mail.other.test. A 127.0.0.9
        new.sub.strict.example. TXT "below"
        9.9.9.10.in-addr.arpa. PTR mail.other.test.
        """);

    assertThat(ask("other.test", RecordType.MX))
        .returns(Status.FOUND, Answer::status)
        .returns(Security.SECURE, Answer::security);
    assertThat(ask("mail.other.test", RecordType.A).found()).isTrue();
    assertThat(ask("new.sub.strict.example", RecordType.TXT).security()).isEqualTo(Security.SECURE);
    assertThat(ask("9.9.9.10.in-addr.arpa", RecordType.PTR).found()).isTrue();
    assertThat(ask("nope.other.test", RecordType.A))
        .returns(Status.NO_SUCH_NAME, Answer::status)
        .returns(Security.SECURE, Answer::security);
  }

  @Test
  void aSoaBeginsAZoneOfItsOwn() throws Exception {
    lab.tree.add("deep.other.test. A 127.0.0.8");
    lab.tree.add(
        """
        $ORIGIN other.test.
        @ 60 IN SOA ns hostmaster 7 3600 600 86400 30
        @ NS ns
        ns A 127.0.0.1
        @ TXT "zone"
        """);

    assertThat(ask("other.test", RecordType.SOA).all(RecordData.Soa.class))
        .singleElement()
        .returns(7L, RecordData.Soa::serial);
    assertThat(ask("other.test", RecordType.DS).found()).isTrue();
    for (String name : List.of("other.test", "deep.other.test", "nope.other.test")) {
      assertThat(ask(name, RecordType.A))
          .returns(Security.SECURE, Answer::security)
          .returns(false, Answer::failed);
    }
    assertThat(ask("deep.other.test", RecordType.A).found()).isTrue();
  }

  @Test
  void recordsAreReplacedAndRemoved() throws Exception {
    lab.tree.replace("strict.example. TXT \"v=spf1 ?all\"");
    assertThat(ask("strict.example", RecordType.TXT).records())
        .containsExactly(new RecordData.Txt(List.of("v=spf1 ?all")));

    lab.tree.remove(new DnsName("_25._tcp.mx.strict.example"), RecordType.TLSA);
    assertThat(ask("_25._tcp.mx.strict.example", RecordType.TLSA))
        .returns(Status.NO_SUCH_NAME, Answer::status)
        .returns(Security.SECURE, Answer::security);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mx.strict.example. CNAME x.example.",
        "www.strict.example. CNAME elsewhere.example.",
        "strict.example. A 300.1.1.1",
        "strict.example. NONSENSE 1",
        "$INCLUDE /etc/passwd",
        "\"",
      })
  void whatCannotStandIsRefusedAndChangesNothing(String text) throws Exception {
    assertThatThrownBy(() -> lab.tree.add(text)).isInstanceOf(ZoneSyntaxException.class);

    assertThat(ask("mx.strict.example", RecordType.A).found()).isTrue();
    assertThat(ask("www.strict.example", RecordType.A).found()).isTrue();
    lab.tree.add("fine.strict.example. A 127.0.0.1");
  }

  @Test
  void keptKeysKeepTheTrustAnchor() throws Exception {
    Path keys = directory.resolve("keys");
    ZoneTree first = ZoneTree.builder(time).keys(keys).signed(Lab.STRICT).build();
    ZoneTree second =
        ZoneTree.builder(time).keys(keys).signed(Lab.STRICT).records(Lab.RECORDS).build();
    ZoneTree other = ZoneTree.builder(time).signed(Lab.STRICT).build();

    assertThat(second.trustAnchor()).isEqualTo(first.trustAnchor());
    assertThat(other.trustAnchor()).isNotEqualTo(first.trustAnchor());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(keys.resolve("strict.example.private"))))
        .isEqualTo("rw-------");
    Path anchor = Files.writeString(directory.resolve("kept.ds"), first.trustAnchor());
    try (AuthoritativeServer server =
        AuthoritativeServer.start(second, List.of(Lab.loopback()), s -> {})) {
      StubResolver resolver =
          new StubResolver(
              ResolverSettings.of(server.addresses().getFirst()).withTrustAnchor(anchor), time);
      assertThat(resolver.ask(Lab.STRICT, RecordType.MX).security()).isEqualTo(Security.SECURE);
    }
  }
}

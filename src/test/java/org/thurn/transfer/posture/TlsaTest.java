package org.thurn.transfer.posture;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thurn.dns.RecordData;
import org.thurn.name.Domain;
import org.thurn.testing.TestCertificates;

class TlsaTest {
  private static final Domain HOST = Domain.of("mx.example");
  private final TestCertificates authority = new TestCertificates();

  private static String hex(byte[] octets) {
    return HexFormat.of().formatHex(octets);
  }

  private static String digest(String name, byte[] octets) throws Exception {
    return hex(MessageDigest.getInstance(name).digest(octets));
  }

  private static boolean matches(
      int usage, int selector, int matching, String data, TestCertificates.Issued issued) {
    List<X509Certificate> chain = List.of(issued.certificate(), issued.issuer());
    RecordData.Tlsa record = new RecordData.Tlsa(usage, selector, matching, data);
    return Tlsa.matches(record, chain, HOST, Instant.now());
  }

  @Test
  void selectorsAndMatchingTypes() throws Exception {
    TestCertificates.Issued issued = authority.issue("mx.example");
    byte[] whole = issued.certificate().getEncoded();
    byte[] key = issued.certificate().getPublicKey().getEncoded();
    assertThat(matches(3, 0, 0, hex(whole), issued)).isTrue();
    assertThat(matches(3, 0, 1, digest("SHA-256", whole), issued)).isTrue();
    assertThat(matches(3, 1, 0, hex(key), issued)).isTrue();
    assertThat(matches(3, 1, 2, digest("SHA-512", key), issued)).isTrue();
    assertThat(matches(3, 1, 1, digest("SHA-256", whole), issued)).isFalse();
    assertThat(matches(3, 2, 1, digest("SHA-256", key), issued)).isFalse();
    assertThat(matches(1, 1, 1, digest("SHA-256", key), issued)).isFalse();
  }

  @Test
  void theHostsOwnKeyNeedsNeitherNameNorTime() throws Exception {
    TestCertificates.Issued expired = authority.issueExpired("else.example");
    byte[] key = expired.certificate().getPublicKey().getEncoded();
    assertThat(matches(3, 1, 1, digest("SHA-256", key), expired)).isTrue();
  }

  @Test
  void anAuthorityVouchesForNameAndTime() throws Exception {
    byte[] key = authority.authority().getPublicKey().getEncoded();
    String data = digest("SHA-256", key);
    assertThat(matches(2, 1, 1, data, authority.issue("mx.example"))).isTrue();
    assertThat(matches(2, 1, 1, data, authority.issue("else.example"))).isFalse();
    assertThat(matches(2, 1, 1, data, authority.issueExpired("mx.example"))).isFalse();
    TestCertificates.Issued own = authority.issue("mx.example");
    List<X509Certificate> forged =
        List.of(new TestCertificates().issue("mx.example").certificate(), own.issuer());
    RecordData.Tlsa record = new RecordData.Tlsa(2, 1, 1, data);
    assertThat(Tlsa.matches(record, forged, HOST, Instant.now())).isFalse();
    assertThat(
            Tlsa.matches(
                record,
                List.of(own.certificate(), own.issuer()),
                HOST,
                Instant.now().plus(Duration.ofDays(60))))
        .isFalse();
  }
}

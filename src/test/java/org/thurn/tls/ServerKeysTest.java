package org.thurn.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.testing.TestCertificates;

/** What is known of certificates before anybody asks. */
class ServerKeysTest {
  private static final TestCertificates CA = new TestCertificates();

  private static CertifiedKey key(TestCertificates.Issued issued) {
    return new CertifiedKey(List.of(issued.certificate()), issued.keys().getPrivate());
  }

  private static String shown(ServerKeys keys, String name) {
    return keys.chosen(Optional.of(name)).certificate().getSubjectX500Principal().getName();
  }

  @ParameterizedTest
  @CsvSource({
    "mx.example, mx.example",
    "MX.example, mx.example",
    "a.wild.example, *.wild.example",
    "b.a.wild.example, usual.example",
    "wild.example, usual.example",
    ".wild.example, usual.example",
    "x.*.odd.example, usual.example",
    "x.y.odd.example, usual.example",
    "'', usual.example",
  })
  void eachNameIsLookedUp(String asked, String name) {
    CertifiedKey usual = key(CA.issue("usual.example"));
    ServerKeys keys =
        new ServerKeys(
            List.of(
                usual,
                key(CA.issue("mx.example")),
                key(CA.issue("*.wild.example")),
                key(CA.issue("*.*.odd.example"))),
            usual,
            "EC");
    assertThat(shown(keys, asked)).isEqualTo("CN=" + name);
    assertThat(keys.differ()).isFalse();
  }

  /** Else it is parsed, and checked, for every handshake: a tenth of a millisecond with RSA. */
  @Test
  void theLibraryHasItsKeysAlready() {
    CertifiedKey ec = key(CA.issue("mx.example"));
    CertifiedKey rsa = key(CA.issueRsa("mx.example"));
    ServerKeys keys = new ServerKeys(List.of(rsa, ec), rsa, "EC");
    assertThat(List.of(keys.getPrivateKey("0"), keys.getPrivateKey("1")))
        .allSatisfy(key -> assertThat(key.getClass().getPackageName()).isEqualTo("org.conscrypt"));
    assertThat(keys.differ()).isTrue();
    assertThat(keys.chosen(Optional.empty())).isSameAs(ec);
  }

  /** One that the library cannot have is of no use, and no reason to show nobody anything. */
  @Test
  void aCurveThatIsUnknownIsLeftAsItIs() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
    generator.initialize(new ECGenParameterSpec("brainpoolP256r1"));
    KeyPair odd = generator.generateKeyPair();
    TestCertificates.Issued other = CA.issue("mx.example");
    CertifiedKey unknown =
        new CertifiedKey(List.of(CA.issue("odd.example").certificate()), odd.getPrivate());
    ServerKeys keys = new ServerKeys(List.of(key(other), unknown), key(other), "EC");
    assertThat(keys.getPrivateKey("1")).isSameAs(odd.getPrivate());
    assertThat(shown(keys, "mx.example")).isEqualTo("CN=mx.example");
  }
}

package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.dns.RecordData.Tlsa;
import org.thurn.testing.Programs;
import org.thurn.tls.dane.TlsaData;

/** Openssl verifies the lab's servers by the records that we make, and by no authority. */
@Timeout(60)
@ExtendWith(LabFixture.class)
class DanePeersTest {
  private final RunningLab lab;

  DanePeersTest(RunningLab lab) {
    this.lab = lab;
  }

  private static X509Certificate read(Path pem) throws Exception {
    try (InputStream octets = Files.newInputStream(pem)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(octets);
    }
  }

  private Programs.Ran visit(String protocol, Tlsa record) throws Exception {
    List<String> command =
        List.of(
            Programs.require("openssl").toString(),
            "s_client",
            "-brief",
            "-starttls",
            protocol,
            "-connect",
            lab.at("strict.example", protocol),
            "-dane_tlsa_domain",
            "mx.strict.example",
            "-dane_tlsa_rrdata",
            TlsaData.text(record),
            "-verify_return_error");
    return Programs.run(Duration.ofSeconds(20), "", command);
  }

  @ParameterizedTest
  @CsvSource({"smtp, 3, 1, 1", "smtp, 3, 0, 2", "imap, 3, 1, 1", "pop3, 3, 1, 0"})
  void byTheServersOwn(String protocol, int usage, int selector, int matching) throws Exception {
    X509Certificate own = read(lab.certificate("strict.example"));
    Programs.Ran ran = visit(protocol, TlsaData.of(usage, selector, matching, own));
    assertThat(ran.output()).contains("Verification: OK", "matched EE certificate");
    assertThat(ran.exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "0, 2", "1, 2", "0, 0", "1, 0"})
  void byTheAuthority(int selector, int matching) throws Exception {
    X509Certificate authority = read(lab.authority());
    Programs.Ran ran = visit("smtp", TlsaData.of(2, selector, matching, authority));
    assertThat(ran.output())
        .contains("Verification: OK", "Verified peername: mx.strict.example", "matched TA");
    assertThat(ran.exitCode()).isZero();
  }

  @Test
  void andRefusesWithAnothersRecord() throws Exception {
    X509Certificate other = read(lab.certificate("mallory.example"));
    for (Tlsa record : List.of(TlsaData.recommended(other), TlsaData.of(2, 0, 1, other))) {
      Programs.Ran ran = visit("smtp", record);
      assertThat(ran.output()).contains("certificate verify failed");
      assertThat(ran.exitCode()).isNotZero();
    }
  }
}

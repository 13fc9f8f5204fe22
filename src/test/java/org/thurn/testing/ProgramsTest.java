package org.thurn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramsTest {
  @Test
  void runsAProgramWithItsInput() throws Exception {
    Programs.Ran ran =
        Programs.run(
            Duration.ofSeconds(10), "hello\n", List.of(Programs.require("cat").toString()));

    assertThat(ran).isEqualTo(new Programs.Ran(0, "hello\n"));
  }

  @Test
  void certificatesCanBeReadBackByOpenssl() throws Exception {
    TestCertificates.Issued issued = new TestCertificates().issue("mx.example");

    Programs.Ran ran =
        Programs.run(
            Duration.ofSeconds(10),
            issued.chainPem(),
            List.of(
                Programs.require("openssl").toString(),
                "x509",
                "-noout",
                "-ext",
                "subjectAltName"));

    assertThat(ran.output()).contains("DNS:mx.example");
    assertThat(issued.keyPem()).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(issued.traditionalKeyPem()).startsWith("-----BEGIN EC PRIVATE KEY-----");
  }
}

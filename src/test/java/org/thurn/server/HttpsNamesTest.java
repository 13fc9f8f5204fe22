package org.thurn.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.name.Mailbox;
import org.thurn.testing.Programs;
import org.thurn.testing.TestCertificates;
import org.thurn.tls.mtasts.PolicyFetch;

/** The https listener shows each client the certificate of the name that it asks for. */
@Timeout(60)
class HttpsNamesTest {
  private static final TestCertificates CA = new TestCertificates();

  @TempDir private Path folder;
  private TestServer server;
  private Path ca = Path.of("ca.pem");

  @BeforeEach
  void start() throws Exception {
    ca = CA.writeAuthority(folder.resolve("ca.pem"));
    CA.issue("mx.own.example").writeTo(folder);
    server = new TestServer(folder);
    server
        .configure(
            TestServer.listener("https", 0)
                + "[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n"
                + certificate(CA.issue("mta-sts.own.example"), "own")
                + certificate(CA.issueRsa("mta-sts.other.example"), "other")
                + "[mta-sts]\nmode = \"testing\"\n")
        .start();
    server.account(TestServer.ALICE);
    server.account(Mailbox.of("zoe@other.example"));
  }

  @AfterEach
  void close() throws Exception {
    server.close();
  }

  private String certificate(TestCertificates.Issued issued, String name) throws IOException {
    issued.writeTo(folder.resolve(name));
    return "[[certificate]]\ncertificate = \"%1$s/cert.pem\"\nkey = \"%1$s/key.pem\"\n"
        .formatted(name);
  }

  /** Curl believes only a certificate of the very name, and reads what is behind it. */
  @ParameterizedTest
  @CsvSource({
    "mta-sts.own.example,   1.3, 200",
    "mta-sts.other.example, 1.3, 200",
    "mta-sts.own.example,   1.2, 200",
    "mta-sts.other.example, 1.2, 200",
    "mx.own.example,        1.3, 404",
    "mta-sts.third.example, 1.3, no",
  })
  void curlIsShownTheNamesOwn(String name, String version, String status) throws Exception {
    int port = server.port("http");
    Programs.Ran ran =
        Programs.run(
            Duration.ofSeconds(20),
            "",
            List.of(
                Programs.require("curl").toString(),
                "-sS",
                "--noproxy",
                "*",
                "--tls-max",
                version,
                "--cacert",
                ca.toString(),
                "--resolve",
                name + ":" + port + ":127.0.0.1",
                "-o",
                folder.resolve("page").toString(),
                "-w",
                "%{http_code}",
                "https://" + name + ":" + port + PolicyFetch.PATH));
    if (status.equals("no")) {
      assertThat(ran.output()).contains("SSL: no alternative certificate subject name matches");
    } else {
      assertThat(ran.output()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-servername mta-sts.own.example,   CN = mta-sts.own.example, id-ecPublicKey",
    "-servername mta-sts.other.example, CN = mta-sts.other.example, rsaEncryption",
    "-servername mta-sts.third.example, CN = mx.own.example, id-ecPublicKey",
    "-noservername,                     CN = mx.own.example, id-ecPublicKey",
  })
  void opensslSeesThem(String asked, String subject, String key) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Programs.require("openssl").toString(), "s_client", "-CAfile", ca.toString()));
    command.addAll(List.of("-connect", "127.0.0.1:" + server.port("http")));
    command.addAll(List.of(asked.split(" ")));
    Programs.Ran ran = Programs.run(Duration.ofSeconds(20), "", command);
    assertThat(ran.output()).contains("subject=" + subject + "\n", key, "Verification: OK");
  }
}

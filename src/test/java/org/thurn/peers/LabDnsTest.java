package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.name.IpAddress;
import org.thurn.testing.Programs;

/** What other people's validators say of the lab's DNS. */
@ExtendWith(LabFixture.class)
class LabDnsTest {
  private final RunningLab lab;

  LabDnsTest(RunningLab lab) {
    this.lab = lab;
  }

  private String delv(String name, String type) throws Exception {
    List<String> command =
        List.of(
            Programs.require("delv").toString(),
            "@127.0.0.1",
            "-p",
            Integer.toString(lab.dnsPort()),
            "-a",
            lab.folder().resolve("root.bind").toString(),
            "+root=.",
            name,
            type);
    return Programs.run(Duration.ofSeconds(60), "", command).output();
  }

  @Test
  void delvValidatesStrictExample() throws Exception {
    assertThat(delv("strict.example", "MX")).contains("; fully validated", "10 mx.strict.example.");
    assertThat(delv("mx.strict.example", "A")).contains("; fully validated", "127.25.0.1");
    assertThat(delv("_25._tcp.mx.strict.example", "TLSA")).contains("; fully validated", "3 1 1");
    assertThat(delv("1.0.25.127.in-addr.arpa", "PTR"))
        .contains("; fully validated", "mx.strict.example.");
    assertThat(delv("nobody.strict.example", "MX"))
        .contains("; negative response, fully validated");
  }

  @Test
  void delvFindsPlainExampleUnsigned() throws Exception {
    assertThat(delv("plain.example", "MX")).contains("; unsigned answer", "10 mx.plain.example.");
  }

  @Test
  void unboundSaysWhatIsAuthentic(@TempDir Path folder) throws Exception {
    int port;
    try (DatagramSocket free =
        new DatagramSocket(new InetSocketAddress(IpAddress.of("127.0.0.1"), 0))) {
      port = free.getLocalPort();
    }
    try (Unbound unbound = Unbound.start(lab, folder, "127.0.0.1", port)) {
      assertThat(unbound.dig("strict.example", "MX"))
          .contains("status: NOERROR", " ad;", "mx.strict.example.");
      assertThat(unbound.dig("nobody.strict.example", "MX")).contains("status: NXDOMAIN", " ad;");
      assertThat(unbound.dig("plain.example", "MX"))
          .contains("status: NOERROR", "mx.plain.example.")
          .doesNotContain(" ad;");
    }
  }
}

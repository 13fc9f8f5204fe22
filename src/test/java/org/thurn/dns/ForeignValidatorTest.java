package org.thurn.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.testing.Programs;
import org.thurn.time.Time;

/** BIND's delv and Unbound judge our tree, and our resolver asks through Unbound. */
class ForeignValidatorTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path directory;
  private Lab lab;

  @BeforeEach
  void serve() throws Exception {
    lab = new Lab(directory, Time.system());
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  private String delv(String name, String type) throws Exception {
    Path program = Programs.require("delv");
    Path anchor = Files.writeString(directory.resolve("anchor"), lab.tree.trustAnchorForBind());
    String port = Integer.toString(lab.address().getPort());
    List<String> command =
        List.of(
            program.toString(),
            "@127.0.0.1",
            "-p",
            port,
            "-a",
            anchor.toString(),
            "+root=.",
            name,
            type);
    return Programs.run(LIMIT, "", command).output();
  }

  @Test
  void delvValidatesWhatExists() throws Exception {
    assertThat(delv("strict.example", "MX"))
        .contains("; fully validated")
        .contains("10 mx.strict.example.");
    assertThat(delv("_25._tcp.mx.strict.example", "TLSA")).contains("; fully validated");
    assertThat(delv("www.strict.example", "A"))
        .contains("; fully validated")
        .contains("127.25.0.1");
    assertThat(delv("x.wild.strict.example", "A"))
        .contains("; fully validated")
        .contains("127.25.0.9");
    assertThat(delv("1.0.25.127.in-addr.arpa", "PTR")).contains("; fully validated");
  }

  @Test
  void delvValidatesWhatDoesNotExist() throws Exception {
    assertThat(delv("nope.strict.example", "MX"))
        .contains("ncache nxdomain")
        .contains("; negative response, fully validated");
    assertThat(delv("strict.example", "A"))
        .contains("ncache nxrrset")
        .contains("; negative response, fully validated");
    assertThat(delv("x.wild.strict.example", "MX"))
        .contains("; negative response, fully validated");
    assertThat(delv("empty.strict.example", "A")).contains("; negative response, fully validated");
  }

  @Test
  void delvFindsThePlainZoneUnsignedAndTheSpoiltOneBroken() throws Exception {
    assertThat(delv("plain.example", "MX")).contains("; unsigned answer");

    lab.server.disturb(
        (name, type) ->
            name.endsWith("strict.example.")
                ? Disturbance.Treatment.BREAK_SIGNATURES
                : Disturbance.Treatment.NORMAL);
    assertThat(delv("strict.example", "MX")).contains("resolution failed");
  }

  @Test
  void unboundValidatesAndOurResolverAsksThroughIt() throws Exception {
    Path program = Programs.require("unbound");
    int port = freePort();
    Process unbound = start(program, port);
    try {
      awaitAnswer(unbound, port);

      assertThat(dig(port, "strict.example", "MX")).contains("status: NOERROR").contains(" ad;");
      assertThat(dig(port, "x.wild.strict.example", "A")).contains(" ad;");
      assertThat(dig(port, "nope.strict.example", "A"))
          .contains("status: NXDOMAIN")
          .contains(" ad;");
      assertThat(dig(port, "plain.example", "MX"))
          .contains("status: NOERROR")
          .doesNotContain(" ad;");

      StubResolver resolver =
          new StubResolver(
              ResolverSettings.of(
                      new java.net.InetSocketAddress(
                          org.thurn.name.IpAddress.of("127.0.0.1"), port))
                  .withTrustAnchor(lab.anchor),
              Time.system());
      assertSecurity(resolver, "strict.example", RecordType.MX, Security.SECURE);
      assertSecurity(resolver, "www.strict.example", RecordType.A, Security.SECURE);
      assertSecurity(resolver, "x.y.wild.strict.example", RecordType.A, Security.SECURE);
      assertSecurity(resolver, "_26._tcp.mx.strict.example", RecordType.TLSA, Security.SECURE);
      assertSecurity(resolver, "strict.example", RecordType.A, Security.SECURE);
      assertSecurity(resolver, "plain.example", RecordType.MX, Security.INSECURE);
      assertSecurity(resolver, "out.strict.example", RecordType.A, Security.INSECURE);

      lab.server.disturb(
          (name, type) ->
              name.startsWith("web3.")
                  ? Disturbance.Treatment.BREAK_SIGNATURES
                  : Disturbance.Treatment.NORMAL);
      assertSecurity(resolver, "web3.strict.example", RecordType.HTTPS, Security.BOGUS);
    } finally {
      unbound.destroy();
      if (!unbound.waitFor(5, TimeUnit.SECONDS)) {
        unbound.destroyForcibly();
      }
    }
  }

  private static void assertSecurity(
      Resolver resolver, String name, RecordType type, Security security) {
    Answer answer = resolver.ask(new DnsName(name), type);
    assertThat(answer.security()).as(answer.toString()).isEqualTo(security);
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(Lab.loopback())) {
      return socket.getLocalPort();
    }
  }

  private Process start(Path program, int port) throws IOException {
    String configuration =
        """
        server:
          interface: 127.0.0.1
          port: %d
          username: ""
          chroot: ""
          directory: "%s"
          pidfile: ""
          use-syslog: no
          do-daemonize: no
          num-threads: 1
          do-ip6: no
          do-not-query-localhost: no
          module-config: "validator iterator"
          trust-anchor-file: "%s"
          local-zone: "127.in-addr.arpa." nodefault
        remote-control:
          control-enable: no
        forward-zone:
          name: "."
          forward-addr: 127.0.0.1@%d
        """
            .formatted(port, directory, lab.anchor, lab.address().getPort());
    Path file = Files.writeString(directory.resolve("unbound.conf"), configuration);
    File log = directory.resolve("unbound.log").toFile();
    return new ProcessBuilder(program.toString(), "-d", "-c", file.toString())
        .redirectErrorStream(true)
        .redirectOutput(log)
        .start();
  }

  private void awaitAnswer(Process unbound, int port) throws Exception {
    for (int attempt = 0; attempt < 20 && unbound.isAlive(); attempt++) {
      if (dig(port, "example", "SOA").contains("status: NOERROR")) {
        return;
      }
    }
    fail(Files.readString(directory.resolve("unbound.log")));
  }

  private static String dig(int port, String name, String type) throws Exception {
    List<String> command =
        List.of(
            Programs.require("dig").toString(),
            "@127.0.0.1",
            "-p",
            Integer.toString(port),
            "+dnssec",
            "+tries=1",
            "+time=1",
            name,
            type);
    return Programs.run(LIMIT, "", command).output();
  }
}

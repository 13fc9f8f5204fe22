package org.thurn.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.name.IpAddress;
import org.thurn.testing.Programs;
import org.thurn.time.Time;

/** Our updates of BIND's name server. */
@Timeout(60)
class NamedUpdateTest {
  private static final byte[] SECRET =
      "thirty-two octets of a good secret".getBytes(StandardCharsets.US_ASCII);
  private static final DnsName NAME = new DnsName("one._domainkey.named.example");
  private static final List<String> TEXT = List.of("v=DKIM1; k=rsa; ", "p=abc");

  @TempDir Path directory;
  private @Nullable Process named;
  private InetSocketAddress address = Lab.loopback();

  @BeforeEach
  void start() throws Exception {
    Path program = Programs.require("named");
    try (ServerSocket probe = new ServerSocket(0, 1, IpAddress.of("127.0.0.1"))) {
      address = new InetSocketAddress(IpAddress.of("127.0.0.1"), probe.getLocalPort());
    }
    Files.writeString(
        directory.resolve("named.zone"),
        """
        $TTL 300
        @ IN SOA ns hostmaster 1 3600 600 86400 60
          IN NS ns
        ns IN A 127.0.0.1
        """);
    Path configuration = directory.resolve("named.conf");
    Files.writeString(
        configuration,
        """
        options {
          directory "%1$s";
          pid-file "%1$s/named.pid";
          session-keyfile "%1$s/local.key";
          listen-on port %2$d { 127.0.0.1; };
          listen-on-v6 { none; };
          recursion no;
          dnssec-validation no;
        };
        controls { };
        key "keys.test" { algorithm hmac-sha256; secret "%3$s"; };
        zone "named.example" {
          type primary;
          file "%1$s/named.zone";
          update-policy { grant keys.test zonesub TXT; };
        };
        """
            .formatted(directory, address.getPort(), Base64.getEncoder().encodeToString(SECRET)));
    named =
        new ProcessBuilder(program.toString(), "-g", "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("named.log").toFile())
            .start();
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!ask(new DnsName("ns.named.example"), RecordType.A).found()) {
      assertThat(System.nanoTime()).as(this::log).isLessThan(end);
      assertThat(named.isAlive()).as(this::log).isTrue();
      LockSupport.parkNanos(50_000_000);
    }
  }

  private String log() {
    try {
      return Files.readString(directory.resolve("named.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  @AfterEach
  void stop() throws Exception {
    if (named != null) {
      named.destroy();
      assertThat(named.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Without a cache between. */
  private Answer ask(DnsName name, RecordType type) throws Exception {
    return new StubResolver(
            ResolverSettings.of(address).withTimeout(Duration.ofSeconds(1)), Time.system())
        .ask(name, type);
  }

  private Updater updater(byte[] secret) {
    return new Updater(
        address, new TsigKey(new DnsName("keys.test"), TsigKey.Algorithm.HMAC_SHA256, secret));
  }

  @Test
  void itTakesWhatWePublishAndRemove() throws Exception {
    updater(SECRET).replaceText(NAME, List.of("old"));
    updater(SECRET).replaceText(NAME, TEXT);
    assertThat(ask(NAME, RecordType.TXT).records()).containsExactly(new RecordData.Txt(TEXT));
    updater(SECRET).removeText(NAME);
    assertThat(ask(NAME, RecordType.TXT).status()).isEqualTo(Answer.Status.NO_SUCH_NAME);
  }

  @Test
  void itRefusesAWrongSecretAndWeSaySo() throws Exception {
    byte[] wrong = "another secret of many octets".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> updater(wrong).replaceText(NAME, TEXT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("NOTAUTH");
    assertThat(ask(NAME, RecordType.TXT).found()).isFalse();
  }

  @Test
  void aZoneThatIsNotThereIsNamed() {
    assertThatThrownBy(
            () -> updater(SECRET).replaceText(new DnsName("one.elsewhere.example"), TEXT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no zone for one.elsewhere.example");
  }
}

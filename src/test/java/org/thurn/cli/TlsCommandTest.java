package org.thurn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.cli.CommandLineRun.thurn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.admin.Exit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code thurn tls} at the servers of a lab. */
@Timeout(120)
class TlsCommandTest {
  @TempDir private static Path folder;
  private static CommandLab lab;

  @BeforeAll
  static void start() throws Exception {
    lab = CommandLab.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    lab.close();
  }

  /** Ports are moved where the lab has them. */
  private static CommandLineRun tls(String host, int port, String... more) {
    List<String> words = new ArrayList<>(List.of("tls", host + ":" + lab.port(port)));
    words.addAll(lab.options());
    words.addAll(Arrays.asList(more));
    return thurn(words.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({"2525, smtp", "2587, smtp", "2143, imap", "2110, pop3", "2993, ''", "2995, ''"})
  void everyProtocolIsVerifiedByTheAuthority(int port, String protocol) {
    CommandLineRun run =
        protocol.isEmpty()
            ? tls("mx.strict.example", port)
            : tls("mx.strict.example", port, "--starttls", protocol);
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).as(run.out()).isZero();
    assertThat(run.out().lines())
        .contains(
            "address      127.25.0.1: TLS",
            "version      TLSv1.3",
            "group        X25519MLKEM768",
            "1. subject   CN=mx.strict.example",
            "authority    verified")
        .anyMatch(
            line ->
                line.matches(
                    "to publish   _%d\\._tcp\\.mx\\.strict\\.example\\. IN TLSA 3 1 1 [0-9a-f]{64}"
                        .formatted(lab.port(port))));
  }

  @Test
  void jsonHasItAll() {
    CommandLineRun run = tls("mx.strict.example", 2525, "--starttls", "smtp", "--dane", "--json");
    assertThat(run.exit()).isZero();
    JsonNode json = JsonMapper.shared().readTree(run.out());
    assertThat(json.propertyNames())
        .containsExactly(
            "name",
            "port",
            "tried",
            "version",
            "group",
            "cipher",
            "certificates",
            "verified",
            "authority",
            "dane",
            "record");
    assertThat(json.at("/tried/0/address").stringValue()).isEqualTo("127.25.0.1");
    assertThat(json.at("/tried/0/problem").isNull()).isTrue();
    assertThat(json.at("/certificates")).hasSize(2);
    assertThat(json.at("/certificates/0").propertyNames())
        .containsExactly(
            "subject", "names", "issuer", "from", "until", "key", "signature", "sha256");
    assertThat(json.at("/certificates/0/names").toString()).contains("\"mx.strict.example\"");
    assertThat(json.at("/certificates/0/key").stringValue()).isEqualTo("EC 256");
    assertThat(json.at("/verified").booleanValue()).isTrue();
    assertThat(json.at("/dane/status").stringValue()).isEqualTo("usable");
    assertThat(json.at("/dane/matches").booleanValue()).isTrue();
    assertThat(json.at("/record").stringValue())
        .endsWith(" IN TLSA " + json.at("/dane/records/0").stringValue());
  }

  @Test
  void daneNeedsRecordsThatAreSigned() {
    CommandLineRun run = tls("mx.mallory.example", 2525, "--starttls", "smtp", "--dane");
    assertThat(run.exit()).isEqualTo(Exit.NO);
    assertThat(run.out())
        .contains("authority    verified\n")
        .contains("DANE         not verified: the host's addresses are not signed\n");
  }

  @Test
  void daneFindsAnotherServersKey() {
    CommandLineRun run =
        tls("127.25.0.5", 2525, "--starttls", "smtp", "--dane", "--name", "mx.strict.example");
    assertThat(run.exit()).isEqualTo(Exit.NO);
    assertThat(run.out())
        .contains("TLSA         3 1 1 ")
        .contains("DANE         not verified: no TLSA record fits the server's certificate\n");
  }

  @Test
  void anotherNameIsNotVerified() {
    CommandLineRun run = tls("mx.strict.example", 2993, "--name", "else.example");
    assertThat(run.exit()).isEqualTo(Exit.NO);
    assertThat(run.out()).contains("authority    certificate is not for else.example but [");
  }

  @Test
  void anAddressIsNobodysName() {
    CommandLineRun run = tls("127.25.0.1", 2993);
    assertThat(run.exit()).isEqualTo(Exit.NO);
    assertThat(run.out()).containsPattern("to publish   3 1 1 [0-9a-f]{64}\\n$");
  }

  @Test
  void aServerWithoutTlsIs1() {
    CommandLineRun smtp = tls("mx.plain.example", 2525, "--starttls", "smtp");
    assertThat(smtp.exit()).isEqualTo(Exit.NO);
    assertThat(smtp.err())
        .contains("address      127.25.0.3: the server says: 5")
        .endsWith("thurn: no TLS with mx.plain.example:" + lab.port(2525) + "\n");
    assertThat(tls("mx.plain.example", 2143, "--starttls", "imap").exit()).isEqualTo(Exit.NO);
    assertThat(tls("mx.plain.example", 2110, "--starttls", "pop3").exit()).isEqualTo(Exit.NO);
    assertThat(tls("mx.strict.example", 2143, "--starttls", "sieve").exit()).isEqualTo(Exit.NO);
  }

  @Test
  void noServerIs69() {
    assertThat(tls("mx.strict.example", 1).err()).contains("address      127.25.0.1: ");
    assertThat(tls("mx.strict.example", 1).exit()).isEqualTo(Exit.UNAVAILABLE);
    CommandLineRun unknown = tls("nowhere.example", 2525);
    assertThat(unknown.exit()).isEqualTo(Exit.UNAVAILABLE);
    assertThat(unknown.err()).isEqualTo("thurn: no address of nowhere.example\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tls",
        "tls mx.example",
        "tls mx.example:0",
        "tls mx.example:65536",
        "tls mx.example:999999",
        "tls :25",
        "tls a..b:25",
        "tls [::1:25",
        "tls ::1",
        "tls --starttls ftp mx.example",
        "tls --dane 127.0.0.1:25",
        "tls --name a..b mx.example:25"
      })
  void aWrongCommandLineIs64(String line) {
    assertThat(thurn(line.split(" ")).exit()).isEqualTo(Exit.USAGE);
  }
}

package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thurn.admin.Status;
import org.thurn.server.TestServer;
import org.thurn.testing.Programs;
import org.thurn.testing.TestCertificates;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What testssl.sh thinks of every port of a server with default settings: nothing is worse than
 * "low" but for what docs/testssl.md lists with its reason.
 */
@Timeout(600)
class TestsslTest {
  private static final String HOST = "mx.own.example";

  /** Half of the time it waits for replies that may come or not, so twice the usual processors. */
  private static final int AT_A_TIME = 4;

  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** Longer than testssl.sh wants a certificate to last still. */
  private static final Duration VALID = Duration.ofDays(120);

  private static final Set<String> HARMLESS = Set.of("OK", "INFO", "DEBUG", "LOW");

  /** Found well wherever all was looked at: a check that was not made finds nothing bad. */
  private static final Set<String> GOOD =
      Set.of(
          "SSLv2",
          "SSLv3",
          "TLS1_2",
          "TLS1_3",
          "cipherlist_NULL",
          "cipherlist_STRONG",
          "PFS",
          "cipher_order",
          "cipher_negotiated",
          "cert_trust",
          "cert_chain_of_trust",
          "cert_expirationStatus",
          "heartbleed",
          "secure_renego",
          "secure_client_renego",
          "LUCKY13",
          "RC4");

  /** Said in the document beside a severity. */
  private static final String AT_TIMES = ", at times";

  private static final Set<String> GOOD_OF_WEB = Set.of("HSTS_time", "BREACH");

  /** A listener, and how testssl.sh comes to TLS there. */
  private enum Port {
    SMTP("smtp", "smtp"),
    SUBMISSION("submission", "smtp"),
    SUBMISSIONS("submission", ""),
    IMAP("imap", "imap"),
    IMAPS("imap", ""),
    POP3("pop3", "pop3"),
    POP3S("pop3", ""),
    HTTPS("http", "");

    private final String service;
    private final String starttls;

    Port(String service, String starttls) {
      this.service = service;
      this.starttls = starttls;
    }

    String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    private boolean is(Status.Listening listening) {
      return listening.protocol().equals(service)
          && listening.tls().equals(starttls.isEmpty() ? "implicit" : "starttls");
    }
  }

  private record Finding(String id, String severity, String text) {}

  /**
   * A row of the document: a finding that stands, at which ports.
   *
   * @param always whether it is found each time; else it depends on which octets are there first
   */
  private record Known(String id, String severity, boolean always, Set<String> ports) {
    boolean explains(Port port, Finding finding) {
      return finding.id().equals(id)
          && finding.severity().equals(severity)
          && (ports.contains("all") || ports.contains(port.label()));
    }
  }

  @TempDir private static Path folder;
  private static final Map<Port, Future<List<Finding>>> ASKED = new EnumMap<>(Port.class);
  private static final ExecutorService ASKING = Executors.newFixedThreadPool(AT_A_TIME);
  private static TestServer server;

  @BeforeAll
  static void ask() throws Exception {
    Path program = Programs.require("testssl");
    TestCertificates authority = new TestCertificates();
    authority.issue(VALID, HOST).writeTo(folder);
    Path ca = authority.writeAuthority(folder.resolve("ca.pem"));
    StringBuilder settings = new StringBuilder();
    for (Port port : Port.values()) {
      settings.append(TestServer.listener(port.label(), 0));
    }
    settings.append("[tls]\ncertificate = \"cert.pem\"\nkey = \"key.pem\"\n");
    server = new TestServer(folder);
    server.configure(settings.toString()).start();
    for (Port port : Port.values()) {
      ASKED.put(port, ASKING.submit(() -> findings(program, ca, port)));
    }
  }

  @AfterAll
  static void close() throws Exception {
    ASKING.shutdownNow();
    if (server != null) {
      server.close();
    }
  }

  private static List<Finding> findings(Path program, Path ca, Port port) throws Exception {
    int number =
        server.server().listening().stream()
            .filter(port::is)
            .mapToInt(Status.Listening::port)
            .findFirst()
            .orElseThrow();
    Path json = folder.resolve(port.label() + ".json");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    if (!port.starttls.isEmpty()) {
      command.addAll(List.of("--starttls", port.starttls));
    }
    // protocols, ciphers by strength, forward secrecy, preference, the hello, vulnerabilities
    command.addAll(List.of("-p", "-s", "-f", "-P", "-S", "-U"));
    if (port == Port.HTTPS) {
      command.add("-h");
    }
    // it asks no DNS and nobody outside
    command.addAll(List.of("--nodns", "none", "--ip", "127.0.0.1", "--add-ca", ca.toString()));
    command.addAll(List.of("--quiet", "--warnings", "off", "--color", "0"));
    command.addAll(List.of("--jsonfile", json.toString(), HOST + ":" + number));
    Programs.Ran ran = Programs.run(LONGEST, "", command);
    List<Finding> findings = new ArrayList<>();
    assertThat(json).as(ran.output()).isNotEmptyFile();
    for (JsonNode one : JsonMapper.shared().readTree(json.toFile())) {
      findings.add(
          new Finding(
              one.path("id").asString(),
              one.path("severity").asString(),
              one.path("finding").asString()));
    }
    return findings;
  }

  private static List<Known> known() throws IOException {
    List<Known> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("docs/testssl.md"))) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 6 && cells[1].strip().matches("`\\w+`")) {
        rows.add(
            new Known(
                cells[1].strip().replace("`", ""),
                cells[2].replace(AT_TIMES, "").strip(),
                !cells[2].contains(AT_TIMES),
                Arrays.stream(cells[3].split(",")).map(String::strip).collect(Collectors.toSet())));
      }
    }
    return rows;
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void nothingIsWorseThanLow(Port port) throws Exception {
    List<Known> known = known();
    List<Finding> found = ASKED.get(port).get();

    assertThat(found)
        .filteredOn(finding -> !HARMLESS.contains(finding.severity()))
        .filteredOn(finding -> known.stream().noneMatch(row -> row.explains(port, finding)))
        .isEmpty();
    Set<String> good =
        found.stream()
            .filter(finding -> finding.severity().equals("OK"))
            .map(finding -> finding.id().replaceFirst(" <.*>$", ""))
            .collect(Collectors.toSet());
    assertThat(good).containsAll(GOOD);
    if (port == Port.HTTPS) {
      assertThat(good).containsAll(GOOD_OF_WEB);
    }
  }

  /** Else the list would come to excuse what nobody has looked at. */
  @Test
  void everyExceptionIsStillNeeded() throws Exception {
    for (Known row : known()) {
      boolean needed = !row.always();
      for (Port port : Port.values()) {
        needed |= ASKED.get(port).get().stream().anyMatch(finding -> row.explains(port, finding));
      }
      assertThat(needed).as(row.toString()).isTrue();
    }
  }
}

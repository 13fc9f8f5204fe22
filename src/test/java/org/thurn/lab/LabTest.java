package org.thurn.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.access.LineClient;
import org.thurn.name.IpAddress;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LabTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> PLAIN_PORTS =
      List.of("smtp", "lmtp", "submission", "imap", "pop3", "http");
  private static final List<String> TLS_PORTS = List.of("https", "submissions", "imaps", "pop3s");

  @TempDir Path folder;
  private final List<Lab> running = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (Lab lab : running) {
      lab.close();
    }
  }

  /**
   * An offset whose ports nobody has, below those that the system gives to outgoing connections.
   */
  static int freeOffset() {
    int offset;
    do {
      offset = 8_000 + ThreadLocalRandom.current().nextInt(18_000);
    } while (!isFree(new LabPorts(offset)));
    return offset;
  }

  private static boolean isFree(LabPorts ports) {
    try (ServerSocket dns = new ServerSocket(ports.dns(), 1, IpAddress.of("127.0.0.1"))) {
      for (int port : new int[] {ports.smtp(), ports.imap(), ports.pop3s(), ports.http()}) {
        new ServerSocket(port, 1, LabDomain.STRICT.address()).close();
      }
      return dns.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private Lab start(String state, int offset) throws Exception {
    Path zone =
        Files.writeString(folder.resolve("more.zone"), "extra.example. 60 IN TXT \"more\"\n");
    Lab lab =
        Lab.start(new LabSettings(folder.resolve(state), 0, offset, List.of(zone)), Time.system());
    running.add(lab);
    return lab;
  }

  private JsonNode facts(String state) throws Exception {
    return JSON.readTree(Files.readString(folder.resolve(state).resolve("lab.json")));
  }

  private static JsonNode domain(JsonNode facts, String name) {
    return facts.path("domains").path(name);
  }

  @Test
  void labJsonHasItsFormEveryPortAnswersAndTwoLabsLiveTogether() throws Exception {
    int one = freeOffset();
    int two = one > 35_000 ? one - 10_000 : one + 10_000;
    Path first = folder.resolve("one");
    Files.createDirectories(first);
    Files.writeString(first.resolve("lab.json"), "an old one");
    start("one", one);
    start("two", two);

    JsonNode facts = facts("one");
    assertThat(facts.propertyNames())
        .containsExactlyInAnyOrder("web", "ca", "dns", "domains", "pid");
    assertThat(facts.path("pid").asLong()).isEqualTo(ProcessHandle.current().pid());
    assertThat(facts.path("web").asString()).matches("http://127\\.0\\.0\\.1:\\d+/");
    assertThat(Path.of(facts.path("ca").asString())).isAbsolute().isRegularFile();
    assertThat(facts.path("dns").propertyNames())
        .containsExactlyInAnyOrder("address", "port", "trustAnchor");
    assertThat(facts.path("dns").path("port").asInt()).isEqualTo(5300 + one);
    assertThat(Path.of(facts.path("dns").path("trustAnchor").asString())).isAbsolute().isReadable();
    assertThat(facts.path("domains").propertyNames())
        .containsExactly(
            "strict.example", "soft.example", "plain.example", "list.example", "mallory.example");
    for (String name : facts.path("domains").propertyNames()) {
      checkDomain(name, domain(facts, name), one);
    }
    assertThat(domain(facts("two"), "strict.example").path("smtp").asInt()).isEqualTo(2525 + two);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(first.resolve("lab.json"))))
        .isEqualTo("rw-------");
    assertThat(greeting(domain(facts, "soft.example"))).startsWith("220 mx.soft.example");
    assertThat(greeting(domain(facts("two"), "soft.example"))).startsWith("220 mx.soft.example");
  }

  private static void checkDomain(String name, JsonNode domain, int offset) throws Exception {
    List<String> keys = new ArrayList<>(List.of("host", "address", "accounts"));
    List<String> ports = new ArrayList<>(PLAIN_PORTS);
    if (!name.equals("plain.example")) {
      ports.addAll(TLS_PORTS);
    }
    keys.addAll(ports);
    assertThat(domain.propertyNames()).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(domain.path("host").asString()).isEqualTo("mx." + name);
    InetAddress address = IpAddress.of(domain.path("address").asString());
    assertThat(address.isLoopbackAddress()).isTrue();
    assertThat(domain.path("imaps").asInt(2993 + offset)).isEqualTo(2993 + offset);
    for (String port : ports) {
      try (Socket socket = new Socket(address, domain.path(port).asInt())) {
        assertThat(socket.isConnected()).isTrue();
      }
    }
    List<String> people = new ArrayList<>();
    for (JsonNode account : domain.path("accounts")) {
      people.add(account.path("address").asString());
      assertThat(account.path("password").asString()).hasSizeGreaterThan(10);
    }
    assertThat(people).containsExactly("alice@" + name, "bob@" + name, "carol@" + name);
  }

  private static String greeting(JsonNode domain) throws Exception {
    try (LineClient client = client(domain, "smtp")) {
      return client.line();
    }
  }

  private static LineClient client(JsonNode domain, String port) throws Exception {
    return new LineClient(
        IpAddress.of(domain.path("address").asString()), domain.path(port).asInt());
  }

  @Test
  void passwordsAnchorAuthorityAndMailAreKeptBetweenRuns() throws Exception {
    int offset = freeOffset();
    start("kept", offset).close();
    running.clear();
    assertThat(folder.resolve("kept/lab.json")).doesNotExist();
    Path anchor = folder.resolve("kept/root.ds");
    Path authority = folder.resolve("kept/ca/ca.pem");
    String before = Files.readString(anchor) + Files.readString(authority);

    start("kept", offset + 1);

    assertThat(Files.readString(anchor) + Files.readString(authority)).isEqualTo(before);
    for (String name : List.of("strict.example", "plain.example")) {
      JsonNode domain = domain(facts("kept"), name);
      JsonNode carol = domain.path("accounts").get(2);
      try (LineClient imap = client(domain, "imap")) {
        imap.line();
        String login =
            "LOGIN " + carol.path("address").asString() + " " + carol.path("password").asString();
        assertThat(imap.command("a", login)).contains("a OK");
        // the welcome came at the first start, and only then
        assertThat(imap.command("b", "SELECT INBOX")).contains("* 1 EXISTS", "b OK");
      }
    }
  }

  @Test
  void aPortThatIsTakenIsNamedAndNothingIsLeftOpen() throws Exception {
    int offset = freeOffset();
    for (String place : List.of("127.0.0.1 5300", "127.25.0.2 2143")) {
      String[] parts = place.split(" ");
      int port = Integer.parseInt(parts[1]) + offset;
      try (ServerSocket taken = new ServerSocket(port, 1, IpAddress.of(parts[0]))) {
        assertThatThrownBy(() -> start("taken", offset))
            .isInstanceOf(BindException.class)
            .hasMessageContaining(parts[0])
            .hasMessageContaining(String.valueOf(taken.getLocalPort()));
      }
    }
    try (ServerSocket taken = new ServerSocket(0, 1, IpAddress.of("127.0.0.1"))) {
      LabSettings settings =
          new LabSettings(folder.resolve("taken"), taken.getLocalPort(), offset, List.of());
      assertThatThrownBy(() -> Lab.start(settings, Time.system()))
          .isInstanceOf(BindException.class)
          .hasMessageContaining(String.valueOf(taken.getLocalPort()));
    }
    assertThat(folder.resolve("taken/lab.json")).doesNotExist();
    start("taken", offset);
    assertThatThrownBy(() -> start("taken", offset + 7))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("another lab runs with the state");
    assertThat(folder.resolve("taken/lab.json")).exists();
  }
}

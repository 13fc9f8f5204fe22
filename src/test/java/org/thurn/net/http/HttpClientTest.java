package org.thurn.net.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.net.Connector;
import org.thurn.testing.PolicyHost;
import org.thurn.testing.TestCertificates;
import org.thurn.tls.TlsClient;

/** Which address is asked, and what goes over the wire; answers are tried with policies. */
@Timeout(60)
class HttpClientTest {
  private static final TestCertificates CA = new TestCertificates();
  private static final Domain HOST = Domain.of("www.a.example");
  private static final HttpLimits LIMITS = new HttpLimits(Duration.ofSeconds(20), 1_000);

  @TempDir private Path folder;

  private HttpResponse send(HttpRequest request, List<String> addresses, int port)
      throws IOException {
    List<InetAddress> all = addresses.stream().map(IpAddress::of).toList();
    TlsClient tls = TlsClient.trusting(CA.writeAuthority(folder.resolve("ca.pem")));
    try (Connector connector = new Connector()) {
      return new HttpClient(connector)
          .send(request, new HttpPeer(all, port, List.of(), tls.required(HOST)), LIMITS);
    }
  }

  /** The first address that takes a connection is asked, of no more than four. */
  @ParameterizedTest
  @CsvSource({"0, true", "3, true", "4, false"})
  void addresses(int dead, boolean answered) throws Exception {
    try (PolicyHost host =
        new PolicyHost(folder, CA.issue(HOST.ascii()), "127.0.0.1", 0, PolicyHost.text("hello"))) {
      List<String> addresses =
          IntStream.rangeClosed(0, dead)
              .mapToObj(i -> i == dead ? "127.0.0.1" : "127.0.0." + (50 + i))
              .toList();
      HttpRequest request = HttpRequest.get(HOST, host.port(), "/");
      if (answered) {
        assertThat(send(request, addresses, host.port()).body()).asString().isEqualTo("hello");
      } else {
        assertThatThrownBy(() -> send(request, addresses, host.port()))
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith("127.0.0.53#");
        assertThat(host.heard()).isEmpty();
      }
    }
  }

  @Test
  void aPost() throws Exception {
    byte[] body = "{}\n".getBytes(US_ASCII);
    PolicyHost.Behaviour echo =
        connection -> {
          byte[] sent = connection.reader().readExactly(body.length);
          PolicyHost.raw("HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\n").answer(connection);
          connection.out().write(sent);
          connection.out().flush();
        };
    try (PolicyHost host = new PolicyHost(folder, CA.issue(HOST.ascii()), "127.0.0.1", 0, echo)) {
      HttpRequest request =
          HttpRequest.post(
              HOST,
              host.port(),
              "/reports?to=us",
              new HttpRequest.Body("application/json", body),
              new HttpField("User-Agent", "thurn"));
      HttpResponse response = send(request, List.of("127.0.0.1"), host.port());
      assertThat(response.status()).isEqualTo(201);
      assertThat(response.body()).isEqualTo(body);
      assertThat(host.heard())
          .containsExactly(
              "POST /reports?to=us HTTP/1.1",
              "Host: www.a.example:" + host.port(),
              "Connection: close",
              "User-Agent: thurn",
              "Content-Type: application/json",
              "Content-Length: 3");
    }
  }

  @Test
  void theUsualPortIsNotSaid() {
    assertThat(new String(HttpRequest.get(HOST, 443, "/a").octets(), US_ASCII))
        .isEqualTo("GET /a HTTP/1.1\r\nHost: www.a.example\r\nConnection: close\r\n\r\n");
  }

  /** Nobody smuggles a line into a request. */
  @ParameterizedTest
  @ValueSource(strings = {"", "a", "/a b", "/a\r\nX: 1", "/\u00e4", "/a#b", "https://a.example/"})
  void targets(String target) {
    assertThatThrownBy(() -> HttpRequest.get(HOST, 443, target))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"'X ', y", "'', y", "X:, y", "X, 'a\r\nB: c'", "X, 'a\u0000'"})
  void fields(String name, String value) {
    assertThatThrownBy(() -> new HttpField(name, value))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

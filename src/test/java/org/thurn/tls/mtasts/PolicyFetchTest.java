package org.thurn.tls.mtasts;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.net.Connection;
import org.thurn.net.Connector;
import org.thurn.testing.PolicyHost;
import org.thurn.testing.PolicyHost.Behaviour;
import org.thurn.testing.TestCertificates;
import org.thurn.tls.TlsClient;
import org.thurn.tls.mtasts.PolicySource.Fetched;

/** Policies from web servers over TLS, good and bad ones. */
@Timeout(60)
class PolicyFetchTest {
  private static final TestCertificates CA = new TestCertificates();
  private static final Domain DOMAIN = Domain.of("a.example");
  private static final String HOST = "mta-sts.a.example";
  private static final String ADDRESS = "127.0.0.1";
  private static final String POLICY =
      "version: STSv1\r\nmode: enforce\r\nmx: mx.a.example\r\nmax_age: 86400\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";

  /** So long every answer may take here. */
  private static final Duration TIME = Duration.ofSeconds(2);

  /** Time is kept on connections every quarter of a second, and a machine may be slow. */
  private static final Duration GRACE = Duration.ofSeconds(4);

  @TempDir private Path folder;
  private final Notes notes = new Notes();

  private PolicyFetch fetcher(FakeDns dns, int port, Connector connector) throws IOException {
    return new PolicyFetch(
        dns,
        TlsClient.trusting(CA.writeAuthority(folder.resolve("ca.pem"))),
        connector,
        new PolicyFetch.Settings(port, List.of(IpAddress.of("127.0.0.1")), TIME));
  }

  private Fetched fetch(int port) throws IOException {
    try (Connector connector = new Connector()) {
      return fetcher(new FakeDns().address(HOST, ADDRESS), port, connector).fetch(DOMAIN, notes);
    }
  }

  private Fetched fetch(TestCertificates.Issued issued, Behaviour behaviour) throws IOException {
    try (PolicyHost host = new PolicyHost(folder, issued, ADDRESS, 0, behaviour)) {
      return fetch(host.port());
    }
  }

  private Fetched fetch(Behaviour behaviour) throws IOException {
    return fetch(CA.issue(HOST), behaviour);
  }

  private static Fetched failed(String why) {
    return new Fetched.Failed(FailureKind.FETCH, why);
  }

  @Test
  void aPolicyIsFetched() throws Exception {
    try (PolicyHost host =
        new PolicyHost(folder, CA.issue(HOST), ADDRESS, 0, PolicyHost.text(POLICY))) {
      assertThat(fetch(host.port()))
          .isEqualTo(
              new Fetched.Policy(
                  new StsPolicy(
                      Mode.ENFORCE,
                      List.of(MxPattern.of(Domain.of("mx.a.example"))),
                      Duration.ofDays(1))));
      assertThat(host.heard())
          .startsWith("GET /.well-known/mta-sts.txt HTTP/1.1", "Host: " + HOST + ":" + host.port())
          .contains("Accept: text/plain", "Cache-Control: no-cache", "Connection: close");
      assertThat(notes.asked()).containsExactly("A " + HOST, "AAAA " + HOST);
    }
  }

  static Stream<Arguments> goodAnswers() {
    String chunks =
        "1a;why=not\r\n"
            + POLICY.substring(0, 26)
            + "\r\n"
            + Integer.toHexString(POLICY.length() - 26)
            + "\r\n"
            + POLICY.substring(26)
            + "\r\n0\r\nX-Trailer: 1\r\n\r\n";
    String length = "Content-Length: " + POLICY.length() + "\r\n";
    return Stream.of(
        arguments(OK + "Transfer-Encoding: chunked\r\n\r\n" + chunks),
        arguments(OK + length + length + "\r\n" + POLICY + "more than it says"),
        arguments(
            "HTTP/1.0 200\r\ncontent-type: TEXT/Plain ; charset=utf-8\r\n"
                + length
                + "\r\n"
                + POLICY),
        arguments("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK + length + "\r\n" + POLICY));
  }

  @ParameterizedTest
  @MethodSource("goodAnswers")
  void manyWaysToSayTheSame(String answer) throws Exception {
    assertThat(fetch(PolicyHost.raw(answer))).isInstanceOf(Fetched.Policy.class);
  }

  static Stream<Arguments> badAnswers() {
    String length = "Content-Length: " + POLICY.length() + "\r\n\r\n" + POLICY;
    String at = HOST + ": ";
    return Stream.of(
        arguments(
            "HTTP/1.1 301 Moved\r\nLocation: https://" + HOST + "/\r\n\r\n",
            "the policy's host answers 301"),
        arguments("HTTP/1.1 404 Not Found\r\n" + length, "the policy's host answers 404"),
        arguments("HTTP/1.1 204 No Content\r\n\r\n", "the policy's host answers 204"),
        arguments(
            "HTTP/1.1 206 Partial\r\nContent-Type: text/plain\r\n" + length,
            "the policy's host answers 206"),
        arguments(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + length,
            "what is served is not text/plain but text/html"),
        arguments("HTTP/1.1 200 OK\r\n" + length, "what is served is not text/plain but "),
        arguments(
            OK + "Content-Encoding: gzip\r\n" + length,
            "what is served is encoded, which nobody asked for"),
        arguments(
            OK + "Content-Length: 1048576\r\n\r\n", at + "the answer is larger than 65536 octets"),
        arguments(
            OK + "Transfer-Encoding: chunked\r\n\r\n100000\r\n",
            at + "the answer is larger than 65536 octets"),
        arguments(
            OK + "Transfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
            at + "a chunk of the answer does not say its size"),
        arguments(
            OK + "Transfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
            at + "a chunk of the answer does not end where it says"),
        arguments(
            OK + "Transfer-Encoding: chunked\r\n" + length,
            at + "the answer does not say clearly where it ends"),
        arguments(
            OK + "Transfer-Encoding: gzip, chunked\r\n\r\n",
            at + "the answer does not say clearly where it ends"),
        arguments(
            OK + "Content-Length: 1\r\n" + length, at + "the answer does not say how long it is"),
        arguments(OK + "Content-Length: -1\r\n\r\n", at + "the answer does not say how long it is"),
        arguments(OK + "\r\n" + POLICY, at + "the answer does not say how long it is"),
        arguments(
            OK + "Content-Length: 500\r\n\r\n" + POLICY,
            at + "the peer ended the stream in mid-data"),
        arguments(OK, at + "the answer is cut off"),
        arguments("", at + "the answer is cut off"),
        arguments(OK + " folded\r\n\r\n", at + "a line of the answer's header is no field"),
        arguments(OK + "X : 1\r\n\r\n", at + "a line of the answer's header is no field"),
        arguments(OK + "X: 1\n" + length, at + "a line of the answer ends without CRLF"),
        arguments(
            OK + "X: " + "x".repeat(9_000) + "\r\n" + length,
            at + "a line of the answer is too long"),
        arguments(OK + "X: 1\r\n".repeat(101) + length, at + "the answer has more than 100 fields"),
        arguments(
            "HTTP/1.1 100 Continue\r\n\r\n".repeat(7),
            at + "the server goes on with interim answers"),
        arguments("220 mx.a.example ESMTP\r\n", at + "what answers does not speak HTTP/1.1"),
        arguments("HTTP/2 200\r\n\r\n", at + "what answers does not speak HTTP/1.1"));
  }

  @ParameterizedTest
  @MethodSource("badAnswers")
  void whatIsNoAnswer(String answer, String why) throws Exception {
    assertThat(fetch(PolicyHost.raw(answer))).isEqualTo(failed(why));
  }

  @Test
  void aTextThatIsNoPolicy() throws Exception {
    assertThat(fetch(PolicyHost.text("Hello.")))
        .isEqualTo(new Fetched.Failed(FailureKind.INVALID, "line 1: it has no colon"));
  }

  /** Whoever stretches an answer is left when its time is over. */
  static Stream<Arguments> slowHosts() {
    Behaviour silent = connection -> pause(connection, GRACE.multipliedBy(2));
    Behaviour octets =
        connection -> {
          for (byte octet : (OK + "X: " + "x".repeat(100)).getBytes(US_ASCII)) {
            connection.out().write(octet);
            connection.out().flush();
            pause(connection, Duration.ofMillis(200));
          }
        };
    Behaviour body =
        connection -> {
          PolicyHost.raw(OK + "Content-Length: 100\r\n\r\n").answer(connection);
          octets.answer(connection);
        };
    Behaviour chunks =
        connection -> {
          PolicyHost.raw(OK + "Transfer-Encoding: chunked\r\n\r\n").answer(connection);
          for (int i = 0; i < 100; i++) {
            PolicyHost.raw("1\r\na\r\n").answer(connection);
            pause(connection, Duration.ofMillis(200));
          }
        };
    return Stream.of(silent, octets, body, chunks).map(Arguments::of);
  }

  /** Waits, but no longer than the client does. */
  private static void pause(Connection connection, Duration duration) throws IOException {
    connection.readTimeout(duration);
    try {
      connection.reader().readLine(100);
    } catch (SocketTimeoutException e) {
      return; // the client waits on
    }
    throw new IOException("the client is gone");
  }

  @ParameterizedTest
  @MethodSource("slowHosts")
  void slow(Behaviour behaviour) throws Exception {
    long begun = System.nanoTime();
    assertThat(fetch(behaviour)).isEqualTo(failed(HOST + ": it takes too long"));
    assertThat(System.nanoTime() - begun).isLessThan(TIME.plus(GRACE).toNanos());
  }

  @Test
  void aServerThatOnlyListens() throws Exception {
    try (ServerSocket hanging = new ServerSocket()) {
      hanging.bind(new InetSocketAddress(IpAddress.of(ADDRESS), 0));
      long begun = System.nanoTime();
      assertThat(fetch(hanging.getLocalPort())).isEqualTo(failed(HOST + ": it takes too long"));
      assertThat(System.nanoTime() - begun).isLessThan(TIME.plus(GRACE).toNanos());
    }
  }

  @Test
  void aMebioctet() throws Exception {
    String large = "x: " + "x".repeat(1 << 20);
    assertThat(fetch(PolicyHost.text(large)))
        .isEqualTo(failed(HOST + ": the answer is larger than 65536 octets"));
  }

  @Test
  void aHostThatDoesNotProveItself() throws Exception {
    Behaviour good = PolicyHost.text(POLICY);
    assertThat(fetch(CA.issue("a.example", "www.a.example"), good))
        .isEqualTo(
            new Fetched.Failed(
                FailureKind.WEBPKI,
                HOST + ": certificate is not for " + HOST + " but [a.example, www.a.example]"));
    assertThat(untrusted(new TestCertificates().issue(HOST))).contains("certificate not trusted");
    assertThat(untrusted(CA.issueExpired(HOST))).contains("certificate not trusted");
    assertThat(fetch(CA.issue("*.a.example"), good)).isInstanceOf(Fetched.Policy.class);
  }

  private String untrusted(TestCertificates.Issued issued) throws IOException {
    try (PolicyHost host = new PolicyHost(folder, issued, ADDRESS, 0, PolicyHost.text(POLICY))) {
      Fetched fetched = fetch(host.port());
      assertThat(host.heard()).isEmpty(); // nothing is asked of a stranger
      return fetched instanceof Fetched.Failed(FailureKind kind, String why)
              && kind == FailureKind.WEBPKI
          ? why
          : fetched.toString();
    }
  }

  @Test
  void nobodyThere() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0)) {
      port = gone.getLocalPort();
    }
    assertThat(fetch(port).toString()).contains("FETCH", HOST + ": 127.0.0.1#" + port + ": ");
    try (Connector connector = new Connector()) {
      assertThat(fetcher(new FakeDns(), port, connector).fetch(DOMAIN, notes))
          .isEqualTo(failed(HOST + " has no address"));
      assertThat(fetcher(new FakeDns().silent(HOST), port, connector).fetch(DOMAIN, notes))
          .isEqualTo(failed("the DNS does not tell the address of " + HOST));
    }
  }

  /** Without an address of the family that we connect from there is nobody to ask. */
  @Test
  void addressesThatCannotBeReached() throws Exception {
    try (Connector connector = new Connector()) {
      PolicyFetch six =
          new PolicyFetch(
              new FakeDns().address(HOST, ADDRESS),
              TlsClient.trusting(CA.writeAuthority(folder.resolve("ca.pem"))),
              connector,
              PolicyFetch.Settings.USUAL.at(443, List.of(IpAddress.of("::1"))));
      assertThat(six.fetch(DOMAIN, notes))
          .isEqualTo(failed(HOST + ": there is no address to connect to"));
    }
  }
}

package org.thurn.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.dns.Answer.Status;
import org.thurn.name.IpAddress;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class StubResolverTest {
  @TempDir Path directory;
  private final ManualTime time = new ManualTime();
  private Lab lab;
  private StubResolver resolver;

  @BeforeEach
  void serve() throws Exception {
    lab = new Lab(directory, time);
    resolver = lab.resolver();
  }

  @AfterEach
  void stop() {
    lab.close();
  }

  private Answer ask(String name, RecordType type) {
    return resolver.ask(new DnsName(name), type);
  }

  @Test
  void readsTheTypesThatMailAsksFor() {
    assertThat(ask("strict.example", RecordType.MX).records())
        .containsExactly(new RecordData.Mx(10, new DnsName("mx.strict.example")));
    assertThat(ask("mx.strict.example", RecordType.A).records())
        .containsExactly(new RecordData.A((Inet4Address) IpAddress.of("127.25.0.1")));
    assertThat(ask("mx.strict.example", RecordType.AAAA).records())
        .containsExactly(new RecordData.Aaaa((Inet6Address) IpAddress.of("fd00::1")));
    assertThat(ask("_25._tcp.mx.strict.example", RecordType.TLSA).records())
        .containsExactly(
            new RecordData.Tlsa(3, 1, 1, "00112233445566778899aabbccddeeff".repeat(2)));
    assertThat(resolver.ask(DnsName.reverse(IpAddress.of("127.25.0.1")), RecordType.PTR).records())
        .containsExactly(new RecordData.Ptr(new DnsName("mx.strict.example")));
    assertThat(ask("www.strict.example", RecordType.CNAME).records())
        .containsExactly(new RecordData.Cname(new DnsName("web.strict.example")));
    assertThat(ask("strict.example", RecordType.NS).records())
        .containsExactly(new RecordData.Ns(new DnsName("ns")));
    assertThat(ask("strict.example", RecordType.SOA).all(RecordData.Soa.class))
        .singleElement()
        .returns(60L, RecordData.Soa::minimum);
    assertThat(ask("web3.strict.example", RecordType.HTTPS).records())
        .containsExactly(new RecordData.Other(RecordType.HTTPS, "1 . alpn=h2"));
  }

  @Test
  void aNullMxHasTheRootAsItsExchange() {
    assertThat(ask("nomail.strict.example", RecordType.MX).records())
        .containsExactly(new RecordData.Mx(0, DnsName.ROOT));
  }

  @Test
  void textKeepsItsStringsAndOctets() {
    assertThat(ask("strict.example", RecordType.TXT).all(RecordData.Txt.class))
        .singleElement()
        .returns("v=spf1 a:mx.strict.example -all", RecordData.Txt::joined);
    assertThat(ask("odd.strict.example", RecordType.TXT).records())
        .containsExactly(new RecordData.Txt(List.of("\0\u00ff\"\\ gr\u00fcn", "")));
  }

  @Test
  void namesAreAskedWithoutRegardToCase() {
    assertThat(ask("MX.Strict.EXAMPLE", RecordType.A).found()).isTrue();
  }

  @Test
  void cnamesLeadToTheCanonicalNameAndTheShortestLife() {
    Answer answer = ask("www.strict.example", RecordType.A);

    assertThat(answer)
        .returns(new DnsName("mx.strict.example"), Answer::canonicalName)
        .returns(Duration.ofSeconds(100), Answer::ttl);
  }

  @Test
  void aCircleOfCnamesFails() {
    Answer answer = ask("loop1.strict.example", RecordType.A);

    assertThat(answer.status()).isEqualTo(Status.TEMPORARY_FAILURE);
    assertThat(answer.explanation()).contains("CNAMEs do not end");
  }

  @Test
  void aChainOfTooManyCnamesFails() throws Exception {
    lab.tree.add(
        IntStream.range(0, 40)
            .mapToObj(i -> "c%d.strict.example. CNAME c%d.strict.example.".formatted(i, i + 1))
            .collect(Collectors.joining("\n", "", "\nc40.strict.example. A 127.25.0.7\n")));

    assertThat(ask("c35.strict.example", RecordType.A).found()).isTrue();
    assertThat(ask("c0.strict.example", RecordType.A)).returns(true, Answer::failed);
  }

  @Test
  void aNameThatTheDnsCannotCarryDoesNotExist() {
    int before = lab.served.size();

    assertThat(ask("a..b", RecordType.A).status()).isEqualTo(Status.NO_SUCH_NAME);
    assertThat(ask("x".repeat(64) + ".example", RecordType.A).status())
        .isEqualTo(Status.NO_SUCH_NAME);
    assertThat(lab.served).hasSize(before);
  }

  @Test
  void anAnswerIsKeptForItsTimeToLive() {
    Answer first = ask("mx.strict.example", RecordType.A);
    time.pause(Duration.ofSeconds(299));
    Answer later = ask("mx.strict.example", RecordType.A);
    int asked = lab.served.size();
    time.pause(Duration.ofSeconds(2));
    Answer again = ask("mx.strict.example", RecordType.A);

    assertThat(first.server()).isEqualTo("127.0.0.1#" + lab.address().getPort());
    assertThat(later)
        .returns("cache", Answer::server)
        .returns(Duration.ofSeconds(1), Answer::ttl)
        .returns(first.records(), Answer::records)
        .returns(first.security(), Answer::security);
    assertThat(again.server()).isEqualTo(first.server());
    assertThat(lab.served.size()).isGreaterThan(asked);
  }

  @Test
  void absenceIsKeptForTheMinimumOfTheSoa() throws Exception {
    assertThat(ask("new.strict.example", RecordType.A))
        .returns(Status.NO_SUCH_NAME, Answer::status)
        .returns(Duration.ofSeconds(60), Answer::ttl);
    lab.tree.add("new.strict.example. A 127.25.0.5");

    time.pause(Duration.ofSeconds(59));
    assertThat(ask("new.strict.example", RecordType.A).status()).isEqualTo(Status.NO_SUCH_NAME);
    time.pause(Duration.ofSeconds(2));
    assertThat(ask("new.strict.example", RecordType.A).status()).isEqualTo(Status.FOUND);
  }

  @Test
  void aFailureIsForgottenAfterASecond() {
    lab.server.disturb((name, type) -> Disturbance.Treatment.SERVFAIL);
    Answer failed = ask("strict.example", RecordType.MX);
    assertThat(failed)
        .returns(Status.TEMPORARY_FAILURE, Answer::status)
        .returns(Duration.ZERO, Answer::ttl);
    assertThat(failed.explanation()).contains("SERVFAIL").contains("strict.example");
    lab.server.disturb(Disturbance.NONE);

    assertThat(ask("strict.example", RecordType.MX).server()).isEqualTo("cache");
    time.pause(Duration.ofMillis(1001));
    assertThat(ask("strict.example", RecordType.MX).found()).isTrue();
  }

  @Test
  void forgettingAsksAgain() throws Exception {
    ask("mx.strict.example", RecordType.A);
    lab.tree.replace("mx.strict.example. A 127.25.0.77");

    resolver.forget();

    assertThat(ask("mx.strict.example", RecordType.A).records())
        .containsExactly(new RecordData.A((Inet4Address) IpAddress.of("127.25.0.77")));
  }

  @Test
  void whatDoesNotFitInADatagramComesOverTcp() throws Exception {
    lab.tree.add(
        IntStream.range(0, 100)
            .mapToObj(i -> "big.strict.example. TXT \"%03d %s\"".formatted(i, "x".repeat(200)))
            .collect(Collectors.joining("\n")));

    Answer answer = ask("big.strict.example", RecordType.TXT);

    assertThat(answer.records()).hasSize(100);
    assertThat(answer.security()).isEqualTo(Security.SECURE);
    assertThat(lab.served)
        .anyMatch(s -> s.name().equals("big.strict.example.") && s.truncated() && !s.tcp())
        .anyMatch(s -> s.name().equals("big.strict.example.") && s.tcp());
  }

  @Test
  void aDeadServerIsPassedOverAndThenAskedLast() throws Exception {
    try (DatagramSocket silent = new DatagramSocket(Lab.loopback())) {
      StubResolver two =
          new StubResolver(
              ResolverSettings.of(
                      new InetSocketAddress(silent.getLocalAddress(), silent.getLocalPort()),
                      lab.address())
                  .withTrustAnchor(lab.anchor)
                  .withTimeout(Duration.ofSeconds(2)),
              time);

      long began = System.nanoTime();
      assertThat(two.ask(Lab.STRICT, RecordType.MX).security()).isEqualTo(Security.SECURE);
      Duration took = Duration.ofNanos(System.nanoTime() - began);

      // One attempt on the silent one, a quarter of the time, and none for the chain's questions.
      assertThat(took).isBetween(Duration.ofMillis(450), Duration.ofMillis(950));
    }
  }

  @Test
  void aClosedPortIsPassedOverAtOnce() throws Exception {
    int closed;
    try (DatagramSocket socket = new DatagramSocket(Lab.loopback())) {
      closed = socket.getLocalPort();
    }
    StubResolver two =
        new StubResolver(
            ResolverSettings.of(
                new InetSocketAddress(IpAddress.of("127.0.0.1"), closed), lab.address()),
            time);

    assertThat(two.ask(Lab.STRICT, RecordType.MX).found()).isTrue();
  }

  @Test
  void silenceEndsInTimeWithAnExplanation() throws Exception {
    lab.server.disturb((name, type) -> Disturbance.Treatment.DROP);
    StubResolver impatient =
        new StubResolver(
            ResolverSettings.of(lab.address())
                .withTrustAnchor(lab.anchor)
                .withTimeout(Duration.ofMillis(200)),
            time);

    long began = System.nanoTime();
    Answer answer = impatient.ask(Lab.STRICT, RecordType.MX);
    Duration took = Duration.ofNanos(System.nanoTime() - began);

    assertThat(answer.status()).isEqualTo(Status.TEMPORARY_FAILURE);
    assertThat(answer.explanation()).contains("did not answer");
    assertThat(took).isBetween(Duration.ofMillis(150), Duration.ofMillis(1500));
  }

  @Test
  void equalQuestionsAtTheSameTimeAreSentOnce() throws Exception {
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Answer> question = () -> ask("mx.strict.example", RecordType.A);
      List<Future<Answer>> answers = many.invokeAll(Collections.nCopies(200, question));
      for (Future<Answer> answer : answers) {
        assertThat(answer.get().found()).isTrue();
      }
    }

    assertThat(lab.served)
        .filteredOn(s -> s.name().equals("mx.strict.example.") && s.type().equals("A"))
        .hasSize(1);
  }

  @Test
  void manyDifferentQuestionsAreAskedAtTheSameTime() throws Exception {
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Answer>> questions =
          IntStream.range(0, 300)
              .mapToObj(
                  i ->
                      (Callable<Answer>)
                          () -> ask("h%d.wild.strict.example".formatted(i), RecordType.A))
              .toList();
      for (Future<Answer> answer : many.invokeAll(questions)) {
        assertThat(answer.get().security()).isEqualTo(Security.SECURE);
      }
    }
  }

  @Test
  void asksFromTheLocalAddress() throws Exception {
    InetAddress mine = IpAddress.of("127.25.0.1");
    StubResolver bound =
        new StubResolver(ResolverSettings.of(lab.address()).withLocalAddress(mine), time);

    assertThat(bound.ask(Lab.STRICT, RecordType.MX).found()).isTrue();
    assertThat(lab.served).allMatch(s -> s.client().getAddress().equals(mine));
  }

  @Test
  void aTrustAnchorFileWithoutAnAnchorIsAnError() throws Exception {
    Path empty = Files.writeString(directory.resolve("empty"), "; nothing\n");
    Path odd = Files.writeString(directory.resolve("odd"), "a. 1 IN A 127.0.0.1\n");
    ResolverSettings settings = ResolverSettings.of(lab.address());

    for (Path file : List.of(empty, odd, directory.resolve("absent"))) {
      assertThatThrownBy(() -> new StubResolver(settings.withTrustAnchor(file), time))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void aDnskeyIsATrustAnchorToo() throws Exception {
    Zone root = Objects.requireNonNull(lab.tree.zones().get(Name.root));
    String key = root.set(Name.root, Type.DNSKEY).orElseThrow().first().toString();
    Path file = Files.writeString(directory.resolve("root.key"), key + "\n");
    StubResolver other =
        new StubResolver(ResolverSettings.of(lab.address()).withTrustAnchor(file), time);

    assertThat(other.ask(Lab.STRICT, RecordType.MX).security()).isEqualTo(Security.SECURE);
  }

  @Test
  void aRememberedAnswerCostsLittle() {
    DnsName name = new DnsName("strict.example");
    resolver.ask(name, RecordType.TXT);
    for (int i = 0; i < 20_000; i++) {
      resolver.ask(name, RecordType.TXT);
    }
    long began = System.nanoTime();
    for (int i = 0; i < 100_000; i++) {
      resolver.ask(name, RecordType.TXT);
    }
    long each = (System.nanoTime() - began) / 100_000;

    System.out.println("a remembered answer took " + each + " ns");
    assertThat(each).isLessThan(20_000);
  }
}

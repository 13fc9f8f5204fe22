package org.thurn.transfer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thurn.journey.Event;
import org.thurn.name.IpAddress;
import org.thurn.queue.Outcome;
import org.thurn.queue.Outcome.Deferred;
import org.thurn.queue.Outcome.Failed;
import org.thurn.queue.Outcome.Relayed;
import org.thurn.smtp.BodyType;
import org.thurn.testing.Programs;
import org.thurn.time.Time;

/** A server that we did not write: Postfix's smtp-sink. */
@Timeout(60)
class SmtpSinkTest {
  private static final String ADDRESS = "127.9.0.5";
  private static final String EIGHT =
      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
          + "Content-Transfer-Encoding: 8bit\r\n\r\ngr\u00c3\u00bcn\r\n.\r\n..\r\n";

  private final RelayBench bench = new RelayBench();
  private Optional<Process> sink = Optional.empty();

  @AfterEach
  void close() throws Exception {
    bench.close();
    sink.ifPresent(Process::destroy);
  }

  private void sink(String... options) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, IpAddress.of(ADDRESS))) {
      port = free.getLocalPort();
    }
    List<String> command = new ArrayList<>();
    command.add(Programs.require("smtp-sink").toString());
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("-u", "nobody")); // it refuses to serve as root
    }
    command.addAll(List.of(options));
    command.addAll(List.of(ADDRESS + ":" + port, "10"));
    sink =
        Optional.of(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
    awaitPort(port);
    bench.port(port);
    bench.dns.mx("soft.example", 10, "sink.example").address("sink.example", ADDRESS);
    bench.declared = BodyType.EIGHT_BIT_MIME;
  }

  private static void awaitPort(int port) throws InterruptedException {
    for (int tries = 0; tries < 100; tries++) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress(IpAddress.of(ADDRESS), port), 1000);
        return;
      } catch (IOException e) {
        Time.system().pause(Duration.ofMillis(50)); // not yet
      }
    }
    throw new AssertionError("smtp-sink does not listen");
  }

  @Test
  void takesManyMessagesOverOneConnection() throws Exception {
    sink();
    for (int i = 0; i < 20; i++) {
      assertThat(bench.attempt(EIGHT, "bob@soft.example", "carol@soft.example"))
          .hasSize(2)
          .allSatisfy(o -> assertThat(((Relayed) o).dsnCapable()).isTrue());
    }
    assertThat(bench.events()).filteredOn(Event.ConnectionOpened.class::isInstance).hasSize(1);
    assertThat(bench.events())
        .contains(new Event.CommandSent("MAIL FROM:<alice@strict.example> BODY=8BITMIME"));
  }

  @Test
  void aServerOfTheOldDaysGetsSevenBits() throws Exception {
    sink("-e");
    assertThat(bench.attempt(EIGHT, "bob@soft.example")).hasOnlyElementsOfType(Relayed.class);
    assertThat(bench.events())
        .contains(
            new Event.CommandSent("HELO relay.example"),
            new Event.CommandSent("MAIL FROM:<alice@strict.example>"));
  }

  @Test
  void itsRefusalsAreTold() throws Exception {
    sink("-f", "RCPT");
    assertThat(bench.attempt(EIGHT, "bob@soft.example"))
        .singleElement()
        .isInstanceOfSatisfying(
            Failed.class, f -> assertThat(f.remoteHost()).hasValue("sink.example"));
  }

  @Test
  void itsDeferralsToo() throws Exception {
    sink("-r", ".");
    List<Outcome> outcomes = bench.attempt(EIGHT, "bob@soft.example");
    assertThat(outcomes).hasOnlyElementsOfType(Deferred.class);
  }

  @Test
  void aServerThatHangsUpAtDataIsForLater() throws Exception {
    sink("-q", "DATA");
    assertThat(bench.attempt(EIGHT, "bob@soft.example")).hasOnlyElementsOfType(Deferred.class);
  }
}

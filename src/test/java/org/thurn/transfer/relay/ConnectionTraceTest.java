package org.thurn.transfer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.thurn.journal.Journal;
import org.thurn.journal.JournalSettings;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.Ids;
import org.thurn.journey.QueueId;
import org.thurn.testing.MemoryStore;
import org.thurn.testing.TestCertificates;
import org.thurn.time.Time;
import org.thurn.tls.TlsServer;

/** What the trace of a message says about the connections that it went on, or should have. */
@Timeout(30)
class ConnectionTraceTest {
  private static final String MESSAGE = "Subject: x\r\n\r\nhello\r\n";
  private static final String TAKES = RelayTest.TAKES;
  private static final String QUIT = RelayTest.QUIT;
  private static final String STARTTLS = RelaySessionTest.STARTTLS;
  private static final String ADDRESS = "127.9.0.1";

  private final RelayBench bench = new RelayBench();

  @BeforeEach
  void oneHost() {
    bench.dns.mx("soft.example", 10, "mx.soft.example").address("mx.soft.example", ADDRESS);
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  /** The traces of the messages that were attempted, in their order, as a journal tells them. */
  private List<List<Event>> traces() throws Exception {
    bench.relay().close();
    Ids ids = new Ids(Time.system());
    JournalSettings settings = JournalSettings.defaults();
    try (MemoryStore store = new MemoryStore(true);
        Journal journal = new Journal(store, settings, Time.system(), ids)) {
      bench.entries.forEach(journal::record);
      return bench.entries.stream()
          .flatMap(entry -> entry.queue().stream())
          .distinct()
          .map(QueueId::text)
          .map(id -> journal.trace(id).stream().map(Entry::event).toList())
          .toList();
    }
  }

  private List<Event> onlyTrace() throws Exception {
    bench.attempt(MESSAGE, "bob@soft.example");
    List<List<Event>> traces = traces();
    assertThat(traces).hasSize(1);
    return traces.getFirst();
  }

  @Test
  void everyMessageOfAConnectionHasItsOpening(@TempDir Path folder) throws Exception {
    TestCertificates ca = new TestCertificates();
    ca.issue("mx.soft.example").writeTo(folder);
    TlsServer tls = new TlsServer(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    bench.server(
        ADDRESS,
        Optional.of(tls),
        STARTTLS
            + "S: 220 go\nS!: tls\n"
            + TAKES.substring("S: 220 mx\n".length())
            + "C: RSET\nS: 250 ok\n"
            + RelaySessionTest.MORE
            + QUIT);
    bench.attempt(MESSAGE, "bob@soft.example");
    bench.attempt(MESSAGE, "bob@soft.example");
    List<List<Event>> traces = traces();
    assertThat(traces).hasSize(2).allSatisfy(ConnectionTraceTest::assertWhole);
    assertThat(traces.getFirst()).doesNotContain(new Event.CommandSent("RSET"));
    assertThat(traces.getLast()).contains(new Event.CommandSent("RSET"));
  }

  private static void assertWhole(List<Event> trace) {
    assertThat(trace)
        .satisfiesOnlyOnce(e -> assertThat(e).isInstanceOf(Event.ConnectionOpened.class))
        .satisfiesOnlyOnce(e -> assertThat(e).isInstanceOf(Event.TlsEstablished.class))
        .satisfiesOnlyOnce(e -> assertThat(e).isInstanceOf(Event.ConnectionClosed.class))
        .containsSubsequence(
            new Event.ReplyReceived(220, "mx"),
            new Event.CommandSent("EHLO relay.example"),
            new Event.CommandSent("STARTTLS"),
            new Event.CommandSent("EHLO relay.example"),
            new Event.CommandSent("MAIL FROM:<alice@strict.example>"),
            new Event.ReplyReceived(250, "2.0.0 mine"),
            new Event.CommandSent("QUIT"))
        .satisfiesOnlyOnce(
            e -> assertThat(e).isEqualTo(new Event.CommandSent("RCPT TO:<bob@soft.example>")));
  }

  @Test
  void aRefusedConnectionIsInTheTrace() throws Exception {
    bench.server("127.9.0.2", "C: never\n"); // gives the port
    assertThat(onlyTrace()).hasAtLeastOneElementOfType(Event.ConnectionFailed.class);
  }

  @Test
  void aBadGreetingIsInTheTrace() throws Exception {
    bench.server(ADDRESS, "S: 554 5.3.2 no mail here\n" + QUIT);
    assertThat(onlyTrace())
        .containsSubsequence(
            new Event.ReplyReceived(554, "5.3.2 no mail here"), new Event.CommandSent("QUIT"))
        .anyMatch(Event.ConnectionOpened.class::isInstance)
        .anyMatch(Event.ConnectionClosed.class::isInstance);
  }

  @Test
  void aConnectionThatWasLostAtTheGreetingIsInTheTrace() throws Exception {
    bench.server(ADDRESS, "S!: close\n");
    assertThat(onlyTrace())
        .hasAtLeastOneElementOfType(Event.ConnectionOpened.class)
        .hasAtLeastOneElementOfType(Event.ConnectionClosed.class);
  }

  @Test
  void aFailedHandshakeIsInTheTrace() throws Exception {
    bench.server(
        ADDRESS,
        STARTTLS
            + "S: 220 go\nS!: raw no handshake at all\\r\\n\nS!: close\n----\n"
            + TAKES
            + QUIT);
    assertThat(onlyTrace())
        .filteredOn(Event.ConnectionOpened.class::isInstance)
        .as("the one with TLS and the one in the clear")
        .hasSize(2);
    assertThat(bench.events()).anyMatch(Event.TlsFailed.class::isInstance);
    assertThat(traces().getFirst()).anyMatch(Event.TlsFailed.class::isInstance);
  }
}

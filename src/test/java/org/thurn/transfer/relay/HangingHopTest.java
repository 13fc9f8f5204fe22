package org.thurn.transfer.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.queue.Outcome;
import org.thurn.queue.Outcome.Deferred;
import org.thurn.smtp.client.Timeouts;

/** A next hop that takes the connection and then says nothing more: RFC 5321 §4.5.3.2. */
@Timeout(30)
class HangingHopTest {
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final Duration MUCH_LATER = Duration.ofSeconds(4);
  private static final String MESSAGE = "Subject: x\r\n\r\nhello\r\n";

  private final RelayBench bench = new RelayBench();

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  private void host(String script) {
    bench
        .dns
        .mx("soft.example", 10, "mx1.soft.example")
        .address("mx1.soft.example", "127.9.0.1");
    bench.server("127.9.0.1", script);
    bench.tuning = s -> s.with(Timeouts.all(PATIENCE));
  }

  private void endsInTime() throws Exception {
    long began = System.nanoTime();
    List<Outcome> outcomes = bench.attempt(MESSAGE, "bob@soft.example");
    assertThat(outcomes).hasOnlyElementsOfType(Deferred.class);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(MUCH_LATER);
  }

  /** How many of the server's replies come before it falls silent. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void theAttemptEndsAtItsTimeOutWhereverTheServerFallsSilent(int replies) throws Exception {
    String[] lines = RelayTest.TAKES.split("(?m)^(?=C)");
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < lines.length && i < replies; i++) {
      script.append(lines[i]);
    }
    host(script + "C~: .*\n".repeat(9));
    endsInTime();
  }

  @Test
  void aServerThatClosesItsHalfIsGivenUpAtOnce() throws Exception {
    host(RelayTest.HELLO + "S!: close\n");
    endsInTime();
  }

  @Test
  void aReplyThatNeverEndsIsGivenUp() throws Exception {
    host("S!: raw 220-x\\r\\n220-x\n" + "C~: .*\n");
    endsInTime();
  }
}

package org.thurn.lab.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.time.Time;

/** Every cell of docs/attacks.md, by a message that is really sent. */
@Timeout(30)
class AttackMatrixTest {
  @TempDir private static Path folder = Path.of("");
  private static List<AutoCloseable> opened = List.of();
  private static Range range;

  @BeforeAll
  static void open() throws Exception {
    range = Range.open(folder, Time.system());
  }

  @AfterAll
  static void close() throws Exception {
    range.close();
  }

  static Stream<Cell> cells() {
    return Cell.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void comesAsTheTableSays(Cell cell) throws Exception {
    Played played = range.play(cell);

    assertThat(played.fate())
        .as(played.reason() + played.trace().sender())
        .isEqualTo(cell.expected());
    assertThat(played.read().isEmpty()).isEqualTo(played.fate() != Fate.READABLE);
    // none is lost, and none doubled: it arrived once, or waits at the sender
    boolean arrived = played.fate() == Fate.SAFE || played.fate() == Fate.READABLE;
    assertThat(played.copies()).isEqualTo(arrived ? 1 : 0);
  }

  private static List<Event> noted(Played played) {
    return played.trace().sender().stream().map(Entry::event).toList();
  }

  /** The table's row is safe; but by which policy? */
  @ParameterizedTest
  @EnumSource(names = {"STS_OLD_HOST", "STS_OLD_NONE"})
  void onADayWithoutAttackTheNewPolicyReplacesLastYears(SenderDefence sender) throws Exception {
    Played played = range.play(new Cell(sender, ReceiverDefence.STS, Attack.LISTEN));

    assertThat(noted(played))
        .anyMatch(
            e -> e instanceof Event.StsPolicyFetched f && f.policyId().equals("20260101T000000"));
    assertThat(played.policy().orElseThrow().demand()).isEqualTo("verified mx.sts.example");
  }

  /** Both wait under the table's word; each for its own reason. */
  @Test
  void theReplayedRecordIsBelievedOnlyByWhoKeptItsPolicy() throws Exception {
    Played old =
        range.play(new Cell(SenderDefence.STS_OLD_HOST, ReceiverDefence.STS, Attack.REPLAY));
    Played known =
        range.play(new Cell(SenderDefence.STS_KNOWN, ReceiverDefence.STS, Attack.REPLAY));

    assertThat(noted(old))
        .anyMatch(e -> e instanceof Event.StsPolicyUsed used && used.trouble().isEmpty())
        .noneMatch(Event.ConnectionOpened.class::isInstance);
    assertThat(old.trace().attacker()).isEmpty();
    assertThat(noted(known))
        .anyMatch(Event.StsPolicyFailed.class::isInstance)
        .anyMatch(e -> e instanceof Event.StsPolicyUsed used && !used.trouble().isEmpty())
        .anyMatch(Event.ConnectionOpened.class::isInstance);
  }

  /** People and programs play at the same time: each trace is of its own message alone. */
  @Test
  void manyAtATimeDoNotDisturbEachOther() throws Exception {
    List<Cell> cells =
        Arrays.stream(Attack.values())
            .map(attack -> new Cell(SenderDefence.NONE, ReceiverDefence.TLS, attack))
            .toList();
    List<Future<Played>> playing;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      playing = cells.stream().map(cell -> threads.submit(() -> range.play(cell))).toList();
    }
    for (Future<Played> one : playing) {
      Played played = one.get();
      assertThat(played.asExpected()).as(played.reason()).isTrue();
      assertThat(played.copies()).isEqualTo(1);
      assertThat(played.trace().receiver())
          .map(Entry::event)
          .filteredOn(Event.CommandReceived.class::isInstance)
          .map(event -> ((Event.CommandReceived) event).command())
          .filteredOn(command -> command.startsWith("MAIL"))
          .hasSize(1);
    }
  }

  @Test
  void theDocumentNamesThemAll() throws Exception {
    String document = Files.readString(Path.of("docs/attacks.md"));
    for (SenderDefence sender : SenderDefence.values()) {
      assertThat(document).contains("\n| " + sender.title() + " | ");
    }
    for (ReceiverDefence receiver : ReceiverDefence.values()) {
      assertThat(document).contains("\n| " + receiver.title() + " | ");
    }
    for (Interception scenario : Interceptions.all()) {
      assertThat(document).contains("\n| `" + scenario.name() + "` | ");
    }
    assertThat(document).contains("plays all " + Cell.all().size() + ".");
  }
}

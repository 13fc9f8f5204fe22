package org.thurn.lab.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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
}

package org.thurn.lab.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thurn.lab.scenario.Verdict;

class HopTest {
  /** From left to right, so that the numbers can be read. */
  private static final Hop HOP = new Hop(0, 0, 200, 0, 30, "site-1");

  private static String drawn(Optional<Verdict> verdict) {
    return Html.pieces(HOP.drawn(1, verdict)).render();
  }

  @Test
  void anArrowLeadsFromEdgeToEdge() {
    assertThat(drawn(Optional.empty()))
        .contains("d=\"M34.0 0.0 L152.0 0.0\"")
        .contains("points=\"166.0 0.0 152.0 7.0 152.0 -7.0\"")
        .doesNotContain("sign");
  }

  @Test
  void whatIsRefusedDoesNotArrive() {
    assertThat(drawn(Optional.of(Verdict.REFUSED)))
        .contains("d=\"M34.0 0.0 L124.0 0.0\"", "class=\"sign bad\"", "✗")
        .doesNotContain("polygon");
  }

  @ParameterizedTest
  @CsvSource({"DELIVERED, good, ✓", "WARNED, doubtful, !", "JUNK, doubtful, !"})
  void whatArrivesHasItsSignOnTheWay(Verdict verdict, String tone, String mark) {
    assertThat(drawn(Optional.of(verdict)))
        .contains("polygon", "class=\"sign " + tone + "\"", "cx=\"100.0\"", mark);
  }

  @Test
  void theSceneSaysItsWayInWords() {
    MapView map = new MapView(List.of(Stage.STRICT, Stage.SOFT));
    List<Place> way = List.of(Stage.STRICT, Stage.SOFT);
    assertThat(map.scene(way, Optional.of(Verdict.REFUSED)).render())
        .contains("Its way: strict.example to soft.example: refused")
        .contains("node site-0 visited")
        .doesNotContain("node site-1 visited");
    assertThat(map.scene(way, Optional.empty()).render())
        .contains("Its way: strict.example to soft.example")
        .doesNotContain("visited");
  }
}

package org.thurn.authentication.spf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thurn.name.Domain;

/** What a record leads to, as its owner is shown it. */
class SpfTreeTest {
  private static SpfTree tree(ZoneData zone) {
    return SpfTree.of(Domain.of("example.com"), zone, new Checks.StillTime());
  }

  @Test
  void everyRecordHasItsCount() {
    ZoneData zone =
        new ZoneData()
            .txt(
                "example.com",
                "v=spf1 mx include:_a.%{d} ?include:_b.example.com exists:%{i}.x.y"
                    + " include:%{l}.x.y redirect=_c.example.com")
            .txt("_a.example.com", "v=spf1 a mx -all include:never.example redirect=never.example")
            .txt("_b.example.com", "v=spf1 include:_a.example.com ip4:192.0.2.1")
            .txt("_c.example.com", "v=spf1 ip4:192.0.2.2 -all");
    SpfTree tree = tree(zone);
    assertThat(tree.lines())
        .containsExactly(
            "example.com: 11 look-ups, 6 of its own",
            "  include:_a.%{d}: 2 look-ups",
            "  ?include:_b.example.com: 3 look-ups, 1 of its own",
            "    include:_a.example.com: 2 look-ups; the same as before",
            "  include:%{l}.x.y: 0 look-ups; depends on who sends",
            "  redirect=_c.example.com: 0 look-ups");
    assertThat(tree.problems())
        .containsExactly("example.com: 11 terms look something up, 10 are allowed");
    assertThat(tree.questions()).isEqualTo(4);
    assertThat(zone.asked).hasSize(4);
    assertThat(tree.root().branches().getFirst().domain()).isEqualTo("_a.example.com");
  }

  @Test
  void problemsAreNamedWhereTheyAre() {
    ZoneData zone =
        new ZoneData()
            .txt(
                "example.com",
                "v=spf1 include:a.example include:b.example include:c.example include:d.example"
                    + " include:e.example include:f..example -all")
            .txt("a.example", "v=spf1 include:example.com -all")
            .txt("b.example", "v=spf1 moo")
            .txt("c.example", "v=spf1", " a")
            .txt("c.example", "v=spf1 mx")
            .silent("d.example");
    assertThat(tree(zone).problems())
        .containsExactly(
            "example.com: a loop",
            "b.example: no mechanism is named \"moo\" at character 8",
            "c.example: 2 SPF records, not one",
            "d.example: the DNS does not answer",
            "e.example: no SPF record",
            "f..example: no name of a domain");
    assertThat(tree(new ZoneData()).problems()).containsExactly("example.com: no SPF record");
    assertThat(tree(new ZoneData().txt("example.com", "v=spf1 mx -all")).problems()).isEmpty();
  }

  @Test
  void aHostileTreeEnds() {
    String all =
        "v=spf1"
            + IntStream.range(0, 4_000)
                .mapToObj(i -> " include:n" + i + ".e.f")
                .collect(Collectors.joining());
    ZoneData zone = new ZoneData().txt("example.com", all);
    for (int i = 0; i < 4_000; i++) {
      zone.txt("n" + i + ".e.f", all);
    }
    SpfTree tree = tree(zone);
    assertThat(zone.asked).hasSize(tree.questions());
    assertThat(tree.questions()).isLessThanOrEqualTo(SpfTree.MAX_QUESTIONS);
    assertThat(tree.lines()).hasSize(SpfTree.MAX_NODES);
    assertThat(tree.lookUps()).isEqualTo(SpfTree.MAX_COUNT);
    assertThat(tree.lines()).anyMatch(line -> line.endsWith("; more than can be shown"));
  }

  @Test
  void aChainEnds() {
    ZoneData zone = new ZoneData().txt("example.com", "v=spf1 redirect=a.%{d}");
    String name = "example.com";
    for (int i = 0; i < 70; i++) {
      name = "a." + name;
      zone.txt(name, "v=spf1 include:a.%{d} redirect=a.%{d}");
    }
    SpfTree tree = tree(zone);
    assertThat(tree.questions()).isEqualTo(SpfTree.MAX_QUESTIONS);
    assertThat(tree.lookUps()).isEqualTo(SpfTree.MAX_COUNT);
    assertThat(tree.lines()).anyMatch(line -> line.contains("not looked at"));
  }
}

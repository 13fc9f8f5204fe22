package org.thurn.lab;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.thurn.lab.attack.Attacks;
import org.thurn.lab.attack.Cell;
import org.thurn.lab.attack.Interception;
import org.thurn.lab.attack.Interceptions;
import org.thurn.lab.attack.Played;
import org.thurn.lab.scenario.Director;
import org.thurn.lab.scenario.Outcome;
import org.thurn.lab.scenario.Scenario;
import org.thurn.lab.scenario.Scenarios;

/** All that the lab plays, by name: scenarios of sender authentication, and on the wire. */
public final class Programme {
  private final Director director;
  private final Attacks attacks;

  Programme(Director director, Attacks attacks) {
    this.director = director;
    this.attacks = attacks;
  }

  /**
   * What became of one message.
   *
   * @param text one line
   */
  public record Told(String text, boolean asPromised) {}

  /** Those of sender authentication, and then those on the wire. */
  public static List<String> names() {
    return Stream.concat(
            Scenarios.all().stream().map(scenario -> scenario.about().name()),
            Interceptions.all().stream().map(Interception::name))
        .toList();
  }

  /**
   * Plays one and waits for its end.
   *
   * @throws IOException if it did not come to one
   * @throws IllegalArgumentException if nothing is called so
   */
  public List<Told> play(String name) throws IOException {
    Optional<Scenario> scenario = Scenarios.named(name);
    if (scenario.isPresent()) {
      return List.of(told(director.play(scenario.get())));
    }
    Interception interception =
        Interceptions.named(name)
            .orElseThrow(() -> new IllegalArgumentException("no scenario is called " + name));
    return attacks.play(interception).stream().map(played -> told(interception, played)).toList();
  }

  private static Told told(Outcome outcome) {
    Scenario.About about = outcome.scenario().about();
    String surprise = outcome.asPromised() ? "" : " (promised: " + about.expected().words() + ")";
    return new Told(
        "%s: %s%s: %s"
            .formatted(about.name(), outcome.verdict().words(), surprise, outcome.reason()),
        outcome.asPromised());
  }

  /** A reason may come from a library, which says it in several lines. */
  private static String oneLine(String reason) {
    return reason.replaceAll("\\s+", " ");
  }

  private static Told told(Interception interception, Played played) {
    Cell cell = played.cell();
    String surprise = played.asExpected() ? "" : " (promised: " + cell.expected().words() + ")";
    return new Told(
        "%s, sender: %s, receiver: %s: %s%s: %s"
            .formatted(
                interception.name(),
                cell.sender().title(),
                cell.receiver().title(),
                played.fate().words(),
                surprise,
                oneLine(played.reason())),
        played.asExpected());
  }
}

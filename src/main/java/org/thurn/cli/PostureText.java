package org.thurn.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thurn.name.Domain;
import org.thurn.transfer.posture.Observation;
import org.thurn.transfer.posture.Topic;
import org.thurn.transfer.posture.Verdict;
import picocli.CommandLine.Help.Ansi;

/** Tells a person a domain's posture, a few lines an observation. */
final class PostureText {
  private static final int WIDTH = 100;
  private static final String MARGIN = " ".repeat(25);

  private final PrintWriter out;
  private final Ansi ansi;

  /**
   * @param ansi whether there are colours
   */
  PostureText(PrintWriter out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  void print(Domain domain, List<Observation> all) {
    out.println(domain.unicode());
    Optional<Topic.Section> section = Optional.empty();
    Optional<Topic> topic = Optional.empty();
    for (Observation one : all) {
      if (!section.equals(Optional.of(one.topic().section()))) {
        section = Optional.of(one.topic().section());
        out.println();
        out.println(styled("bold", one.topic().section().heading()));
      }
      print(one, topic.equals(Optional.of(one.topic())) ? "" : one.topic().word());
      topic = Optional.of(one.topic());
    }
    out.println();
    out.println(summary(all));
  }

  private void print(Observation one, String name) {
    List<String> lines = new ArrayList<>();
    // A drawing keeps its indents.
    one.found().lines().forEach(line -> lines.addAll(wrapped(line)));
    String head =
        styled(style(one.verdict()), "%-7s".formatted(one.verdict().word()))
            + "  %-14s".formatted(name);
    out.println(("  " + head + lines.getFirst()).stripTrailing());
    lines.stream().skip(1).forEach(line -> out.println(MARGIN + line));
    if (!one.advice().isEmpty()) {
      wrapped("→ " + one.advice())
          .forEach(line -> out.println(MARGIN + (line.startsWith("→") ? line : "  " + line)));
    }
  }

  private static String summary(List<Observation> all) {
    Map<Verdict, Long> counts =
        all.stream()
            .collect(
                Collectors.groupingBy(
                    Observation::verdict,
                    () -> new EnumMap<>(Verdict.class),
                    Collectors.counting()));
    return Arrays.stream(Verdict.values())
        .filter(counts::containsKey)
        .map(verdict -> counts.get(verdict) + " " + verdict.word())
        .collect(Collectors.joining(", "));
  }

  /** Broken between words, as far as there are any; what follows a line's indent has it, too. */
  private static List<String> wrapped(String text) {
    String indent = " ".repeat(text.length() - text.stripLeading().length());
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.strip().split(" +", -1)) {
      boolean first = line.length() == indent.length();
      if (!first && MARGIN.length() + line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        first = true;
      }
      line.append(first ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String style(Verdict verdict) {
    return switch (verdict) {
      case GOOD -> "green";
      case WARN -> "yellow";
      case BAD -> "bold,red";
      case UNKNOWN -> "faint";
    };
  }

  /** Only words of ours: the markup must not be a stranger's. */
  private String styled(String style, String text) {
    return ansi.string("@|" + style + " " + text + "|@");
  }
}

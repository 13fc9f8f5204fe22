package org.thurn.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.json.JsonMapper;

/** Figures as Markdown, and raw as JSON. */
final class Report {
  private Report() {}

  /** Writes everything that was measured to bench/results/TIME.json. */
  static Path raw(Path root, Map<String, String> facts, List<?> measured) throws IOException {
    Path folder = Files.createDirectories(root.resolve("bench/results"));
    String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
    Path file = folder.resolve(time + ".json");
    JsonMapper mapper = JsonMapper.builder().build();
    mapper
        .writerWithDefaultPrettyPrinter()
        .writeValue(file.toFile(), Map.of("facts", facts, "measured", measured));
    return file;
  }

  static <T> double median(List<T> values, ToDoubleFunction<T> figure) {
    double[] sorted = values.stream().mapToDouble(figure).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** With three digits that count. */
  static String number(double value) {
    String form = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, value);
  }

  static String row(Object... cells) {
    StringBuilder row = new StringBuilder("|");
    for (Object cell : cells) {
      row.append(' ')
          .append(cell instanceof Double number ? number(number) : cell.toString())
          .append(" |");
    }
    return row.append('\n').toString();
  }

  /** A table's head: the first columns to the left, the figures to the right. */
  static String head(int words, String... titles) {
    StringBuilder rule = new StringBuilder("|");
    for (int i = 0; i < titles.length; i++) {
      rule.append(i < words ? " --- |" : " ---: |");
    }
    return row((Object[]) titles) + rule + "\n";
  }
}

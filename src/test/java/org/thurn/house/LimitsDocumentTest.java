package org.thurn.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/limits.md names classes, tests and values that are there. */
class LimitsDocumentTest {
  private static final Path PAGE = SourceTree.ROOT.resolve("docs/limits.md");
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| ([^|]+) \\| ([^|]*)\\| [^|]+\\|[^|]*\\| `([a-z0-9.]+)\\.([A-Z]\\w*)(?:\\.([A-Z_]+))?`"
              + " \\| `([a-z0-9.]+\\.[A-Z]\\w*)` \\|$");
  private static final Pattern SPAN = Pattern.compile("Duration\\.of([A-Z][a-z]+)\\((\\d+)\\)");
  private static final Pattern SHIFT = Pattern.compile("(\\d+)L? << (\\d+)");

  private static List<MatchResult> rows() {
    return ROW.matcher(SourceTree.text(PAGE)).results().toList();
  }

  private static Path source(Path tree, String name) {
    return tree.resolve("org/thurn").resolve(name.replace('.', '/') + ".java");
  }

  @Test
  void everyRowIsOfTheKnownForm() {
    long rows =
        SourceTree.text(PAGE)
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| what |"))
            .filter(line -> !line.startsWith("| ---"))
            .count();
    assertThat((long) rows().size()).isEqualTo(rows).isGreaterThan(50);
  }

  @Test
  void everyClassAndTestIsThere() {
    assertThat(rows())
        .allSatisfy(
            row -> {
              String name = row.group(3) + "." + row.group(4);
              assertThat(Files.exists(source(SourceTree.MAIN, name))).as(name).isTrue();
              String test = row.group(6);
              assertThat(Files.exists(source(SourceTree.TESTS, test))).as(test).isTrue();
            });
  }

  @Test
  void everyConstantHasTheValueThatThePageSays() {
    assertThat(rows())
        .filteredOn(row -> row.group(5) != null)
        .allSatisfy(
            row -> {
              String name = row.group(3) + "." + row.group(4);
              assertThat(row.group(2).strip())
                  .as(row.group(1))
                  .isEqualTo(value(SourceTree.text(source(SourceTree.MAIN, name)), row.group(5)));
            });
  }

  /** The constant as the page writes it: {@code 2,048}, {@code 1 MiB}, {@code 20 s}. */
  private static String value(String source, String constant) {
    Matcher found = Pattern.compile("\\b" + constant + " =\\s+([^;]+);").matcher(source);
    assertThat(found.find()).as(constant).isTrue();
    String expression = found.group(1).replace("_", "");
    Matcher span = SPAN.matcher(expression);
    if (span.matches()) {
      String unit =
          switch (span.group(1)) {
            case "Seconds" -> "s";
            case "Minutes" -> "min";
            case "Hours" -> "h";
            default -> span.group(1).toLowerCase(Locale.ROOT);
          };
      return span.group(2) + " " + unit;
    }
    Matcher shift = SHIFT.matcher(expression);
    if (shift.matches()) {
      return shift.group(1) + (shift.group(2).equals("20") ? " MiB" : " KiB");
    }
    return String.format(Locale.ROOT, "%,d", Long.parseLong(expression));
  }
}

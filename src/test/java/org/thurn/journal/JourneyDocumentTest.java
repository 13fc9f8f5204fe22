package org.thurn.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.thurn.journey.EventType;

/** docs/journey.md names every type of event with its fields, and none besides. */
class JourneyDocumentTest {
  @Test
  void theTableIsTheCodes() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("docs/journey.md")).stream()
            .dropWhile(line -> !line.equals("## A connection"))
            .filter(line -> line.matches("\\| `[a-z-]+` \\| .+ \\| .+ \\|"))
            .map(line -> line.substring(0, line.indexOf(" | ", line.indexOf(" | ") + 3)))
            .toList();
    assertThat(rows)
        .containsExactlyElementsOf(
            EventType.all().stream()
                .map(type -> "| `" + type.name() + "` | " + fields(type))
                .toList());
  }

  private static String fields(EventType type) {
    return type.fields().stream()
        .map(field -> "`" + field.name() + "`")
        .collect(Collectors.joining(", "));
  }
}

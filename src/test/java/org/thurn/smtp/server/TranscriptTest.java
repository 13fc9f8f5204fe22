package org.thurn.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Plays the files of {@code smtp/server}. {@code C:} is sent with CRLF, several in a row in one
 * packet; {@code R:} is sent as it stands, with \r and \n; {@code S:} must be answered, a trailing
 * … standing for any rest; {@code M:} is a message that the receiver then has; {@code X} is the end
 * of the connection. The first line may name the protocol; {@code @} lines change a setting.
 */
@Timeout(60)
class TranscriptTest {
  private static final Path FOLDER = Path.of("src/test/resources/smtp/server");

  @TestFactory
  Stream<DynamicTest> transcripts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList().stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)));
    }
  }

  private static void play(Path file) throws Exception {
    List<String> lines = new ArrayList<>(Files.readAllLines(file, StandardCharsets.UTF_8));
    lines.removeIf(line -> line.isBlank() || line.startsWith("#"));
    try (Served served = new Served(settings(lines));
        Served.Client client = served.connect()) {
      StringBuilder pending = new StringBuilder();
      int number = 0;
      for (String line : lines) {
        number++;
        String text = line.length() > 3 ? line.substring(3) : "";
        switch (line.charAt(0)) {
          case 'C' -> pending.append(text).append("\r\n");
          case 'R' -> pending.append(text.replace("\\r", "\r").replace("\\n", "\n"));
          default -> {
            client.send(pending.toString());
            pending.setLength(0);
            check(served, client, line, text, file.getFileName() + ", line " + number);
          }
        }
      }
    }
  }

  private static void check(
      Served served, Served.Client client, String line, String text, String where)
      throws Exception {
    switch (line.charAt(0)) {
      case 'S' -> {
        String heard = client.line();
        if (text.endsWith("…")) {
          assertThat(heard).as(where).startsWith(text.substring(0, text.length() - 1));
        } else {
          assertThat(heard).as(where).isEqualTo(text);
        }
      }
      case 'M' ->
          assertThat(served.receiver.messages.poll(5, TimeUnit.SECONDS)).as(where).isEqualTo(text);
      case 'X' -> assertThat(client.line()).as(where).isEqualTo("CLOSED");
      default -> throw new IllegalArgumentException(where + ": " + line);
    }
  }

  private static SmtpServerSettings settings(List<String> lines) {
    Protocol protocol = Protocol.SMTP;
    if (lines.getFirst().startsWith("protocol ")) {
      protocol = Protocol.valueOf(lines.removeFirst().substring(9));
    }
    SmtpServerSettings settings =
        Served.settings(protocol).withAuth(true, 3, java.time.Duration.ZERO);
    while (lines.getFirst().startsWith("@")) {
      String[] words = lines.removeFirst().substring(1).split(" ", -1);
      int value = Integer.parseInt(words[1]);
      settings =
          switch (words[0]) {
            case "octets" -> settings.withMaxMessageOctets(value);
            case "recipients" -> settings.withLimits(value, 1000, 20, 100);
            case "transactions" -> settings.withLimits(1000, value, 20, 100);
            case "errors" -> settings.withLimits(1000, 1000, value, 100);
            case "idle" -> settings.withLimits(1000, 1000, 20, value);
            default -> throw new IllegalArgumentException(words[0]);
          };
    }
    return settings;
  }
}

package org.thurn.peers;

import java.util.List;
import java.util.Random;

/** Messages as the RFCs allow them and nobody writes them, and what happens to them on the way. */
final class OddMessages {
  private static final List<String> PIECES =
      List.of(
          "word",
          "two words",
          "\u00e4\u00f6\u00fc",
          "  ",
          "\t",
          " ",
          ".",
          "a\rb",
          "\r",
          "From here",
          "--",
          "=20",
          "x".repeat(200));

  private static final List<String> ENDS =
      List.of(
          "", "\r\n", "\r\n\r\n\r\n", " ", " \r\n", "\r\n \t\r\n", "\r\n\r\n ", "end", "end \t");

  private final Random random;

  OddMessages(long seed) {
    random = new Random(seed);
  }

  private String any(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** In ISO 8859-1, an octet a character; one From, no empty field, CRLF at all line ends. */
  String next() {
    StringBuilder message = new StringBuilder();
    if (random.nextBoolean()) {
      message.append("Received: from a by b;\r\n\tThu, 26 Nov 2026 12:00:00 +0000\r\n");
    }
    message.append(any(List.of("From", "FROM", "from"))).append(":");
    message.append(any(List.of(" ", "  ", "\t", "\r\n "))).append("Ann <ann@example.com>\r\n");
    for (String name : List.of("To", "Cc", "Subject", "Date", "Message-ID", "Reply-To", "X-Odd")) {
      for (int i = random.nextInt(4); i > 1; i--) {
        message.append(name).append(any(List.of(":", ": ", ":  ", ":\t"))).append(value());
        message.append(any(List.of("", "", " ", "\t "))).append("\r\n");
      }
    }
    return message.append("\r\n").append(body()).toString();
  }

  private String value() {
    StringBuilder value = new StringBuilder("v");
    for (int i = random.nextInt(12); i > 0; i--) {
      value.append(any(List.of(" ", "  ", "\r\n ", "\r\n\t", "\r\n  ", " \t ", " \r\n ")));
      value.append(any(List.of("word", "a:b", "<x@example.org>", "\u00e9", "w".repeat(90))));
    }
    return value.toString();
  }

  private String body() {
    StringBuilder body = new StringBuilder();
    for (int lines = random.nextInt(8); lines > 0; lines--) {
      for (int i = random.nextInt(5); i > 0; i--) {
        body.append(any(PIECES));
      }
      body.append("\r\n".repeat(1 + random.nextInt(2)));
    }
    return body.append(any(ENDS)).toString();
  }

  /** What was done to half of the messages after they were signed; some of it is harmless. */
  String changed(String message) {
    int body = message.indexOf("\r\n\r\n") + 4;
    String header = message.substring(0, body);
    String text = message.substring(body);
    return switch (random.nextInt(22)) {
      case 0 -> header + text + "\r\n\r\n";
      case 1 -> header + text + " ";
      case 2 -> header + text + "footer\r\n";
      case 3 -> header + text.replaceFirst(" ", "  ");
      case 4 -> header + text.replaceFirst(" (?=\r\n)", "");
      case 5 -> header + text.replaceFirst("w", "W");
      case 6 -> header.replaceFirst("\r\n\t", "\r\n ") + text;
      case 7 -> header.replaceFirst("(?m)^Subject", "SUBJECT") + text;
      case 8 -> header.replaceFirst("\r\nTo:", "\r\nTo: ") + text;
      case 9 -> "To: added@example.org\r\n" + message;
      case 10 -> "Reply-To: added@example.org\r\n" + message;
      default -> message;
    };
  }
}

package org.thurn.access.pop3;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code command = keyword *(SP param)} of RFC 2449 §4. */
final class Pop3Parser {
  /** What the client sent is no POP3. */
  static final class Pop3SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    Pop3SyntaxException(String message) {
      super(message);
    }
  }

  private Pop3Parser() {}

  static Pop3Command parse(String line) throws Pop3SyntaxException {
    int space = line.indexOf(' ');
    String keyword = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
    String rest = space < 0 ? "" : line.substring(space + 1);
    return switch (keyword) {
      case "CAPA" -> new Pop3Command.Capa();
      case "QUIT" -> new Pop3Command.Quit();
      case "STLS" -> new Pop3Command.Stls();
      case "USER" -> new Pop3Command.User(some(rest.strip()));
      case "PASS" -> new Pop3Command.Pass(some(rest)); // RFC 1939 §7: spaces are part of it
      case "AUTH" -> auth(rest.strip());
      case "STAT" -> new Pop3Command.Stat();
      case "LIST" -> new Pop3Command.ListSizes(maybe(rest));
      case "UIDL" -> new Pop3Command.Uidl(maybe(rest));
      case "RETR" -> new Pop3Command.Retr(number(rest.strip()));
      case "TOP" -> top(rest.strip());
      case "DELE" -> new Pop3Command.Dele(number(rest.strip()));
      case "NOOP" -> new Pop3Command.Noop();
      case "RSET" -> new Pop3Command.Rset();
      default -> throw new Pop3SyntaxException("Unknown command");
    };
  }

  private static String some(String text) throws Pop3SyntaxException {
    if (text.isEmpty()) {
      throw new Pop3SyntaxException("Argument missing");
    }
    return text;
  }

  private static Pop3Command auth(String rest) {
    int space = rest.indexOf(' ');
    return space < 0
        ? new Pop3Command.Auth(rest.toUpperCase(Locale.ROOT), Optional.empty())
        : new Pop3Command.Auth(
            rest.substring(0, space).toUpperCase(Locale.ROOT),
            Optional.of(rest.substring(space + 1).strip()));
  }

  private static Pop3Command top(String rest) throws Pop3SyntaxException {
    List<String> words = List.of(rest.split(" +", -1));
    if (words.size() != 2) {
      throw new Pop3SyntaxException("Expected a message and a number of lines");
    }
    return new Pop3Command.Top(number(words.getFirst()), number(words.getLast()));
  }

  private static OptionalInt maybe(String text) throws Pop3SyntaxException {
    return text.isBlank() ? OptionalInt.empty() : OptionalInt.of(number(text.strip()));
  }

  private static int number(String text) throws Pop3SyntaxException {
    boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || text.length() > 9) {
      throw new Pop3SyntaxException("Expected a number");
    }
    return Integer.parseInt(text);
  }
}

package org.thurn.authentication.explain;

import java.net.InetAddress;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thurn.message.DateTime;
import org.thurn.message.FieldCursor;
import org.thurn.name.IpAddress;
import org.thurn.name.NameSyntaxException;

/**
 * Reads a Received field as far as it can: {@code Time-stamp-line} of RFC 5321 §4.4 and what real
 * servers write in its place.
 */
final class ReceivedReader {
  private static final Set<String> CLAUSES = Set.of("from", "by", "via", "with", "id", "for");

  /** {@code [192.0.2.1]} and {@code [IPv6:2001:db8::1]}; qmail leaves the brackets out. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?i)(?:IPv6:)?([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f.]{0,15}){2,8})");

  private final Map<String, String> clauses = new HashMap<>();
  private final StringBuilder tcpInfo = new StringBuilder();
  private final Optional<OffsetDateTime> time;

  ReceivedReader(String value) {
    int semicolon = value.lastIndexOf(';');
    time = semicolon < 0 ? Optional.empty() : DateTime.parse(value.substring(semicolon + 1));
    read(new FieldCursor(semicolon < 0 ? value : value.substring(0, semicolon)));
  }

  private void read(FieldCursor cursor) {
    String clause = "";
    while (!cursor.atEnd()) {
      cursor.skipSpace();
      if (cursor.peek() == '(') {
        StringBuilder comment = new StringBuilder();
        cursor.comment(comment);
        if (clause.equals("from")) {
          tcpInfo.append(' ').append(comment);
        }
        continue;
      }
      String word = word(cursor);
      String name = word.toLowerCase(Locale.ROOT);
      if (CLAUSES.contains(name) && !clauses.containsKey(name)) {
        clause = name;
      } else if (!word.isEmpty()) {
        clauses.putIfAbsent(clause, word);
      }
    }
  }

  private static String word(FieldCursor cursor) {
    int start = cursor.position();
    while (!cursor.atEnd() && !FieldCursor.isSpace(cursor.peek()) && cursor.peek() != '(') {
      cursor.next();
    }
    return cursor.since(start);
  }

  Optional<String> clause(String name) {
    return Optional.ofNullable(clauses.get(name));
  }

  Optional<OffsetDateTime> time() {
    return time;
  }

  /** What the server saw, in the comment; else what the client called itself, if it is that. */
  Optional<InetAddress> client() {
    return address(tcpInfo.toString()).or(() -> clause("from").flatMap(ReceivedReader::address));
  }

  private static Optional<InetAddress> address(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    Optional<InetAddress> found = Optional.empty();
    while (found.isEmpty() && matcher.find()) {
      try {
        found = Optional.of(IpAddress.parse(matcher.group(1)));
      } catch (NameSyntaxException _) {
        // something else with dots or colons: the next one may be it
      }
    }
    return found;
  }
}

package org.thurn.journal.render;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.EventType;

/**
 * An entry as a line for people: seconds since a first moment, an arrow, and what happened. {@code
 * -->} is a client speaking to us and {@code <--} our answer; {@code ==>} is us speaking to another
 * server and {@code <==} its answer.
 */
public final class TextEntry {
  private TextEntry() {}

  /**
   * The line without its end.
   *
   * @param start the time of the first line, which is shown as 0
   */
  public static String line(Entry entry, Instant start) {
    double seconds = Duration.between(start, entry.time()).toNanos() / 1e9;
    String words = words(entry.event());
    boolean named =
        entry.recipient().isEmpty() || words.contains(entry.recipient().get().toString());
    return String.format(Locale.ROOT, "%+10.3f  ", seconds)
        + shown(named ? words : words + "  [" + entry.recipient().get() + "]");
  }

  private static String words(Event event) {
    return switch (event) {
      case Event.CommandReceived(var command) -> "--> " + command;
      case Event.ReplySent(int code, var text) -> "<-- " + reply(code, text);
      case Event.CommandSent(var command) -> "==> " + command;
      case Event.ReplyReceived(int code, var text) -> "<== " + reply(code, text);
      case Event.ConnectionAccepted c ->
          "--- %s connection from %s:%d to %s:%d"
              .formatted(
                  c.protocol(), c.remoteAddress(), c.remotePort(), c.localAddress(), c.localPort());
      case Event.ConnectionOpened c ->
          "=== %s connection to %s [%s]:%d from %s"
              .formatted(
                  c.protocol(), c.host(), c.remoteAddress(), c.remotePort(), c.localAddress());
      case Event.DnsAnswered dns ->
          "?   %s %s  %s, %s: %s  (%s)"
              .formatted(
                  dns.name(),
                  dns.recordType(),
                  dns.status(),
                  dns.security(),
                  String.join("; ", dns.answers()),
                  dns.purpose());
      case Event.Accepted a ->
          "*   accepted %d octets from %s for %s: %s"
              .formatted(
                  a.octets(), FieldText.of(a.sender()), FieldText.of(a.recipients()), a.subject());
      case Event.Stored(var account, var mailbox, long uid) ->
          "*   stored for " + account + " in " + mailbox + " as UID " + uid;
      case Event.Relayed(var host, var address, int _, var reply) ->
          "*   relayed to " + host + " [" + address + "]: " + reply;
      case Event other -> "    " + generic(other);
    };
  }

  /** The text may bring its code along. */
  private static String reply(int code, String text) {
    return text.startsWith(Integer.toString(code)) ? text : code + " " + text;
  }

  private static String generic(Event event) {
    EventType type = EventType.of(event.getClass());
    StringBuilder words = new StringBuilder(type.name().replace('-', ' '));
    String between = ": ";
    for (EventType.Field field : type.fields()) {
      String value = FieldText.of(field.of(event));
      if (!value.isEmpty()) { // a client without a certificate, an address without a name
        words.append(between).append(field.name()).append(' ').append(value);
        between = ", ";
      }
    }
    return words.toString();
  }

  /** A stranger's control characters do nothing to a terminal. */
  private static String shown(String words) {
    StringBuilder shown = new StringBuilder(words.length());
    words.chars().forEach(c -> shown.append(Character.isISOControl(c) ? '\u00b7' : (char) c));
    return shown.toString();
  }
}

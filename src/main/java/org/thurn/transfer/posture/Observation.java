package org.thurn.transfer.posture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One thing that was found. Texts hold what strangers wrote, cut and without control characters.
 *
 * @param topic what it is about
 * @param host which host; empty if the domain itself
 * @param addresses at which of its addresses; empty if that does not matter
 * @param text what was found, in one line
 * @param more further lines, such as a drawing
 * @param advice what to do about it; empty where there is nothing to do
 */
public record Observation(
    Topic topic,
    Verdict verdict,
    String host,
    List<String> addresses,
    String text,
    List<String> more,
    String advice) {
  /** Characters of one line. The longest record that anybody reads has fewer. */
  public static final int MAX_TEXT = 2_000;

  public Observation {
    host = shown(host);
    addresses = List.copyOf(addresses);
    text = shown(text);
    more = more.stream().map(Observation::shown).toList();
    advice = shown(advice);
  }

  private static String shown(String text) {
    String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text;
    return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "?");
  }

  static Observation good(Topic topic, String text) {
    return new Observation(topic, Verdict.GOOD, "", List.of(), text, List.of(), "");
  }

  static Observation warn(Topic topic, String text, String advice) {
    return new Observation(topic, Verdict.WARN, "", List.of(), text, List.of(), advice);
  }

  static Observation bad(Topic topic, String text, String advice) {
    return new Observation(topic, Verdict.BAD, "", List.of(), text, List.of(), advice);
  }

  static Observation unknown(Topic topic, String text, String advice) {
    return new Observation(topic, Verdict.UNKNOWN, "", List.of(), text, List.of(), advice);
  }

  /** The same, of a host. */
  Observation at(String name) {
    return new Observation(topic, verdict, name, addresses, text, more, advice);
  }

  /** The same, of a host at one of its addresses. */
  Observation at(String name, String address) {
    return new Observation(topic, verdict, name, List.of(address), text, more, advice);
  }

  /** The same with further lines. */
  Observation with(List<String> lines) {
    return new Observation(topic, verdict, host, addresses, text, lines, advice);
  }

  /** All of it in words, perhaps in several lines. */
  public String found() {
    String where = addresses.isEmpty() ? host : host + " [" + String.join(", ", addresses) + "]";
    String first = where.isEmpty() ? text : where + ": " + text;
    return String.join("\n", Stream.concat(Stream.of(first), more.stream()).toList());
  }

  /** Tells once what is the same at several addresses of a host. */
  static List<Observation> merged(List<Observation> all) {
    List<Observation> merged = new ArrayList<>();
    for (Observation one : all) {
      int same = 0;
      while (same < merged.size() && !merged.get(same).isLike(one)) {
        same++;
      }
      if (same == merged.size()) {
        merged.add(one);
      } else {
        merged.set(same, merged.get(same).alsoAt(one.addresses()));
      }
    }
    return merged;
  }

  private boolean isLike(Observation other) {
    return alsoAt(List.of(), List.of()).equals(other.alsoAt(List.of(), List.of()));
  }

  private Observation alsoAt(List<String> others) {
    return alsoAt(addresses, others);
  }

  private Observation alsoAt(List<String> before, List<String> others) {
    List<String> both = Stream.concat(before.stream(), others.stream()).distinct().toList();
    return new Observation(topic, verdict, host, both, text, more, advice);
  }
}

package org.thurn.journey;

/**
 * The id of one event, session or queued message: 13 characters that sort by time.
 *
 * @param text of the alphabet 0-9 A-V (RFC 4648 base32hex)
 */
public record EventId(String text) implements Comparable<EventId> {
  /** Reads an id back. */
  public EventId {
    if (!Ids.wellFormed(text)) {
      throw new IllegalArgumentException("not an id: " + text);
    }
  }

  @Override
  public int compareTo(EventId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}

package org.thurn.journey;

/** One transaction, and the message that came of it, on this server. Given at MAIL FROM. */
public record QueueId(String text) implements Comparable<QueueId> {
  public QueueId {
    if (!Ids.wellFormed(text)) {
      throw new IllegalArgumentException("not a queue id: " + text);
    }
  }

  @Override
  public int compareTo(QueueId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}

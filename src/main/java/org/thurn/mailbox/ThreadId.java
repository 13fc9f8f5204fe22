package org.thurn.mailbox;

/** One conversation. So far each message is its own; {@code number} is the first message's. */
public record ThreadId(long number) {
  /** THREADID of RFC 8474 §5.2 without its parentheses. */
  public String text() {
    return "T" + number;
  }

  @Override
  public String toString() {
    return text();
  }
}

package org.thurn.journey;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.thurn.time.Time;

/**
 * Gives out ids that sort by time and are unique on this server: 44 bits of milliseconds, 21 bits
 * that start at random and count up. A clock that goes back does not make an id come twice.
 */
public final class Ids {
  private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
  private static final int LENGTH = 13;
  private static final int COUNTER_BITS = 20;

  private final Time time;
  private final AtomicLong last = new AtomicLong();

  public Ids(Time time) {
    this.time = time;
  }

  public EventId event() {
    return new EventId(next());
  }

  public SessionId session() {
    return new SessionId(next());
  }

  public QueueId queue() {
    return new QueueId(next());
  }

  /** Whether the text has the form of an id; it may name nothing. */
  public static boolean wellFormed(String text) {
    boolean good = text.length() == LENGTH;
    for (int i = 0; good && i < LENGTH; i++) {
      char c = text.charAt(i);
      good = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'V');
    }
    return good;
  }

  /** An id that sorts before every id given out at that moment or later. */
  public static EventId firstAt(Instant moment) {
    return new EventId(text(moment.toEpochMilli() << COUNTER_BITS));
  }

  private String next() {
    long floor =
        (time.now().toEpochMilli() << COUNTER_BITS) + ThreadLocalRandom.current().nextInt(1 << 12);
    return text(last.updateAndGet(before -> Math.max(before + 1, floor)));
  }

  private static String text(long number) {
    long id = number;
    char[] text = new char[LENGTH];
    for (int i = LENGTH - 1; i >= 0; i--) {
      text[i] = ALPHABET.charAt((int) (id & 31));
      id >>>= 5;
    }
    return new String(text);
  }
}

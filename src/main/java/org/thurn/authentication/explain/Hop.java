package org.thurn.authentication.explain;

import java.net.InetAddress;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * One stretch of a message's way, as its Received field tells it (RFC 5321 §4.4).
 *
 * @param from what the client called itself
 * @param client the address that the server saw
 * @param by the server that wrote the field
 * @param protocol such as ESMTPS
 * @param time when it says that it took the message
 * @param delay since the hop before, negative where the clocks disagree; empty for the first, or
 *     where a time is missing
 * @param trust whether to believe it
 */
public record Hop(
    Optional<String> from,
    Optional<InetAddress> client,
    Optional<String> by,
    Optional<String> protocol,
    Optional<OffsetDateTime> time,
    Optional<Duration> delay,
    Trust trust) {

  /** Its time in the form of RFC 3339, with seconds. */
  public Optional<String> timeText() {
    return time.map(DateTimeFormatter.ISO_OFFSET_DATE_TIME::format);
  }

  /** Whether a hop can be believed. Whoever handed a message over can have invented all before. */
  public enum Trust {
    /** Written by the last server, whose copy this is. */
    WITNESSED("written by the server that this copy comes from"),
    /** A claim which the next hop bears out: it took the message from this server. */
    CONSISTENT("a claim that fits the next hop"),
    /** A claim, and the next hop names another client. */
    BROKEN("a claim that does not fit the next hop"),
    /** A claim that cannot be read. */
    UNREADABLE("a claim that cannot be read");

    private final String words;

    Trust(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }
}

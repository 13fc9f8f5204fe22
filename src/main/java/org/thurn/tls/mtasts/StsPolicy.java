package org.thurn.tls.mtasts;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.thurn.name.Domain;

/**
 * A policy, RFC 8461 §3.2.
 *
 * @param mx the hosts that it allows; none only if the mode is none
 * @param maxAge how long it is to be kept, as it is written; {@link #lifetime} is what counts
 */
public record StsPolicy(Mode mode, List<MxPattern> mx, Duration maxAge) {
  /** The only version there is. */
  public static final String VERSION = "STSv1";

  /** The longest that a policy is kept: 31,557,600 seconds, a year of 365¼ days. */
  public static final Duration LONGEST = Duration.ofHours(8_766);

  /** What ten digits hold. */
  private static final Duration TEN_DIGITS = Duration.ofSeconds(9_999_999_999L);

  /** Of the record's 32 letters and digits; enough to never repeat. */
  private static final int ID_LENGTH = 20;

  public StsPolicy {
    mx = List.copyOf(mx);
    if (mx.isEmpty() && mode != Mode.NONE) {
      throw new IllegalArgumentException("a policy that allows no host");
    }
    if (maxAge.isNegative()
        || maxAge.compareTo(TEN_DIGITS) > 0
        || !maxAge.truncatedTo(SECONDS).equals(maxAge)) {
      throw new IllegalArgumentException("max_age of " + maxAge);
    }
  }

  /**
   * How long it is kept. One that asks for longer than it may is kept for the longest time: to drop
   * it would leave mail without any protection.
   */
  public Duration lifetime() {
    return maxAge.compareTo(LONGEST) > 0 ? LONGEST : maxAge;
  }

  /** Whether it allows a host, by the name in the MX record (§4.1). */
  public boolean allows(Domain host) {
    return mx.stream().anyMatch(pattern -> pattern.matches(host));
  }

  /** Its lines without their ends, as TLS reports quote them (RFC 8460 §4.2). */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("version: " + VERSION);
    lines.add("mode: " + mode.word());
    mx.forEach(pattern -> lines.add("mx: " + pattern));
    lines.add("max_age: " + maxAge.toSeconds());
    return List.copyOf(lines);
  }

  /** The file that is served. */
  public String text() {
    return String.join("\r\n", lines()) + "\r\n";
  }

  /** An id for the record that announces it: another policy has another one. */
  public String id() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

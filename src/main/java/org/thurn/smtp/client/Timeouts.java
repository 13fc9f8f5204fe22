package org.thurn.smtp.client;

import java.time.Duration;

/**
 * How long the client waits for each step, RFC 5321 §4.5.3.2. All must be positive.
 *
 * @param greeting for the initial 220
 * @param mail for the reply to MAIL, and to commands that RFC 5321 gives no time: EHLO, AUTH, RSET
 * @param rcpt for the reply to RCPT
 * @param dataInitiation for the 354
 * @param dataBlock for the peer to take a block of the message
 * @param dataTermination for the reply to the final dot or chunk
 * @param quit for the reply to QUIT, after which nothing depends on it
 */
public record Timeouts(
    Duration greeting,
    Duration mail,
    Duration rcpt,
    Duration dataInitiation,
    Duration dataBlock,
    Duration dataTermination,
    Duration quit) {
  /** The minimums of RFC 5321 §4.5.3.2, and five seconds for QUIT. */
  public static final Timeouts RFC5321 =
      new Timeouts(
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10),
          Duration.ofSeconds(5));

  /** The same time for every step: tests and commands that a person waits for. */
  public static Timeouts all(Duration each) {
    return new Timeouts(each, each, each, each, each, each, each);
  }
}

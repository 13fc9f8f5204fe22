package org.thurn.smtp.server;

import java.time.Duration;
import org.thurn.name.Domain;

/**
 * How a server speaks and what it allows.
 *
 * @param hostname in the greeting and in every goodbye
 * @param protocol which dialogue
 * @param maxMessageOctets of one message, as SIZE announces it (RFC 1870)
 * @param maxRecipients of one message, as LIMITS announces it; RFC 5321 §4.5.3.1.8 wants 100 or
 *     more
 * @param maxTransactions of one connection, as LIMITS announces it (RFC 9422)
 * @param maxErrors replies of 5xx since the last accepted message, then 421
 * @param maxIdleCommands commands of any kind since the last accepted recipient, then 421
 * @param commandTimeout for one whole command, RFC 5321 §4.5.3.2.7: at least 5 minutes
 * @param dataTimeout for each 16 KiB of a message, RFC 5321 §4.5.3.2.5
 * @param earlyTalkerDelay how long the greeting waits for those who do not wait for it; zero: never
 * @param plaintextAuthOnLoopback whether AUTH is offered without TLS to local peers
 * @param maxAuthFailures of one connection, then 421
 * @param authFailureDelay before a failure is told
 */
public record SmtpServerSettings(
    Domain hostname,
    Protocol protocol,
    long maxMessageOctets,
    int maxRecipients,
    int maxTransactions,
    int maxErrors,
    int maxIdleCommands,
    Duration commandTimeout,
    Duration dataTimeout,
    Duration earlyTalkerDelay,
    boolean plaintextAuthOnLoopback,
    int maxAuthFailures,
    Duration authFailureDelay) {
  /** The defaults. */
  public static SmtpServerSettings of(Domain hostname, Protocol protocol) {
    return new SmtpServerSettings(
        hostname,
        protocol,
        50L << 20,
        1_000,
        1_000,
        20,
        100,
        Duration.ofMinutes(5),
        Duration.ofMinutes(3),
        protocol == Protocol.SMTP ? Duration.ofMillis(20) : Duration.ZERO,
        false,
        5,
        Duration.ofSeconds(2));
  }

  /** The same with another size limit. */
  public SmtpServerSettings withMaxMessageOctets(long octets) {
    return new SmtpServerSettings(
        hostname,
        protocol,
        octets,
        maxRecipients,
        maxTransactions,
        maxErrors,
        maxIdleCommands,
        commandTimeout,
        dataTimeout,
        earlyTalkerDelay,
        plaintextAuthOnLoopback,
        maxAuthFailures,
        authFailureDelay);
  }

  /** The same with other limits of a connection. */
  public SmtpServerSettings withLimits(
      int recipients, int transactions, int errors, int idleCommands) {
    return new SmtpServerSettings(
        hostname,
        protocol,
        maxMessageOctets,
        recipients,
        transactions,
        errors,
        idleCommands,
        commandTimeout,
        dataTimeout,
        earlyTalkerDelay,
        plaintextAuthOnLoopback,
        maxAuthFailures,
        authFailureDelay);
  }

  /** The same with other times. */
  public SmtpServerSettings withTimeouts(Duration command, Duration data, Duration earlyTalker) {
    return new SmtpServerSettings(
        hostname,
        protocol,
        maxMessageOctets,
        maxRecipients,
        maxTransactions,
        maxErrors,
        maxIdleCommands,
        command,
        data,
        earlyTalker,
        plaintextAuthOnLoopback,
        maxAuthFailures,
        authFailureDelay);
  }

  /** The same with other rules for AUTH. */
  public SmtpServerSettings withAuth(boolean plaintextOnLoopback, int maxFailures, Duration delay) {
    return new SmtpServerSettings(
        hostname,
        protocol,
        maxMessageOctets,
        maxRecipients,
        maxTransactions,
        maxErrors,
        maxIdleCommands,
        commandTimeout,
        dataTimeout,
        earlyTalkerDelay,
        plaintextOnLoopback,
        maxFailures,
        delay);
  }
}

package org.thurn.access.pop3;

import java.time.Duration;
import java.util.Optional;
import org.thurn.net.TlsUpgrade;

/**
 * What a POP3 listener allows.
 *
 * @param hostname what the greeting calls us
 * @param tls what STLS upgrades with; empty where it is not offered
 * @param plaintextAllowedOnLoopback whether passwords may pass without TLS if the peer is on this
 *     machine
 * @param limits what a client may cost us
 */
public record Pop3Settings(
    String hostname, Optional<TlsUpgrade> tls, boolean plaintextAllowedOnLoopback, Limits limits) {

  /**
   * What a client may cost us.
   *
   * @param lineOctets of one command; SASL's are the longest
   * @param loginTimeout how long a client may take to authenticate, all in all
   * @param idleTimeout how long after; RFC 1939 §3 demands 10 minutes at least
   * @param loginFailures after so many failed logins the connection ends
   * @param failureDelay how long the first failed login waits for its reply; doubled each time
   * @param badCommands after so many errors the connection ends
   */
  public record Limits(
      int lineOctets,
      Duration loginTimeout,
      Duration idleTimeout,
      int loginFailures,
      Duration failureDelay,
      int badCommands) {
    /** 8 KiB, 3 minutes, 10 minutes, 4 failures from 1 second on, 20 errors. */
    public static final Limits DEFAULT =
        new Limits(
            8 << 10, Duration.ofMinutes(3), Duration.ofMinutes(10), 4, Duration.ofSeconds(1), 20);
  }

  /** Default limits, no password in the clear. */
  public static Pop3Settings of(String hostname, Optional<TlsUpgrade> tls) {
    return new Pop3Settings(hostname, tls, false, Limits.DEFAULT);
  }
}

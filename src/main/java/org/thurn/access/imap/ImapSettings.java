package org.thurn.access.imap;

import java.time.Duration;
import java.util.Optional;
import org.thurn.net.TlsUpgrade;

/**
 * What an IMAP listener allows.
 *
 * @param hostname what the greeting calls us
 * @param tls what STARTTLS upgrades with; empty where it is not offered
 * @param plaintextAllowedOnLoopback whether passwords may pass without TLS if the peer is on this
 *     machine; else LOGINDISABLED
 * @param appendLimit octets of one message (RFC 7889)
 * @param limits what a client may cost us
 */
public record ImapSettings(
    String hostname,
    Optional<TlsUpgrade> tls,
    boolean plaintextAllowedOnLoopback,
    long appendLimit,
    Limits limits) {

  /**
   * What a client may cost us.
   *
   * @param commandOctets of one command with its literals, once authenticated
   * @param loginOctets of one before
   * @param loginTimeout how long a client may take to authenticate, all in all
   * @param idleTimeout how long it may be silent after that, or one command take; RFC 9051 §5.4
   *     demands 30 minutes at least
   * @param loginFailures after so many failed logins the connection ends
   * @param failureDelay how long the first failed login waits for its reply; doubled each time
   * @param badCommands after so many BAD replies the connection ends
   */
  public record Limits(
      int commandOctets,
      int loginOctets,
      Duration loginTimeout,
      Duration idleTimeout,
      int loginFailures,
      Duration failureDelay,
      int badCommands) {
    /** 64 KiB, 8 KiB, 3 minutes, 30 minutes, 4 failures from 1 second on, 20 errors. */
    public static final Limits DEFAULT =
        new Limits(
            64 << 10,
            8 << 10,
            Duration.ofMinutes(3),
            Duration.ofMinutes(30),
            4,
            Duration.ofSeconds(1),
            20);
  }

  /** Messages of 50 MiB, default limits, no password in the clear. */
  public static ImapSettings of(String hostname, Optional<TlsUpgrade> tls) {
    return new ImapSettings(hostname, tls, false, 50L << 20, Limits.DEFAULT);
  }
}

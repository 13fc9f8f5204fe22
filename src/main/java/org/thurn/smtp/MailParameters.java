package org.thurn.smtp;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The parameters of MAIL FROM, decoded.
 *
 * @param size octets that the client announces, RFC 1870
 * @param body RFC 6152, RFC 3030; 7BIT where it is not given
 * @param smtpUtf8 RFC 6531
 * @param requireTls RFC 8689 §3: TLS all the way, to servers that prove who they are
 * @param ret RFC 3461 §4.3
 * @param envid RFC 3461 §4.4, xtext decoded, at most 100 characters
 * @param auth RFC 4954 §5, xtext decoded; kept, never trusted
 */
public record MailParameters(
    OptionalLong size,
    BodyType body,
    boolean smtpUtf8,
    boolean requireTls,
    Optional<Ret> ret,
    Optional<String> envid,
    Optional<String> auth) {
  /** A bare MAIL FROM. */
  public static final MailParameters NONE =
      new MailParameters(
          OptionalLong.empty(),
          BodyType.SEVEN_BIT,
          false,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
}

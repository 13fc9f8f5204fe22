package org.thurn.smtp;

import java.util.List;
import java.util.Optional;

/**
 * A reply of RFC 5321 §4.2, with its enhanced status where it has one (RFC 2034).
 *
 * @param code three digits
 * @param status not repeated in the lines
 * @param lines the text, at least one line, without codes and CRLF
 */
public record Reply(int code, Optional<EnhancedStatus> status, List<String> lines) {
  public Reply {
    if (code < 200 || code > 599 || lines.isEmpty()) {
      throw new IllegalArgumentException("not a reply: " + code + " " + lines);
    }
    lines = List.copyOf(lines);
  }

  public static Reply of(int code, String status, String text) {
    return new Reply(code, Optional.of(EnhancedStatus.of(status)), List.of(text));
  }

  /** Without an enhanced status: greetings, 221 of HELO, 354, EHLO's lines. */
  public static Reply plain(int code, String... lines) {
    return new Reply(code, Optional.empty(), List.of(lines));
  }

  public boolean isPositive() {
    return code < 400;
  }

  public boolean isTransient() {
    return code >= 400 && code < 500;
  }

  public boolean isPermanent() {
    return code >= 500;
  }

  /** The status, or the general one of the code's class: {@code 5.0.0}. */
  public EnhancedStatus statusOrGeneral() {
    return status.orElseGet(() -> new EnhancedStatus(code < 400 ? 2 : code / 100, 0, 0));
  }

  /** One line for logs, traces and notifications: {@code 550 5.1.1 no such user}. */
  @Override
  public String toString() {
    return code + status.map(s -> " " + s).orElse("") + " " + String.join(" / ", lines);
  }
}

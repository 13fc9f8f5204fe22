package org.thurn.smtp;

import java.util.Optional;
import java.util.Set;

/**
 * The parameters of RCPT TO, decoded (RFC 3461 §4.1 and §4.2).
 *
 * @param notifyOn empty where it is not given
 * @param orcpt {@code addr-type;address}, xtext decoded, at most 500 characters
 */
public record RcptParameters(Set<Notify> notifyOn, Optional<String> orcpt) {
  /** A bare RCPT TO. */
  public static final RcptParameters NONE = new RcptParameters(Set.of(), Optional.empty());

  public RcptParameters {
    notifyOn = Set.copyOf(notifyOn);
  }
}

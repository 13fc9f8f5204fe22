package org.thurn.smtp.server;

/** Which dialogue a listener speaks. */
public enum Protocol {
  /** From other servers, port 25: no AUTH. */
  SMTP,
  /** From people's programs, RFC 6409: AUTH needed. */
  SUBMISSION,
  /** RFC 2033: LHLO, one reply a recipient after the message. */
  LMTP
}

package org.thurn.smtp;

/** MAIL's RET, RFC 3461 §4.3: how much of the message a failure notification returns. */
public enum Ret {
  FULL,
  HDRS
}

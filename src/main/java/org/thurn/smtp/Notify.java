package org.thurn.smtp;

/**
 * RCPT's NOTIFY, RFC 3461 §4.1; an empty set is the default: failure, and delay as the server
 * likes.
 */
public enum Notify {
  NEVER,
  SUCCESS,
  FAILURE,
  DELAY
}

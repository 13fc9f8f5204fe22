package org.thurn.sasl;

import org.thurn.name.Mailbox;

/**
 * One authentication exchange on the server's side (RFC 4422). Encoding (base64) is the protocol's.
 */
public interface SaslServer {
  /** What follows a client's response. */
  sealed interface Step {
    /** Send this challenge and come again with the response. */
    @SuppressWarnings("ArrayRecordComponent")
    record Challenge(byte[] data) implements Step {}

    /** Authenticated; the final data of SCRAM was sent as a challenge before. */
    record Success(Mailbox account) implements Step {}

    /** Refused. The reason is for the journey; peers all get the same words. */
    record Failure(String user, String reason) implements Step {}
  }

  /** The mechanism's IANA name. */
  String mechanism();

  /** Takes the client's next response; the initial response, or empty octets where it sent none. */
  Step respond(byte[] response);
}

package org.thurn.sasl;

/** One authentication exchange on the client's side (RFC 4422), as with a smarthost. */
public interface SaslClient {
  /** What follows a server's challenge. */
  sealed interface Step {
    /** Send this. */
    @SuppressWarnings("ArrayRecordComponent")
    record Response(byte[] data) implements Step {}

    /** The server broke the rules, or could not prove that it knows us: cancel. */
    record Failure(String reason) implements Step {}
  }

  /** The mechanism's IANA name. */
  String mechanism();

  /** The initial response. */
  byte[] initial();

  /** Takes the server's next challenge. */
  Step challenge(byte[] data);

  /**
   * Whether the server's word of success can be believed: with SCRAM it must have proved that it
   * knows the keys.
   */
  boolean complete();
}

package org.thurn.smtp.client;

import java.util.Optional;

/** The client's side of one authentication exchange (RFC 4422), base64 being the protocol's. */
public interface SaslClient {
  /** The mechanism's IANA name. */
  String mechanism();

  /** Who logs in, for the journey. */
  String user();

  /** The initial response, for mechanisms in which the client speaks first. */
  Optional<byte[]> initialResponse();

  /** The response to a challenge, or empty to cancel the exchange (RFC 4954 §4). */
  Optional<byte[]> respond(byte[] challenge);

  /** Whether the server has proven all that the mechanism lets it prove; asked after a 235. */
  default boolean satisfied() {
    return true;
  }
}

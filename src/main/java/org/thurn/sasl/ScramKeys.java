package org.thurn.sasl;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * What a server keeps for SCRAM-SHA-256 (RFC 5802 §3, RFC 7677): nothing that lets it log in
 * elsewhere.
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScramKeys(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
  /** What new keys are made with: RFC 7677 §4 asks for 4096 at least; the client pays for it. */
  public static final int ITERATIONS = 16_384;

  /** Octets of a new salt. */
  public static final int SALT_OCTETS = 16;

  /**
   * Derives the keys of a password, RFC 5802 §3.
   *
   * @param password already enforced by {@link OpaqueString}
   */
  public static ScramKeys derive(String password, byte[] salt, int iterations) {
    byte[] salted = ScramHash.hi(password, salt, iterations);
    byte[] clientKey = ScramHash.hmac(salted, "Client Key".getBytes(US_ASCII));
    byte[] serverKey = ScramHash.hmac(salted, "Server Key".getBytes(US_ASCII));
    return new ScramKeys(salt, iterations, ScramHash.h(clientKey), serverKey);
  }
}

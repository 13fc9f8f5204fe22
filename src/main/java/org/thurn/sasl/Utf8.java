package org.thurn.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a client sent, as text. */
final class Utf8 {
  /** A response longer than this is refused: names, passwords and nonces all fit. */
  static final int MAX_OCTETS = 4096;

  private Utf8() {}

  /** The text, or empty if it is too long or malformed: a replaced octet must not match. */
  static Optional<String> decode(byte[] octets) {
    if (octets.length > MAX_OCTETS) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}

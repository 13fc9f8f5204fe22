package org.thurn.tls.acme;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests of octets. */
final class Digests {
  private Digests() {}

  static byte[] sha256(byte[] octets) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(octets);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}

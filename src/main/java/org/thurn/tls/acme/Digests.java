package org.thurn.tls.acme;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests of octets. */
final class Digests {
  private Digests() {}

  static byte[] sha256(byte[] octets) {
    return digest("SHA-256", octets);
  }

  static byte[] sha512(byte[] octets) {
    return digest("SHA-512", octets);
  }

  private static byte[] digest(String name, byte[] octets) {
    try {
      return MessageDigest.getInstance(name).digest(octets);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + name, e);
    }
  }
}

package org.thurn.authentication.dkim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one hash of DKIM since RFC 8301. */
final class Sha256 {
  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** The hash of what was taken up to now; more may follow. */
  static byte[] soFar(MessageDigest digest) {
    return copy(digest).digest();
  }

  /** One that has taken the same. */
  static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e); // that of the platform can be cloned
    }
  }
}

package org.thurn.tls.acme;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;

/**
 * A key and when it was made.
 *
 * @param pair EC on P-256, which every client can check
 */
public record MadeKey(KeyPair pair, Instant made) {
  static MadeKey fresh(Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new MadeKey(generator.generateKeyPair(), now);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }
}

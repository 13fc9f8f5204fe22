package org.thurn.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.X509Certificate;

/** Whether a key is its certificate's: found out at the start, not by the first client. */
final class Belonging {
  private Belonging() {}

  static void check(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC", "ECDSA" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> throw new GeneralSecurityException("a key of type " + key.getAlgorithm());
        };
    byte[] probe = "which key is yours?".getBytes(StandardCharsets.US_ASCII);
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(probe);
    byte[] signed = signer.sign();
    if (!verifies(certificate, algorithm, probe, signed)) {
      throw new GeneralSecurityException("the key is not the certificate's");
    }
  }

  private static boolean verifies(
      X509Certificate certificate, String algorithm, byte[] probe, byte[] signed)
      throws GeneralSecurityException {
    try {
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(certificate.getPublicKey());
      verifier.update(probe);
      return verifier.verify(signed);
    } catch (SignatureException | InvalidKeyException e) {
      // of another kind or length altogether
      return false;
    }
  }
}

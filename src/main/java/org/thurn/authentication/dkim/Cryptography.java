package org.thurn.authentication.dkim;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Optional;

/**
 * Signs and verifies octets with the algorithms of DKIM. A provider that is given is used for what
 * it has, the platform for the rest.
 */
public final class Cryptography {
  private final Optional<Provider> provider;

  private Cryptography(Optional<Provider> provider) {
    this.provider = provider;
  }

  /** With what the platform has. */
  public static Cryptography platform() {
    return new Cryptography(Optional.empty());
  }

  /** With the provider, where it can. */
  public static Cryptography of(Provider provider) {
    return new Cryptography(Optional.of(provider));
  }

  /**
   * Whether the signature is of the data.
   *
   * @throws KeySyntaxException if the key cannot be used
   */
  public boolean verify(VerificationKey key, Algorithm algorithm, byte[] data, byte[] signature)
      throws KeySyntaxException {
    try {
      Signature operation = operation(algorithm);
      operation.initVerify(key.key());
      operation.update(signed(algorithm, data));
      return operation.verify(signature);
    } catch (InvalidKeyException e) {
      throw new KeySyntaxException("the key cannot be used: " + e.getMessage());
    } catch (SignatureException _) {
      return false; // such as one of another length than the key's
    }
  }

  /** Signs the data with a key that {@link #own} made ours. */
  byte[] sign(PrivateKey key, Algorithm algorithm, byte[] data) {
    try {
      Signature operation = operation(algorithm);
      operation.initSign(key);
      operation.update(signed(algorithm, data));
      return operation.sign();
    } catch (InvalidKeyException | SignatureException e) {
      throw new IllegalStateException("a key of ours does not sign", e);
    }
  }

  /** RFC 8463 §3: Ed25519 signs the hash of the data. */
  private static byte[] signed(Algorithm algorithm, byte[] data) {
    return algorithm == Algorithm.ED25519_SHA256 ? Sha256.digest().digest(data) : data;
  }

  /** The provider's own form of the key, so that it is not converted for each message. */
  PrivateKey own(PrivateKey key, Algorithm algorithm) {
    try {
      return (PrivateKey) keyFactory(algorithm).translateKey(key);
    } catch (InvalidKeyException _) {
      return key; // it will be converted each time
    }
  }

  PublicKey publicKey(Algorithm algorithm, KeySpec spec) throws InvalidKeySpecException {
    return keyFactory(algorithm).generatePublic(spec);
  }

  private Signature operation(Algorithm algorithm) {
    return get(
        p -> Signature.getInstance(algorithm.operation(), p),
        () -> Signature.getInstance(algorithm.operation()));
  }

  /** Of the provider that has the operation too: keys of one kind are not for all providers. */
  private KeyFactory keyFactory(Algorithm algorithm) {
    Provider chosen = operation(algorithm).getProvider();
    return get(
        _ -> KeyFactory.getInstance(algorithm.keyFactory(), chosen),
        () -> KeyFactory.getInstance(algorithm.keyFactory()));
  }

  private interface FromProvider<T> {
    T get(Provider provider) throws NoSuchAlgorithmException;
  }

  private interface FromPlatform<T> {
    T get() throws GeneralSecurityException;
  }

  private <T> T get(FromProvider<T> first, FromPlatform<T> second) {
    if (provider.isPresent()) {
      try {
        return first.get(provider.get());
      } catch (NoSuchAlgorithmException _) {
        // the platform has it
      }
    }
    try {
      return second.get();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java has RSA and Ed25519
    }
  }
}

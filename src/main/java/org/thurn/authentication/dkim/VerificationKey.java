package org.thurn.authentication.dkim;

import java.io.IOException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * A public key that is strong enough and not too costly to use.
 *
 * @param key for Java
 * @param bits its size: of the modulus, or 256
 */
public record VerificationKey(PublicKey key, int bits) {
  /** RFC 8301 §3.2: who uses less must not be believed. */
  public static final int MIN_RSA_BITS = 1_024;

  /** RFC 8301 §3.2: as much must be possible. The cost of a key grows with its square. */
  public static final int MAX_RSA_BITS = 4_096;

  /** Nobody needs more than 17, and a long one costs as much as signing does. */
  public static final int MAX_RSA_EXPONENT_BITS = 33;

  private static final int ED25519_OCTETS = 32;

  /**
   * Reads the key of a record.
   *
   * @throws KeySyntaxException if it is none, or not within the limits; nothing costly was done
   */
  public static VerificationKey of(DkimKeyRecord record, Algorithm algorithm, Cryptography with)
      throws KeySyntaxException {
    byte[] octets = Base64.getDecoder().decode(record.publicKey());
    if (octets.length == 0) {
      throw new KeySyntaxException(Cause.KEY_REVOKED, "p= is empty: the key was revoked");
    }
    try {
      return algorithm == Algorithm.ED25519_SHA256 ? ed25519(octets, with) : rsa(octets, with);
    } catch (InvalidKeySpecException _) {
      throw new KeySyntaxException("p= is no key of the kind " + algorithm.keyType());
    }
  }

  /** RFC 8463 §4.2: the 32 octets alone. */
  private static VerificationKey ed25519(byte[] octets, Cryptography with)
      throws KeySyntaxException, InvalidKeySpecException {
    if (octets.length != ED25519_OCTETS) {
      throw new KeySyntaxException("p= has " + octets.length + " octets; Ed25519 has 32");
    }
    AlgorithmIdentifier kind = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
    try {
      byte[] info = new SubjectPublicKeyInfo(kind, octets).getEncoded();
      X509EncodedKeySpec spec = new X509EncodedKeySpec(info);
      return new VerificationKey(with.publicKey(Algorithm.ED25519_SHA256, spec), 256);
    } catch (IOException e) {
      throw new IllegalStateException(e); // 32 octets can be encoded
    }
  }

  private static VerificationKey rsa(byte[] octets, Cryptography with)
      throws KeySyntaxException, InvalidKeySpecException {
    RSAPublicKey numbers = rsaNumbers(octets);
    BigInteger modulus = numbers.getModulus();
    BigInteger exponent = numbers.getPublicExponent();
    int bits = modulus.bitLength();
    if (bits > MAX_RSA_BITS) {
      String words =
          "an RSA key of " + bits + " bits is more than the " + MAX_RSA_BITS + " that are checked";
      throw new KeySyntaxException(Cause.OVERSIZED_KEY, words);
    }
    if (bits < MIN_RSA_BITS) {
      String words = "an RSA key of " + bits + " bits is too weak: " + MIN_RSA_BITS + " are needed";
      throw new KeySyntaxException(Cause.WEAK_KEY, words);
    }
    boolean odd = modulus.testBit(0) && exponent.testBit(0);
    boolean small = exponent.bitLength() <= MAX_RSA_EXPONENT_BITS;
    if (modulus.signum() < 0 || !odd || !small || exponent.compareTo(BigInteger.TWO) <= 0) {
      throw new KeySyntaxException("p= has numbers that make no RSA key");
    }
    RSAPublicKeySpec spec = new RSAPublicKeySpec(modulus, exponent);
    return new VerificationKey(with.publicKey(Algorithm.RSA_SHA256, spec), bits);
  }

  /** RFC 6376 §3.6.1 says RSAPublicKey, everybody writes the SubjectPublicKeyInfo around it. */
  private static RSAPublicKey rsaNumbers(byte[] octets) throws KeySyntaxException {
    try {
      ASN1Sequence sequence = ASN1Sequence.getInstance(ASN1Primitive.fromByteArray(octets));
      if (sequence.size() == 2 && sequence.getObjectAt(0) instanceof ASN1Sequence) {
        SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(sequence);
        return RSAPublicKey.getInstance(info.parsePublicKey());
      }
      return RSAPublicKey.getInstance(sequence);
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | ClassCastException _) {
      throw new KeySyntaxException("p= is no RSA key in DER");
    }
  }
}

package org.thurn.authentication.dkim;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** A private key that signs messages, and its public half. */
public final class DkimKey {
  /** RFC 8301 §3.2: what signers should have at least. */
  private static final int NEW_RSA_BITS = 2_048;

  /** RFC 1035 §3.3.14: the longest string of a TXT record. */
  private static final int MAX_STRING = 255;

  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private final Algorithm algorithm;
  private final PrivateKey privateKey;
  private final String publicKey;

  private DkimKey(Algorithm algorithm, PrivateKey privateKey, String publicKey) {
    this.algorithm = algorithm;
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** A new key: of RSA one with 2048 bits. */
  public static DkimKey generate(Algorithm algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.keyFactory());
      if (algorithm != Algorithm.ED25519_SHA256) {
        generator.initialize(NEW_RSA_BITS);
      }
      return of(generator.generateKeyPair().getPrivate());
    } catch (GeneralSecurityException | KeySyntaxException e) {
      throw new IllegalStateException(e); // every Java makes both
    }
  }

  /**
   * Reads a key in PEM, of PKCS #8 or, as older programs write it, PKCS #1.
   *
   * @throws KeySyntaxException if it is none, or none that may sign
   */
  public static DkimKey fromPem(String pem) throws KeySyntaxException {
    try (PemReader reader = new PemReader(new StringReader(pem))) {
      PemObject object = reader.readPemObject();
      if (object == null) {
        throw new KeySyntaxException("there is no key in PEM");
      }
      PrivateKeyInfo info =
          switch (object.getType()) {
            case "PRIVATE KEY" -> PrivateKeyInfo.getInstance(object.getContent());
            case "RSA PRIVATE KEY" ->
                new PrivateKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    org.bouncycastle.asn1.pkcs.RSAPrivateKey.getInstance(object.getContent()));
            default ->
                throw new KeySyntaxException("the PEM holds no private key without password");
          };
      boolean rsa =
          info.getPrivateKeyAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption);
      KeyFactory factory = KeyFactory.getInstance(rsa ? "RSA" : "Ed25519");
      return of(factory.generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded())));
    } catch (IOException | GeneralSecurityException | IllegalArgumentException _) {
      throw new KeySyntaxException("the key cannot be read: RSA or Ed25519 in PKCS #8 is wanted");
    }
  }

  private static DkimKey of(PrivateKey key) throws KeySyntaxException {
    return switch (key) {
      case RSAPrivateCrtKey rsa -> {
        int bits = rsa.getModulus().bitLength();
        if (bits < VerificationKey.MIN_RSA_BITS || bits > VerificationKey.MAX_RSA_BITS) {
          throw new KeySyntaxException("an RSA key of " + bits + " bits is not for signing");
        }
        yield new DkimKey(Algorithm.RSA_SHA256, key, spki(rsa));
      }
      case EdECPrivateKey ed -> {
        byte[] seed =
            ed.getBytes().orElseThrow(() -> new KeySyntaxException("the key keeps to itself"));
        if (seed.length != Ed25519PrivateKeyParameters.KEY_SIZE) {
          throw new KeySyntaxException("of the Edwards curves only Ed25519 signs mail");
        }
        byte[] half = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
        yield new DkimKey(Algorithm.ED25519_SHA256, key, Base64.getEncoder().encodeToString(half));
      }
      default -> throw new KeySyntaxException("the key is neither RSA nor Ed25519");
    };
  }

  private static String spki(RSAPrivateCrtKey key) {
    try {
      SubjectPublicKeyInfo info =
          new SubjectPublicKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
              new RSAPublicKey(key.getModulus(), key.getPublicExponent()));
      return Base64.getEncoder().encodeToString(info.getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException(e); // two numbers can be encoded
    }
  }

  /** The same key in the form that these operations like best. */
  public DkimKey translated(Cryptography cryptography) {
    return new DkimKey(algorithm, cryptography.own(privateKey, algorithm), publicKey);
  }

  byte[] sign(byte[] data, Cryptography cryptography) {
    return cryptography.sign(privateKey, algorithm, data);
  }

  public Algorithm algorithm() {
    return algorithm;
  }

  /** The private key in PEM, PKCS #8: whoever has it can sign. */
  public String toPem() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + LINES.encodeToString(privateKey.getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  /** What the DNS is to have, with these flags ({@code y}, {@code s}). */
  public DkimKeyRecord record(Set<String> flags) {
    return DkimKeyRecord.of(algorithm.keyType(), publicKey, flags);
  }

  /** A record's text in the strings of a TXT record, none longer than it may be. */
  public static List<String> strings(DkimKeyRecord record) {
    String text = record.toString();
    List<String> strings = new ArrayList<>();
    for (int at = 0; at < text.length(); at += MAX_STRING) {
      strings.add(text.substring(at, Math.min(text.length(), at + MAX_STRING)));
    }
    return strings;
  }

  /** Tells nothing of the private half. */
  @Override
  public String toString() {
    return algorithm.word() + " key " + publicKey;
  }
}

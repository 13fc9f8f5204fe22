package org.thurn.dns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.TSIG;

/** A secret that two parties share to sign DNS messages between them: RFC 8945. */
public final class TsigKey {
  /** RFC 8945 §8 wants as much as the hash gives; no tool makes less than 128 bits. */
  private static final int MIN_SECRET = 16;

  private static final int MAX_SECRET_FILE = 4_096;

  /** The algorithms of RFC 8945 §6 that may be used. */
  public enum Algorithm {
    HMAC_SHA224("hmac-sha224"),
    HMAC_SHA256("hmac-sha256"),
    HMAC_SHA384("hmac-sha384"),
    HMAC_SHA512("hmac-sha512");

    private final String word;

    Algorithm(String word) {
      this.word = word;
    }

    /** As configuration files have it. */
    public String word() {
      return word;
    }

    private Name wire() {
      return switch (this) {
        case HMAC_SHA224 -> TSIG.HMAC_SHA224;
        case HMAC_SHA256 -> TSIG.HMAC_SHA256;
        case HMAC_SHA384 -> TSIG.HMAC_SHA384;
        case HMAC_SHA512 -> TSIG.HMAC_SHA512;
      };
    }

    public static Optional<Algorithm> of(String word) {
      return Arrays.stream(values()).filter(a -> a.word.equals(word)).findFirst();
    }
  }

  private final DnsName name;
  private final Name wire;
  private final Algorithm algorithm;
  private final byte[] secret;

  /**
   * A key.
   *
   * @throws IllegalArgumentException if the name is none, or the secret is too short
   */
  public TsigKey(DnsName name, Algorithm algorithm, byte[] secret) {
    this.name = name;
    this.wire =
        WireNames.toWire(name).orElseThrow(() -> new IllegalArgumentException("no name: " + name));
    this.algorithm = algorithm;
    this.secret = secret.clone();
    if (secret.length < MIN_SECRET) {
      throw new IllegalArgumentException("a secret has at least " + MIN_SECRET + " octets");
    }
  }

  /**
   * Reads the secret from a file that holds it in Base64 and nothing else.
   *
   * @throws IOException if the file cannot be read, or holds no secret
   */
  public static TsigKey read(DnsName name, Algorithm algorithm, Path file) throws IOException {
    if (Files.size(file) > MAX_SECRET_FILE) {
      throw new IOException(file + " is too long for a secret");
    }
    try {
      return new TsigKey(
          name, algorithm, Base64.getDecoder().decode(Files.readString(file).strip()));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " holds no secret in Base64: " + e.getMessage());
    }
  }

  public DnsName name() {
    return name;
  }

  Name wireName() {
    return wire;
  }

  Name wireAlgorithm() {
    return algorithm.wire();
  }

  /** A new one for each exchange: its state is not for two threads. */
  TSIG tsig() {
    return new TSIG(algorithm.wire(), wire, secret);
  }

  /** Tells nothing of the secret. */
  @Override
  public String toString() {
    return algorithm.word + " key " + name;
  }
}

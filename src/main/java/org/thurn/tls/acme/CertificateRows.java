package org.thurn.tls.acme;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.name.Domain;
import org.thurn.store.Partition;
import org.thurn.tls.CertifiedKey;

/**
 * The rows of certificates: {@code c/NAME} what is kept for a name, {@code a/DIRECTORY} the key of
 * the account with an authority. Each begins with the version of its form. Times are in seconds.
 */
final class CertificateRows {
  static final String KIND = "certificates";
  static final Partition PARTITION = new Partition(KIND, "all");
  static final byte[] NAMES = {'c', '/'};
  static final byte[] NAMES_END = {'c', '0'};

  private static final int VERSION = 1;

  /** More than any part of a row can have. */
  private static final int MAX_PART = 1 << 20;

  private CertificateRows() {}

  static byte[] key(Domain name) {
    return ("c/" + name.ascii()).getBytes(UTF_8);
  }

  static byte[] accountKey(URI directory) {
    return ("a/" + directory).getBytes(UTF_8);
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private interface Reading<T> {
    T from(DataInputStream in) throws IOException, GeneralSecurityException;
  }

  private static byte[] write(Writing content) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(octets)) {
      out.writeByte(VERSION);
      content.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory takes all there is
    }
    return octets.toByteArray();
  }

  private static <T> T read(byte[] row, Reading<T> content) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IllegalStateException("a row of certificates of version " + version);
      }
      return content.from(in);
    } catch (IOException e) {
      throw new UncheckedIOException("a row of certificates that ends too early", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a row with a bad key or certificate: " + e.getMessage(), e);
    }
  }

  static byte[] writeAccount(MadeKey key) {
    return write(out -> key(out, key));
  }

  /**
   * Reads what {@link #writeAccount} wrote.
   *
   * @throws RuntimeException on anything else: our rows hold nothing else
   */
  static MadeKey readAccount(byte[] row) {
    return read(row, CertificateRows::key);
  }

  static byte[] write(HeldCertificate held) {
    return write(
        out -> {
          out.writeUTF(held.name().ascii());
          key(out, held.key());
          optional(out, held.shown(), CertificateRows::chain);
          optional(out, held.waiting(), CertificateRows::chain);
          optional(out, held.next(), CertificateRows::key);
          optional(out, held.nextFrom(), CertificateRows::time);
          optional(out, held.renewAt(), CertificateRows::time);
          optional(out, held.trouble(), CertificateRows::trouble);
        });
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws RuntimeException on anything else: our rows hold nothing else
   */
  static HeldCertificate read(byte[] row) {
    return read(
        row,
        in ->
            new HeldCertificate(
                Domain.of(in.readUTF()),
                key(in),
                optional(in, CertificateRows::chain),
                optional(in, CertificateRows::chain),
                optional(in, CertificateRows::key),
                optional(in, CertificateRows::time),
                optional(in, CertificateRows::time),
                optional(in, CertificateRows::trouble)));
  }

  private interface Part<T> {
    void write(DataOutputStream out, T value) throws IOException;
  }

  private static <T> void optional(DataOutputStream out, Optional<T> value, Part<T> part)
      throws IOException {
    out.writeBoolean(value.isPresent());
    if (value.isPresent()) {
      part.write(out, value.get());
    }
  }

  private static <T> Optional<T> optional(DataInputStream in, Reading<T> part)
      throws IOException, GeneralSecurityException {
    return in.readBoolean() ? Optional.of(part.from(in)) : Optional.empty();
  }

  private static void octets(DataOutputStream out, byte[] octets) throws IOException {
    out.writeInt(octets.length);
    out.write(octets);
  }

  private static byte[] octets(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MAX_PART) {
      throw new IOException("a part of " + length + " octets");
    }
    byte[] octets = new byte[length];
    in.readFully(octets);
    return octets;
  }

  private static void key(DataOutputStream out, MadeKey key) throws IOException {
    out.writeUTF(key.pair().getPrivate().getAlgorithm());
    octets(out, key.pair().getPrivate().getEncoded());
    octets(out, key.pair().getPublic().getEncoded());
    time(out, key.made());
  }

  private static MadeKey key(DataInputStream in) throws IOException, GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance(in.readUTF());
    PKCS8EncodedKeySpec secret = new PKCS8EncodedKeySpec(octets(in));
    X509EncodedKeySpec open = new X509EncodedKeySpec(octets(in));
    return new MadeKey(
        new KeyPair(factory.generatePublic(open), factory.generatePrivate(secret)), time(in));
  }

  private static void chain(DataOutputStream out, CertifiedKey chain) throws IOException {
    out.writeUTF(chain.key().getAlgorithm());
    octets(out, chain.key().getEncoded());
    out.writeInt(chain.chain().size());
    for (X509Certificate certificate : chain.chain()) {
      try {
        octets(out, certificate.getEncoded());
      } catch (CertificateEncodingException e) {
        throw new IOException("a certificate without an encoding", e); // it was read from one
      }
    }
  }

  private static CertifiedKey chain(DataInputStream in)
      throws IOException, GeneralSecurityException {
    KeyFactory keys = KeyFactory.getInstance(in.readUTF());
    PKCS8EncodedKeySpec secret = new PKCS8EncodedKeySpec(octets(in));
    CertificateFactory certificates = CertificateFactory.getInstance("X.509");
    List<X509Certificate> chain = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      chain.add(
          (X509Certificate) certificates.generateCertificate(new ByteArrayInputStream(octets(in))));
    }
    if (chain.isEmpty()) {
      throw new IOException("a chain without certificates");
    }
    return CertifiedKey.of(chain, keys.generatePrivate(secret));
  }

  private static void time(DataOutputStream out, Instant time) throws IOException {
    out.writeLong(time.getEpochSecond());
  }

  private static Instant time(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong());
  }

  private static void trouble(DataOutputStream out, HeldCertificate.Trouble trouble)
      throws IOException {
    out.writeUTF(trouble.reason());
    out.writeInt(trouble.failures());
    time(out, trouble.again());
  }

  private static HeldCertificate.Trouble trouble(DataInputStream in) throws IOException {
    return new HeldCertificate.Trouble(in.readUTF(), in.readInt(), time(in));
  }
}

package org.thurn.dns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The one key that signs a zone, ECDSA P-256 with SHA-256 (RFC 6605): a combined signing key, which
 * its parent's DS names and which signs every set.
 */
record ZoneKey(DNSKEYRecord dnskey, PrivateKey secret) {
  static final long TTL = 3600;

  private static final int ZONE_KEY_AND_ENTRY_POINT = 257;

  static ZoneKey generate(Name zone) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      DNSKEYRecord dnskey =
          new DNSKEYRecord(
              zone,
              DClass.IN,
              TTL,
              ZONE_KEY_AND_ENTRY_POINT,
              DNSKEYRecord.Protocol.DNSSEC,
              DNSSEC.Algorithm.ECDSAP256SHA256,
              pair.getPublic());
      return new ZoneKey(dnskey, pair.getPrivate());
    } catch (GeneralSecurityException | DNSSEC.DNSSECException e) {
      throw new IllegalStateException("this machine has no ECDSA P-256", e);
    }
  }

  /** The key that the directory holds for the zone, or a new one that it holds from now on. */
  static ZoneKey inDirectory(Path directory, Name zone) throws IOException {
    String stem = zone.equals(Name.root) ? "root" : zone.toString(true);
    stem = stem.replaceAll("[^A-Za-z0-9._-]", "_");
    Path open = directory.resolve(stem + ".key");
    Path secret = directory.resolve(stem + ".private");
    if (Files.exists(open) && Files.exists(secret)) {
      return load(zone, open, secret);
    }
    ZoneKey key = generate(zone);
    Files.createDirectories(directory);
    String encoded = Base64.getEncoder().encodeToString(key.secret.getEncoded());
    // The public half comes last: a key that broke off half-way is made anew.
    write(secret, encoded + "\n");
    write(open, key.dnskey + "\n");
    return key;
  }

  /** What the parent zone says of this key (RFC 4509). */
  DSRecord ds(long ttl) {
    return new DSRecord(dnskey.getName(), DClass.IN, ttl, DNSSEC.Digest.SHA256, dnskey);
  }

  private static ZoneKey load(Name zone, Path open, Path secret) throws IOException {
    String[] fields = Files.readString(open).strip().split("\\s+", 5);
    if (fields.length < 5) {
      throw new IOException(open + " is no DNSKEY record");
    }
    Record record = Record.fromString(zone, Type.DNSKEY, DClass.IN, TTL, fields[4], Name.root);
    try {
      byte[] encoded = Base64.getDecoder().decode(Files.readString(secret).strip());
      PrivateKey key =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return new ZoneKey((DNSKEYRecord) record, key);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(secret + " is no private key of " + zone, e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(fresh, text.getBytes(StandardCharsets.US_ASCII));
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}

package org.thurn.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A certificate authority for one test: EC P-256 keys, valid from yesterday for a month. */
public final class TestCertificates {
  private static final X500Name ISSUER = new X500Name("CN=Thurn test CA");

  private final KeyPair caKeys = ecKeys();
  private final X509Certificate ca;
  private long serial = 1;

  public TestCertificates() {
    ca = certificate(ISSUER, caKeys, ISSUER, caKeys, true, List.of(), Duration.ofDays(30));
  }

  /** A certificate with its key. */
  public record Issued(X509Certificate certificate, KeyPair keys, X509Certificate issuer) {
    /** The chain, own certificate first, as PEM. */
    public String chainPem() {
      return pem(certificate) + pem(issuer);
    }

    /** The key as PKCS#8 PEM, {@code BEGIN PRIVATE KEY}. */
    public String keyPem() {
      try {
        return pem(new JcaPKCS8Generator(keys.getPrivate(), null));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The key in its own form: {@code BEGIN EC PRIVATE KEY} or {@code BEGIN RSA PRIVATE KEY}. */
    public String traditionalKeyPem() {
      if (!(keys.getPrivate() instanceof ECPrivateKey key)) {
        return pem(keys.getPrivate());
      }
      try {
        // RFC 5915 with the curve's name inside, as openssl writes it
        return pem(
            new PemObject(
                "EC PRIVATE KEY",
                new org.bouncycastle.asn1.sec.ECPrivateKey(
                        256, key.getS(), SECObjectIdentifiers.secp256r1)
                    .getEncoded()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Writes {@code cert.pem} and {@code key.pem} into a folder. */
    public void writeTo(Path folder) throws IOException {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("cert.pem"), chainPem());
      Files.writeString(folder.resolve("key.pem"), keyPem());
    }
  }

  public X509Certificate authority() {
    return ca;
  }

  public String authorityPem() {
    return pem(ca);
  }

  /** Writes the authority's certificate as PEM, for clients that ask for a CA file. */
  public Path writeAuthority(Path file) throws IOException {
    return Files.writeString(file, authorityPem());
  }

  /** An EC certificate for these DNS names; the first is the subject's common name too. */
  public Issued issue(String... dnsNames) {
    return issue(Duration.ofDays(30), dnsNames);
  }

  /** One that lasts so long from now on. */
  public Issued issue(Duration validFor, String... dnsNames) {
    return issue(ecKeys(), validFor, dnsNames);
  }

  /** An RSA certificate of 2048 bits. */
  public Issued issueRsa(String... dnsNames) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return issue(generator.generateKeyPair(), Duration.ofDays(30), dnsNames);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One whose time is over. */
  public Issued issueExpired(String... dnsNames) {
    return issue(Duration.ofHours(-1), dnsNames);
  }

  private Issued issue(KeyPair keys, Duration validFor, String... dnsNames) {
    X500Name subject = new X500Name("CN=" + dnsNames[0]);
    return new Issued(
        certificate(subject, keys, ISSUER, caKeys, false, List.of(dnsNames), validFor), keys, ca);
  }

  private X509Certificate certificate(
      X500Name subject,
      KeyPair keys,
      X500Name issuer,
      KeyPair signer,
      boolean authority,
      List<String> dnsNames,
      Duration validFor) {
    try {
      Instant now = Instant.now();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              BigInteger.valueOf(serial++).add(new BigInteger(64, new SecureRandom()).shiftLeft(8)),
              Date.from(now.minus(Duration.ofDays(1))),
              Date.from(now.plus(validFor)),
              subject,
              keys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (!dnsNames.isEmpty()) {
        List<GeneralName> names = new ArrayList<>();
        dnsNames.forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)));
      }
      ContentSigner contentSigner =
          new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(contentSigner));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair ecKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}

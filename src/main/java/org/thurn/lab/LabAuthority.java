package org.thurn.lab;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.thurn.name.Domain;
import org.thurn.time.Time;

/**
 * The certificate authority of the lab: one root, kept with the state, and a certificate a domain.
 */
final class LabAuthority {
  private static final Duration LIFE = Duration.ofDays(3650);
  private static final String SUBJECT = "CN=Thurn lab authority,O=Thurn lab";

  private final Path folder;
  private final Time time;
  private final PrivateKey key;
  private final X509Certificate certificate;

  private LabAuthority(Path folder, Time time, PrivateKey key, X509Certificate certificate) {
    this.folder = folder;
    this.time = time;
    this.key = key;
    this.certificate = certificate;
  }

  /** Opens the authority in {@code folder}, making it at the first start. */
  static LabAuthority open(Path folder, Time time) throws IOException {
    Files.createDirectories(folder);
    Path keyFile = folder.resolve("ca.key");
    Path file = folder.resolve("ca.pem");
    try {
      if (Files.exists(keyFile) && Files.exists(file)) {
        return new LabAuthority(folder, time, readKey(keyFile), readCertificate(file));
      }
      KeyPair key = newKey();
      X509Certificate root = selfSigned(key, time.now());
      writeSecret(keyFile, pem(key.getPrivate()));
      Files.writeString(file, pem(root));
      return new LabAuthority(folder, time, key.getPrivate(), root);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("the lab's certificate authority cannot be made", e);
    }
  }

  /** The root certificate in PEM: what clients of the lab trust. */
  Path file() {
    return folder.resolve("ca.pem");
  }

  /** A server's certificate chain and key in PEM, and its certificate. */
  record Issued(Path chain, Path key, X509Certificate certificate) {}

  /** The certificate for a host, valid for the names and the address; made at the first start. */
  Issued issue(Domain host, List<Domain> names, InetAddress address) throws IOException {
    Path chain = folder.resolve(host.ascii() + ".pem");
    Path keyFile = folder.resolve(host.ascii() + ".key");
    try {
      if (!Files.exists(chain) || !Files.exists(keyFile)) {
        KeyPair own = newKey();
        X509Certificate issued = sign(own, host, names, address);
        writeSecret(keyFile, pem(own.getPrivate()));
        Files.writeString(chain, pem(issued) + pem(certificate));
      }
      return new Issued(chain, keyFile, readCertificate(chain));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("no certificate can be issued for " + host, e);
    }
  }

  private X509Certificate sign(KeyPair own, Domain host, List<Domain> names, InetAddress address)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    Instant now = time.now();
    List<GeneralName> alternatives = new ArrayList<>();
    names.forEach(name -> alternatives.add(new GeneralName(GeneralName.dNSName, name.ascii())));
    alternatives.add(new GeneralName(GeneralName.iPAddress, address.getHostAddress()));
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(SUBJECT),
            serial(),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(LIFE)),
            new X500Name("CN=" + host.ascii()),
            SubjectPublicKeyInfo.getInstance(own.getPublic().getEncoded()));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(alternatives.toArray(GeneralName[]::new)));
    return certificate(builder, key);
  }

  private static X509Certificate selfSigned(KeyPair key, Instant now)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    X500Name subject = new X500Name(SUBJECT);
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            serial(),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(LIFE)),
            subject,
            SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    return certificate(builder, key.getPrivate());
  }

  private static X509Certificate certificate(X509v3CertificateBuilder builder, PrivateKey signer)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
  }

  private static BigInteger serial() {
    return new BigInteger(120, new SecureRandom());
  }

  private static KeyPair newKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(
          object instanceof PrivateKey secret ? new JcaPKCS8Generator(secret, null) : object);
    }
    return text.toString();
  }

  private static void writeSecret(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, text);
  }

  private static PrivateKey readKey(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file);
        PEMParser parser = new PEMParser(reader)) {
      return new JcaPEMKeyConverter()
          .getPrivateKey(PrivateKeyInfo.getInstance(parser.readObject()));
    }
  }

  private static X509Certificate readCertificate(Path file)
      throws IOException, GeneralSecurityException {
    try (Reader reader = Files.newBufferedReader(file);
        PEMParser parser = new PEMParser(reader)) {
      return new JcaX509CertificateConverter()
          .getCertificate((X509CertificateHolder) parser.readObject());
    }
  }
}

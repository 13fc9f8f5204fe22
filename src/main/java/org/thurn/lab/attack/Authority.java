package org.thurn.lab.attack;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.thurn.name.Domain;
import org.thurn.tls.TlsServer;

/** An authority that lives as long as the range, and issues whatever it is asked for. */
final class Authority {
  private static final Duration AGE = Duration.ofDays(2);
  private static final Duration LIFE = Duration.ofDays(30);

  private final Path folder;
  private final X500Name subject;
  private final KeyPair keys;
  private final X509Certificate certificate;
  private final Instant now;
  private int issued;

  /** Draws its key; its own certificate goes into {@code ca.pem} of the folder. */
  Authority(Path folder, String name, Instant now) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.subject = new X500Name("CN=" + name);
    this.keys = newKeys();
    this.now = now;
    this.certificate = sign(subject, keys, List.of(), now.plus(LIFE));
    Files.writeString(file(), pem(certificate));
  }

  /** What those trust who trust it. */
  Path file() {
    return folder.resolve("ca.pem");
  }

  /** The server's side with a new key and a certificate for these names. */
  TlsServer issue(Domain... names) throws IOException {
    return issue(now.plus(LIFE), names);
  }

  /** The same, with a certificate whose time ended yesterday. */
  TlsServer issueExpired(Domain... names) throws IOException {
    return issue(now.minus(Duration.ofDays(1)), names);
  }

  private TlsServer issue(Instant until, Domain... names) throws IOException {
    issued++;
    KeyPair own = newKeys();
    X509Certificate leaf = sign(new X500Name("CN=" + names[0].ascii()), own, List.of(names), until);
    Path chain = folder.resolve(issued + ".pem");
    Path key = folder.resolve(issued + ".key");
    Files.writeString(chain, pem(leaf) + pem(certificate));
    Files.writeString(key, pem(new JcaPKCS8Generator(own.getPrivate(), null)));
    return new TlsServer(chain, key);
  }

  private X509Certificate sign(X500Name whose, KeyPair own, List<Domain> names, Instant until)
      throws IOException {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              subject,
              new BigInteger(120, new SecureRandom()),
              Date.from(now.minus(AGE)),
              Date.from(until),
              whose,
              own.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(names.isEmpty()));
      if (!names.isEmpty()) {
        GeneralName[] all =
            names.stream()
                .map(name -> new GeneralName(GeneralName.dNSName, name.ascii()))
                .toArray(GeneralName[]::new);
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IOException("no certificate can be made", e);
    }
  }

  private static KeyPair newKeys() throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IOException("no key can be made", e);
    }
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}

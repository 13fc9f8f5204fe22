package org.thurn.tls.dane;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate with its key, which may issue others: authorities as careless as one likes. */
record Issued(String name, KeyPair keys, X509Certificate certificate) {
  static final Instant NOW = Instant.now();

  /** What stands in a certificate beside names and key. */
  record Form(Instant from, Instant until, List<Ext> extensions) {
    static final Form SERVER = of(new Ext(Extension.basicConstraints, new BasicConstraints(false)));
    static final Form AUTHORITY = authority(new BasicConstraints(true));

    record Ext(
        org.bouncycastle.asn1.ASN1ObjectIdentifier type,
        org.bouncycastle.asn1.ASN1Encodable value) {}

    private static Form of(Ext... extensions) {
      return new Form(
          NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(30)), Arrays.asList(extensions));
    }

    private static Form authority(BasicConstraints constraints) {
      return of(new Ext(Extension.basicConstraints, constraints));
    }

    static Form authority(int pathLength) {
      return authority(new BasicConstraints(pathLength));
    }

    Form usage(int bits) {
      return with(new Ext(Extension.keyUsage, new KeyUsage(bits)));
    }

    Form purpose(KeyPurposeId purpose) {
      return with(new Ext(Extension.extendedKeyUsage, new ExtendedKeyUsage(purpose)));
    }

    Form names(String... names) {
      GeneralName[] all =
          Arrays.stream(names)
              .map(name -> new GeneralName(GeneralName.dNSName, name))
              .toArray(GeneralName[]::new);
      return with(new Ext(Extension.subjectAlternativeName, new GeneralNames(all)));
    }

    private Form with(Ext extension) {
      List<Ext> more = new ArrayList<>(extensions);
      more.add(extension);
      return new Form(from, until, more);
    }

    Form expired() {
      return new Form(from, NOW.minus(Duration.ofHours(1)), extensions);
    }

    Form ofTomorrow() {
      return new Form(NOW.plus(Duration.ofDays(1)), until, extensions);
    }
  }

  static Issued root(String name, Form form) {
    KeyPair keys = newKeys();
    return new Issued(name, keys, certificate(name, keys, name, keys, form));
  }

  /** Issues one with a new key. */
  Issued issue(String subject, Form form) {
    return issue(subject, newKeys(), form);
  }

  Issued issue(String subject, KeyPair key, Form form) {
    return new Issued(subject, key, certificate(subject, key, name, keys, form));
  }

  /** The certificates of these, in their order. */
  static List<X509Certificate> chain(Issued... issued) {
    return Arrays.stream(issued).map(Issued::certificate).toList();
  }

  static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate certificate(
      String subject, KeyPair keys, String issuer, KeyPair signer, Form form) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Name("CN=" + issuer),
              new BigInteger(100, new SecureRandom()),
              Date.from(form.from()),
              Date.from(form.until()),
              new X500Name("CN=" + subject),
              keys.getPublic());
      for (Form.Ext extension : form.extensions()) {
        builder.addExtension(extension.type(), false, extension.value());
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}

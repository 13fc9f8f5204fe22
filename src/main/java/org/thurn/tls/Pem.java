package org.thurn.tls;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Reads the files that certificate authorities and openssl write (RFC 7468). */
final class Pem {
  private Pem() {}

  /** All certificates of a file, in its order. */
  static List<X509Certificate> certificates(Path file) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Object object : objects(file)) {
      if (object instanceof X509CertificateHolder holder) {
        try {
          certificates.add(new JcaX509CertificateConverter().getCertificate(holder));
        } catch (CertificateException e) {
          throw new IOException(file + ": a certificate cannot be read: " + e.getMessage(), e);
        }
      }
    }
    if (certificates.isEmpty()) {
      throw new IOException(file + ": no certificate in it (BEGIN CERTIFICATE)");
    }
    return certificates;
  }

  /** The first private key: PKCS#8, or an RSA or EC key in its traditional form. */
  static PrivateKey privateKey(Path file) throws IOException {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    for (Object object : objects(file)) {
      try {
        if (object instanceof PrivateKeyInfo info) {
          return converter.getPrivateKey(info);
        }
        if (object instanceof PEMKeyPair pair) {
          return converter.getPrivateKey(pair.getPrivateKeyInfo());
        }
      } catch (PEMException e) {
        throw new IOException(file + ": the private key cannot be read: " + e.getMessage(), e);
      }
    }
    throw new IOException(file + ": no private key without a password in it (BEGIN PRIVATE KEY)");
  }

  private static List<Object> objects(Path file) throws IOException {
    List<Object> objects = new ArrayList<>();
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
        PEMParser parser = new PEMParser(text)) {
      Object object = parser.readObject();
      while (object != null) {
        objects.add(object);
        object = parser.readObject();
      }
    } catch (PEMException e) {
      throw new IOException(file + ": not PEM: " + e.getMessage(), e);
    }
    return objects;
  }
}

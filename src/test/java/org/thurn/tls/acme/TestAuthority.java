package org.thurn.tls.acme;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.thurn.name.Domain;
import org.thurn.time.Time;

/** An authority that issues for ninety days, fails and lies as a test wants. */
final class TestAuthority implements CertificateAuthority {
  static final Duration LIFE = Duration.ofDays(90);

  /** What it does with the chain that it would send. */
  interface Lie {
    List<X509Certificate> of(List<X509Certificate> chain) throws Exception;
  }

  private final Time time;
  private final KeyPair keys = MadeKey.fresh(Instant.EPOCH).pair();
  private final X509Certificate root;
  private long serial = 1;

  final List<PublicKey> asked = new ArrayList<>();
  Optional<AuthorityException> failure = Optional.empty();
  Optional<Window> window = Optional.empty();
  Lie lie = chain -> chain;

  TestAuthority(Time time) throws Exception {
    this.time = time;
    this.root = certificate("CN=root", keys.getPublic(), List.of(), Duration.ofDays(3_650));
  }

  @Override
  public List<X509Certificate> issue(Domain name, KeyPair key, Optional<X509Certificate> replaces)
      throws AuthorityException {
    asked.add(key.getPublic());
    if (failure.isPresent()) {
      throw failure.get();
    }
    try {
      return lie.of(List.of(leaf(name.ascii(), key.getPublic(), LIFE), root));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  X509Certificate root() {
    return root;
  }

  /** Another authority, which issued nothing here. */
  X509Certificate stranger() throws Exception {
    return certificate("CN=stranger", keys.getPublic(), List.of(), LIFE.multipliedBy(9));
  }

  /** A certificate of more octets than any client takes. */
  X509Certificate large(String name, PublicKey key) throws Exception {
    List<String> names = new ArrayList<>(List.of(name));
    for (int i = 0; i < 2_000; i++) {
      names.add("host-number-%05d.of-a-very-large-domain.example".formatted(i));
    }
    return certificate("CN=leaf", key, names, LIFE);
  }

  X509Certificate leaf(String name, PublicKey key, Duration life) throws Exception {
    return certificate("CN=leaf", key, List.of(name), life);
  }

  private X509Certificate certificate(
      String subject, PublicKey key, List<String> names, Duration life) throws Exception {
    Instant now = time.now();
    Instant from = now.minus(life.isNegative() ? LIFE : Duration.ZERO);
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new X500Name("CN=root"),
            BigInteger.valueOf(serial++),
            Date.from(from),
            Date.from(now.plus(life)),
            new X500Name(subject),
            key);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(names.isEmpty()));
    if (!names.isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              names.stream()
                  .map(name -> new GeneralName(GeneralName.dNSName, name))
                  .toArray(GeneralName[]::new)));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  @Override
  public Optional<Window> renewal(X509Certificate certificate) {
    return window;
  }
}

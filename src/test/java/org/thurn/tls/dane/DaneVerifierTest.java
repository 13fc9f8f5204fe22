package org.thurn.tls.dane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thurn.tls.dane.Issued.Form.AUTHORITY;
import static org.thurn.tls.dane.Issued.Form.SERVER;
import static org.thurn.tls.dane.Issued.chain;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData.Tlsa;

@Timeout(60)
class DaneVerifierTest {
  private static final String HOST = "mx.example";
  private static final Set<DnsName> NAMES = Set.of(new DnsName(HOST));

  private static final Issued ROOT = Issued.root("root", AUTHORITY);
  private static final Issued MIDDLE = ROOT.issue("middle", AUTHORITY);
  private static final Issued OWN = MIDDLE.issue("own", SERVER.names(HOST));

  private static String match(Set<DnsName> names, List<X509Certificate> chain, Tlsa... records) {
    return switch (new DaneVerifier(List.of(records), names).match(chain, Issued.NOW)) {
      case TlsaMatch.Matched _ -> "matched";
      case TlsaMatch.Mismatched mismatched -> mismatched.cause().toString();
    };
  }

  private static String match(List<X509Certificate> chain, Tlsa... records) {
    return match(NAMES, chain, records);
  }

  private static Tlsa record(int usage, int selector, int matching, Issued about) {
    try {
      return TlsaData.of(usage, selector, matching, about.certificate());
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Tlsa anchor(Issued about) {
    return record(2, 1, 1, about);
  }

  /** What a server sends, by the table's names; the records are about the certificates above. */
  private static List<X509Certificate> sent(String name) {
    Issued expiredMiddle =
        ROOT.issue("middle", MIDDLE.keys(), AUTHORITY.expired()); // the same key as the good one
    return switch (name) {
      case "whole" -> chain(OWN, MIDDLE, ROOT);
      case "without root" -> chain(OWN, MIDDLE);
      case "without middle" -> chain(OWN, ROOT);
      case "alone" -> chain(OWN);
      case "in disorder" -> chain(OWN, ROOT, MIDDLE);
      case "expired" ->
          chain(MIDDLE.issue("own", OWN.keys(), SERVER.names(HOST).expired()), MIDDLE, ROOT);
      case "of tomorrow" ->
          chain(MIDDLE.issue("own", OWN.keys(), SERVER.names(HOST).ofTomorrow()), MIDDLE, ROOT);
      case "middle expired" -> chain(OWN, expiredMiddle, ROOT);
      case "both middles" -> chain(OWN, expiredMiddle, MIDDLE, ROOT);
      case "other name" ->
          chain(MIDDLE.issue("own", OWN.keys(), SERVER.names("else.example")), MIDDLE, ROOT);
      case "name in CN only" -> chain(MIDDLE.issue(HOST, OWN.keys(), SERVER), MIDDLE, ROOT);
      case "other key" -> chain(MIDDLE.issue("own", SERVER.names(HOST)), MIDDLE, ROOT);
      case "forged" -> {
        Issued forger = Issued.root("middle", AUTHORITY);
        yield chain(forger.issue("own", SERVER.names(HOST)), MIDDLE, ROOT);
      }
      case "self-signed" -> chain(Issued.root("own", SERVER.names(HOST)));
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The first result is of all six selectors and matching types, but where the key alone fits. */
  @ParameterizedTest
  @CsvSource({
    // sent,         3 of own,  2 of middle by digest, of root, in the record itself: middle, root
    "whole,           matched,   matched,   matched,   matched,   matched",
    "without root,    matched,   matched,   OTHER_KEY, matched,   matched",
    "without middle,  matched,   OTHER_KEY, OTHER_KEY, matched,   OTHER_KEY",
    "alone,           matched,   OTHER_KEY, OTHER_KEY, matched,   OTHER_KEY",
    "in disorder,     matched,   matched,   matched,   matched,   matched",
    "expired,         key,       TIME,      TIME,      TIME,      TIME",
    "of tomorrow,     key,       TIME,      TIME,      TIME,      TIME",
    "middle expired,  matched,   TIME key,  TIME,      TIME key,  TIME",
    "both middles,    matched,   matched,   matched,   matched,   matched",
    "other name,      key,       NAME,      NAME,      NAME,      NAME",
    "name in CN only, key,       NAME,      NAME,      NAME,      NAME",
    "other key,       OTHER_KEY, matched,   matched,   matched,   matched",
    "forged,          OTHER_KEY, OTHER_KEY, OTHER_KEY, OTHER_KEY, OTHER_KEY",
    "self-signed,     OTHER_KEY, OTHER_KEY, OTHER_KEY, OTHER_KEY, OTHER_KEY",
  })
  void everyCombination(
      String name, String own, String middle, String root, String wholeMiddle, String wholeRoot) {
    List<X509Certificate> sent = sent(name);
    for (int selector = 0; selector <= 1; selector++) {
      for (int matching = 0; matching <= 2; matching++) {
        String what = "%s, selector %d, matching %d".formatted(name, selector, matching);
        String byKey = own.equals("key") ? selector == 1 ? "matched" : "OTHER_KEY" : own;
        assertThat(match(sent, record(3, selector, matching, OWN)))
            .as("3 " + what)
            .isEqualTo(byKey);
        // its key is judged by what was sent of it, the record's own certificate by itself
        String expired = selector == 1 ? "TIME" : matching == 0 ? "matched" : "OTHER_KEY";
        String byMiddle = matching == 0 ? wholeMiddle : middle;
        assertThat(match(sent, record(2, selector, matching, MIDDLE)))
            .as("2 of middle, " + what)
            .isEqualTo(byMiddle.equals("TIME key") ? expired : byMiddle);
        assertThat(match(sent, record(2, selector, matching, ROOT)))
            .as("2 of root, " + what)
            .isEqualTo(matching == 0 ? wholeRoot : root);
        for (int usage : new int[] {0, 1, 4, 255}) {
          assertThat(match(sent, record(usage, selector, matching, OWN)))
              .as(usage + " " + what)
              .isEqualTo("OTHER_KEY");
        }
      }
    }
  }

  @Test
  void theServersOwnCertificateIsNoAnchor() {
    Issued own = Issued.root("own", AUTHORITY.names(HOST));
    assertThat(match(chain(own), record(2, 0, 1, own))).isEqualTo("OTHER_KEY");
    assertThat(match(chain(own), record(3, 0, 1, own))).isEqualTo("matched");
  }

  @Test
  void nothingSentIsNothing() {
    assertThat(match(List.of(), record(3, 1, 1, OWN))).isEqualTo("NO_CERTIFICATE");
  }

  @Test
  void oneOfSeveralRecordsIsEnough() {
    Issued next = MIDDLE.issue("own", SERVER.names(HOST));
    assertThat(match(chain(next), record(3, 1, 1, OWN), record(3, 1, 1, next)))
        .isEqualTo("matched");
    assertThat(match(chain(next, MIDDLE), record(3, 1, 1, OWN), anchor(MIDDLE)))
        .isEqualTo("matched");
  }

  @Test
  void ofTwoDigestsTheStrongerCounts() {
    Issued next = MIDDLE.issue("own", SERVER.names(HOST));
    Tlsa weak = record(3, 1, 1, next);
    assertThat(match(chain(next), weak, record(3, 1, 2, OWN))).isEqualTo("OTHER_KEY");
    assertThat(match(chain(next), weak, record(3, 0, 2, OWN))).isEqualTo("matched");
    assertThat(match(chain(next), weak, record(2, 1, 2, OWN))).isEqualTo("matched");
    assertThat(match(chain(next), weak, record(3, 1, 0, OWN))).isEqualTo("matched");
    assertThat(match(chain(next), weak, new Tlsa(3, 1, 2, "00"))).isEqualTo("matched");
    assertThat(match(chain(next), record(3, 1, 0, next), record(3, 1, 2, OWN)))
        .isEqualTo("matched");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mx.example", "original.example", "next.example"})
  void anyOfTheNamesIsGood(String name) {
    DaneVerifier verifier =
        DaneVerifier.of(
            List.of(anchor(MIDDLE)),
            new DnsName("mx.example"),
            new DnsName("mx.example"),
            new DnsName("original.example"),
            new DnsName("next.example"));
    assertThat(verifier.match(sentFor(name), Issued.NOW)).isInstanceOf(TlsaMatch.Matched.class);
    assertThat(verifier.match(sentFor("*." + name), Issued.NOW))
        .isEqualTo(
            new TlsaMatch.Mismatched(
                TlsaMatch.Cause.NAME,
                "the certificate is not for mx.example, next.example, original.example"));
  }

  private static List<X509Certificate> sentFor(String name) {
    return chain(MIDDLE.issue("own", SERVER.names(name)), MIDDLE);
  }

  @Test
  void aWildcardIsOneLabel() {
    assertThat(match(sentFor("*.example"), anchor(MIDDLE))).isEqualTo("matched");
  }

  @Test
  void whoIsNoAuthorityIssuesNothing() {
    Issued server = ROOT.issue("server", SERVER);
    Issued bySigned = ROOT.issue("middle", AUTHORITY.usage(KeyUsage.digitalSignature));
    Issued bySigning = ROOT.issue("middle", AUTHORITY.usage(KeyUsage.keyCertSign));
    Issued mail = ROOT.issue("middle", AUTHORITY.purpose(KeyPurposeId.id_kp_emailProtection));
    Issued any = ROOT.issue("middle", AUTHORITY.purpose(KeyPurposeId.anyExtendedKeyUsage));
    for (Issued middle : List.of(server, bySigned, mail)) {
      Issued own = middle.issue("own", SERVER.names(HOST));
      for (Issued about : List.of(middle, ROOT)) {
        assertThat(match(chain(own, middle, ROOT), anchor(about)))
            .as(middle.certificate() + "")
            .isEqualTo("CHAIN");
      }
      assertThat(match(chain(own), record(2, 0, 0, middle))).isEqualTo("CHAIN");
      assertThat(match(chain(own), record(2, 1, 0, middle))).isEqualTo("matched");
    }
    for (Issued middle : List.of(bySigning, any)) {
      Issued own = middle.issue("own", SERVER.names(HOST));
      assertThat(match(chain(own, middle, ROOT), anchor(middle))).isEqualTo("matched");
      assertThat(match(chain(own, middle, ROOT), anchor(ROOT))).isEqualTo("matched");
    }
  }

  @Test
  void aCertificateForClientsIsNoServers() {
    Issued client = MIDDLE.issue("own", SERVER.names(HOST).purpose(KeyPurposeId.id_kp_clientAuth));
    assertThat(match(chain(client, MIDDLE), anchor(MIDDLE))).isEqualTo("CHAIN");
    assertThat(match(chain(client, MIDDLE), record(3, 1, 1, client))).isEqualTo("matched");
    Issued server = MIDDLE.issue("own", SERVER.names(HOST).purpose(KeyPurposeId.id_kp_serverAuth));
    assertThat(match(chain(server, MIDDLE), anchor(MIDDLE))).isEqualTo("matched");
  }

  @Test
  void anAuthoritySaysHowManyMayBeBelowIt() {
    Issued narrow = Issued.root("narrow", Issued.Form.authority(0));
    Issued below = narrow.issue("below", AUTHORITY);
    Issued own = below.issue("own", SERVER.names(HOST));
    assertThat(match(chain(own, below, narrow), anchor(narrow))).isEqualTo("CHAIN");
    assertThat(match(chain(own, below, narrow), anchor(below))).isEqualTo("matched");
    assertThat(match(chain(narrow.issue("own", SERVER.names(HOST)), narrow), anchor(narrow)))
        .isEqualTo("matched");
    Issued top = Issued.root("top", AUTHORITY);
    Issued narrowed = top.issue("narrowed", Issued.Form.authority(0));
    Issued lower = narrowed.issue("lower", AUTHORITY);
    Issued last = lower.issue("own", SERVER.names(HOST));
    assertThat(match(chain(last, lower, narrowed, top), anchor(top))).isEqualTo("CHAIN");
  }

  @Test
  void anExpiredAnchorIsNone() {
    Issued old = Issued.root("old", AUTHORITY.expired());
    Issued own = old.issue("own", SERVER.names(HOST));
    assertThat(match(chain(own, old), anchor(old))).isEqualTo("TIME");
    assertThat(match(chain(own), record(2, 0, 0, old))).isEqualTo("TIME");
    assertThat(match(chain(own), record(2, 1, 0, old))).isEqualTo("matched");
  }

  @Test
  void theWayGoesOverEveryAuthorityThatWasSent() {
    List<Issued> all = new ArrayList<>(List.of(Issued.root("0", AUTHORITY)));
    for (int i = 1; i < DaneVerifier.MAX_CHAIN - 1; i++) {
      all.add(all.getLast().issue("" + i, AUTHORITY));
    }
    List<X509Certificate> sent = new ArrayList<>();
    sent.add(all.getLast().issue("own", SERVER.names(HOST)).certificate());
    all.reversed().forEach(one -> sent.add(one.certificate()));
    assertThat(match(sent, anchor(all.getFirst()))).isEqualTo("matched");

    sent.add(1, ROOT.certificate()); // now the last one is beyond what is looked at
    assertThat(match(sent, anchor(all.getFirst()))).isEqualTo("OTHER_KEY");
  }

  @Test
  @Timeout(10)
  void aHostileChainIsSoonGivenUp() {
    Issued one = Issued.root("same", AUTHORITY);
    List<X509Certificate> sent = new ArrayList<>();
    sent.add(one.issue("own", SERVER.names(HOST)).certificate());
    for (int i = 1; i < 200; i++) {
      sent.add(one.issue("same", one.keys(), AUTHORITY).certificate());
    }
    long began = System.nanoTime();
    assertThat(match(sent, anchor(ROOT))).isEqualTo("OTHER_KEY");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    List<Tlsa> many = new ArrayList<>(Collections.nCopies(500, anchor(MIDDLE)));
    for (int i = 0; i < 500; i++) {
      many.add(new Tlsa(2, 1, 1, "%064x".formatted(i)));
    }
    many.add(anchor(one));
    assertThat(match(sent, many.toArray(Tlsa[]::new))).isEqualTo("matched");
  }
}

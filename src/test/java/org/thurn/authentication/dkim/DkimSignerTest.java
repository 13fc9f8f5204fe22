package org.thurn.authentication.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.Provider;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Test;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.name.Domain;

/** RFC 6376 §5. */
class DkimSignerTest {
  private final KeyZone zone = new KeyZone().with(Mail.RSA).with(Mail.ED);

  private static DkimSigner signer(SigningSettings settings) {
    return new DkimSigner(List.of(Mail.RSA, Mail.ED), settings, Mail.TIME, Mail.PLATFORM);
  }

  @Test
  void bothKeysAtOnce() throws Exception {
    String message = Mail.signed(Mail.TEXT, Mail.signer(Mail.RSA, Mail.ED));
    assertThat(Mail.verify(message, zone))
        .hasSize(2)
        .allMatch(DkimResult::passed)
        .extracting(r -> r.algorithm().orElseThrow())
        .containsExactly(Algorithm.RSA_SHA256, Algorithm.ED25519_SHA256);
  }

  @Test
  void everyCanonicalization() throws Exception {
    for (Canonicalization header : Canonicalization.values()) {
      for (Canonicalization body : Canonicalization.values()) {
        SigningSettings settings =
            SigningSettings.DEFAULT.with(header, body).withValidity(Duration.ofDays(7));
        String message = Mail.signed(Mail.TEXT, signer(settings));
        assertThat(message).contains("c=" + header.word() + "/" + body.word(), " x=1796299200;");
        assertThat(Mail.verify(message, zone)).hasSize(2).allMatch(DkimResult::passed);
      }
    }
  }

  @Test
  void theFieldIsFolded() throws Exception {
    SigningKey key =
        new SigningKey(
            Domain.of("a-rather-long-name.example.com"), "selector-of-2026", Mail.RSA.key());
    List<HeaderField> fields = Mail.signer(key).sign(Mail.headers(Mail.TEXT), Mail.body(Mail.TEXT));
    assertThat(fields).hasSize(1);
    String text = fields.getFirst().toString();
    assertThat(text).startsWith("DKIM-Signature: v=1; a=rsa-sha256;").endsWith("\r\n");
    assertThat(text.lines()).allMatch(line -> line.length() <= 78);
    assertThat(text.lines().skip(1)).allMatch(line -> line.matches(" [^ ].*[^ ]"));
    assertThat(Mail.signer(key).sign(Mail.headers(Mail.TEXT), Mail.body(Mail.TEXT)))
        .isEqualTo(fields);
  }

  /** What relays do to fields; the relaxed form bears it. */
  @Test
  void foldedAnewItStillHolds() throws Exception {
    String message = Mail.signed(Mail.TEXT, Mail.signer(Mail.RSA));
    String field = message.substring(0, message.length() - Mail.TEXT.length());
    String line = field.strip().replace("\r\n", "");
    String narrow = field.replace("; ", ";\r\n  ");
    String tabs = field.replace("\r\n ", "\r\n\t");
    assertThat(narrow).isNotEqualTo(field);
    for (String other : List.of(line + "\r\n", narrow, tabs)) {
      assertThat(Mail.verifyOne(other + Mail.TEXT, zone).cause()).isEqualTo(Cause.VERIFIED);
    }
  }

  @Test
  void whatIsSigned() throws Exception {
    String message = "Received: a\r\nList-Id: x\r\nCc: a\r\nCc: b\r\nX-Other: y\r\n" + Mail.TEXT;
    DkimResult result = Mail.verifyOne(Mail.signed(message, Mail.signer(Mail.ED)), zone);
    assertThat(result.signedFields())
        .containsExactly(
            ("From From To To Cc Cc Cc Subject Subject Date Date Message-ID Message-ID Reply-To"
                    + " In-Reply-To References MIME-Version Content-Type"
                    + " Content-Transfer-Encoding List-Id")
                .split(" ", -1));
  }

  @Test
  void nothingCanBeAddedThatReadersSee() throws Exception {
    String message = Mail.signed(Mail.TEXT, Mail.signer(Mail.ED));
    for (String name : SigningSettings.DEFAULT.oversigned()) {
      DkimResult result = Mail.verifyOne(name + ": x@example.org\r\n" + message, zone);
      assertThat(result.cause()).as(name).isEqualTo(Cause.HEADER_CHANGED);
    }
    assertThat(Mail.verifyOne("Sender: x@example.org\r\n" + message, zone).passed()).isTrue();
  }

  @Test
  void whatIsNotSigned() {
    DkimSigner signer = Mail.signer(Mail.ED);
    Headers none = Mail.headers(Mail.TEXT).without("From");
    Headers two = Mail.headers(Mail.TEXT).append(HeaderField.of("from", "b@example.com"));
    Headers many = Mail.headers("To: x\r\n".repeat(21) + Mail.TEXT);
    assertThatThrownBy(() -> signer.begin(none)).hasMessage("the message has no From");
    assertThatThrownBy(() -> signer.begin(two)).hasMessage("the message has 2 fields From");
    assertThatThrownBy(() -> signer.begin(many)).hasMessage("the message has 22 fields To");
  }

  @Test
  void whatSettingsCannotBe() {
    SigningSettings usual = SigningSettings.DEFAULT;
    assertThatThrownBy(() -> usual.withValidity(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new SigningSettings(
                    List.of("To"), List.of(), usual.header(), usual.body(), usual.validity()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SigningKey(Mail.DOMAIN, "a b", Mail.ED.key()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theFastProviderMakesTheSame() throws Exception {
    Provider conscrypt = Conscrypt.newProvider();
    Cryptography fast = Cryptography.of(conscrypt);
    DkimSigner signer =
        new DkimSigner(List.of(Mail.RSA, Mail.ED), SigningSettings.DEFAULT, Mail.TIME, fast);
    String message = Mail.signed(Mail.TEXT, signer);
    assertThat(message).isEqualTo(Mail.signed(Mail.TEXT, Mail.signer(Mail.RSA, Mail.ED)));
    assertThat(new DkimVerifier(zone, Mail.TIME, fast).verify(Mail.octets(message)))
        .hasSize(2)
        .allMatch(DkimResult::passed);
  }

  @Test
  void keysInPem() throws Exception {
    for (SigningKey key : List.of(Mail.RSA, Mail.ED)) {
      DkimKey again = DkimKey.fromPem(key.key().toPem());
      assertThat(again.algorithm()).isEqualTo(key.key().algorithm());
      assertThat(again.record(Set.of())).isEqualTo(key.key().record(Set.of()));
      assertThat(again.toPem()).isEqualTo(key.key().toPem());
      assertThat(again.toString()).doesNotContain("PRIVATE");
    }
    for (String wrong :
        List.of(
            "",
            "no key",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            Mail.RSA.key().toPem().substring(0, 500))) {
      assertThatThrownBy(() -> DkimKey.fromPem(wrong)).isInstanceOf(KeySyntaxException.class);
    }
  }

  @Test
  void recordsForTheDns() throws Exception {
    DkimKeyRecord record = Mail.RSA.key().record(Set.of("y"));
    assertThat(DkimKeyRecord.parse(record.toString())).isEqualTo(record);
    assertThat(DkimKey.strings(record)).hasSize(2).allMatch(s -> s.length() <= 255);
    assertThat(String.join("", DkimKey.strings(record))).isEqualTo(record.toString());
    assertThat(Mail.ED.zoneLine(Set.of()))
        .matches(
            "ed\\._domainkey\\.example\\.com\\. IN TXT \\( \"v=DKIM1; k=ed25519; p=[^\"]{44}\" \\)");
    DkimKeyRecord full =
        DkimKeyRecord.parse("v=DKIM1; h=sha1 : sha256; k=rsa; n=a note; s=email; t=y : s; p=AA AA");
    assertThat(full.toString())
        .isEqualTo("v=DKIM1; h=sha1:sha256; k=rsa; n=a note; s=email; t=s:y; p=AAAA");
    assertThat(DkimKeyRecord.parse(full.toString())).isEqualTo(full);
  }
}

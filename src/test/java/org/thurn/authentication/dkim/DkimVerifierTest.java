package org.thurn.authentication.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.dns.Security;
import org.thurn.message.OctetSource;
import org.thurn.name.Domain;

/** RFC 6376 §6, and which cause each failure has. */
class DkimVerifierTest {
  private final KeyZone zone = new KeyZone().with(Mail.RSA).with(Mail.ED);

  private DkimResult verify(String message) throws Exception {
    return Mail.verifyOne(message, zone);
  }

  private static String at(String selector, String... changes) {
    List<String> all = new ArrayList<>(List.of(changes));
    all.add("s=" + selector);
    return Mail.signedWith(Mail.TEXT, Mail.ED, all.toArray(String[]::new));
  }

  private void publish(String selector, String record) {
    zone.with(selector + "._domainkey.example.com", record);
  }

  private static String p(SigningKey key) {
    return "p=" + key.key().record(java.util.Set.of()).publicKey();
  }

  @Test
  void aMessageWithoutSignatureHasNone() throws Exception {
    DkimResult result = verify(Mail.TEXT);
    assertThat(result.cause()).isEqualTo(Cause.NOT_SIGNED);
    assertThat(result.outcome().word()).isEqualTo("none");
    assertThat(result.algorithm()).isEmpty();
    assertThat(result.signatureStart()).isEmpty();
  }

  @Test
  void whatIsToldOfASignatureThatHolds() throws Exception {
    zone.security = Security.SECURE;
    String message =
        Mail.signedWith(
            Mail.TEXT, Mail.RSA, "i=Joe=20D@Mail.Example.com", "t=1764158000", "x=1864158000");
    DkimResult result = verify(message);

    assertThat(result.passed()).isTrue();
    assertThat(result.domain()).contains(Mail.DOMAIN);
    assertThat(result.selector()).contains("rsa");
    assertThat(result.identity()).contains("Joe D@mail.example.com");
    assertThat(result.signedFields()).containsExactly("From", "To", "Subject", "Date");
    assertThat(result.signature().orElseThrow().timestamp())
        .contains(Instant.ofEpochSecond(1764158000));
    assertThat(result.key().bits()).isEqualTo(2048);
    assertThat(result.key().secure()).isTrue();
    assertThat(result.key().testing()).isFalse();
    assertThat(result.key().answers()).hasSize(1);
    assertThat(result.body()).isEmpty();
    assertThat(result.sentence()).isEqualTo("the signature of example.com holds");
  }

  @Test
  void theSameFromASource() throws Exception {
    String message = Mail.signedWith(Mail.TEXT, Mail.RSA);
    List<DkimResult> results =
        new DkimVerifier(zone, Mail.TIME)
            .verify(Mail.headers(message), OctetSource.of(Mail.octets(message)));
    assertThat(results).hasSize(1).allMatch(DkimResult::passed);
  }

  @ParameterizedTest
  @CsvSource({
    "here  is, HERE is, BODY_CHANGED",
    "here  is, here is, VERIFIED",
    "The  plan, Another plan, HEADER_CHANGED",
    "The  plan, The plan, VERIFIED",
    "Subject: The, SUBJECT: The, VERIFIED",
    "Message-ID, Message-Ix, VERIFIED",
    "ann, mallory, HEADER_CHANGED",
  })
  void whatChanged(String from, String to, Cause cause) throws Exception {
    String message = Mail.signedWith(Mail.TEXT, Mail.ED);
    DkimResult result = verify(message.replace(from, to));
    assertThat(result.cause()).isEqualTo(cause);
    assertThat(result.key().bits()).isEqualTo(256);
  }

  @Test
  void headerAndBodyChanged() throws Exception {
    String message = Mail.signedWith(Mail.TEXT, Mail.ED);
    String changed = message.replace("here", "there").replace("plan", "planet");
    assertThat(verify(changed).cause()).isEqualTo(Cause.HEADER_AND_BODY_CHANGED);
  }

  @Test
  void theCopiesTellWhichFieldChanged() throws Exception {
    String z = "z=From:Ann=20<ann@example.com>|Subject:The=20=20plan|To:bob@example.net";
    String message = Mail.signedWith(Mail.TEXT, Mail.ED, z);
    assertThat(verify(message).passed()).isTrue();

    DkimResult result = verify(message.replace("Subject: The", "Subject: [list] The"));
    assertThat(result.cause()).isEqualTo(Cause.HEADER_CHANGED);
    assertThat(result.changedFields()).containsExactly("subject");
    assertThat(result.sentence()).endsWith("; not as it was: subject");
  }

  @Test
  void aFieldSignedAsMissingCannotBeAdded() throws Exception {
    String message = Mail.signedWith(Mail.TEXT, Mail.ED, "h=From:From:Reply-To");
    assertThat(verify(message).passed()).isTrue();
    assertThat(verify("Reply-To: mallory@example.org\r\n" + message).cause())
        .isEqualTo(Cause.HEADER_CHANGED);
    assertThat(verify("From: mallory@example.org\r\n" + message).cause())
        .isEqualTo(Cause.HEADER_CHANGED);
  }

  @Test
  void theLowestFieldIsTheSignedOne() throws Exception {
    String message = Mail.signedWith(Mail.TEXT, Mail.ED);
    assertThat(verify("To: carol@example.org\r\n" + message).passed()).isTrue();
    String below = message.replace("Message-ID", "To: carol@example.org\r\nMessage-ID");
    assertThat(verify(below).cause()).isEqualTo(Cause.HEADER_CHANGED);
  }

  @Test
  void aBodyThatIsSignedInPart() throws Exception {
    String body = "Dear Bob,\r\n\r\nhere is the plan.\r\n\r\nAnn\r\n";
    String message = Mail.signedWith(Mail.TEXT, Mail.ED, "l=" + body.length());
    DkimResult whole = verify(message);
    assertThat(whole.cause()).isEqualTo(Cause.VERIFIED);
    assertThat(whole.body()).contains(new DkimResult.BodyLimit(body.length(), body.length()));

    DkimResult more = verify(message + "-- \r\nlist\r\n");
    assertThat(more.cause()).isEqualTo(Cause.BODY_PARTLY_SIGNED);
    assertThat(more.outcome()).isEqualTo(Outcome.POLICY);
    assertThat(more.body().orElseThrow().unsigned()).isEqualTo(10);

    DkimResult less = verify(message.replace("Ann\r\n", "").replace("From: ", "From: Ann\r\n "));
    assertThat(less.body().orElseThrow().unsigned()).isZero();
    assertThat(less.outcome()).isEqualTo(Outcome.FAIL);
    String huge = Mail.signedWith(Mail.TEXT, Mail.ED, "l=" + "9".repeat(76));
    assertThat(verify(huge).cause()).isEqualTo(Cause.BODY_CHANGED);
    assertThat(verify(huge).sentence()).contains("of which 9223372036854775807 were signed");
  }

  @ParameterizedTest
  @CsvSource({
    "x=1764157000,EXPIRED",
    "x=1000000000000,BAD_SYNTAX",
    "x=999999999999,VERIFIED",
    "t=1795694600,VERIFIED",
    "t=1795695000,FROM_THE_FUTURE",
    "x=1795694200,VERIFIED",
    "x=1795694000,EXPIRED",
    "v=2,UNKNOWN_VERSION",
    "v,BAD_SYNTAX",
    "a=rsa-sha1,HISTORIC_ALGORITHM",
    "a=rsa-sha512,UNKNOWN_ALGORITHM",
    "a,BAD_SYNTAX",
    "c=relaxed/strict,UNKNOWN_CANONICALIZATION",
    "c=,UNKNOWN_CANONICALIZATION",
    "q=dns/txt:http,VERIFIED",
    "q=http,UNKNOWN_QUERY_METHOD",
    "i=@other.example,FOREIGN_IDENTITY",
    "i=ann@notexample.com,FOREIGN_IDENTITY",
    "i=ann,BAD_SYNTAX",
    "i=ann@,BAD_SYNTAX",
    "i==0D=0A@example.com,BAD_SYNTAX",
    "h=To:Subject,FROM_NOT_SIGNED",
    "h=,BAD_SYNTAX",
    "h=From::To,BAD_SYNTAX",
    "d=,BAD_SYNTAX",
    "d,BAD_SYNTAX",
    "d=exa_mple.com,BAD_SYNTAX",
    "s,BAD_SYNTAX",
    "s=-,BAD_SYNTAX",
    "s=a..b,BAD_SYNTAX",
    "bh,BAD_SYNTAX",
    "bh=****,BAD_SYNTAX",
    "bh=AAAA,BAD_SYNTAX",
    "l=,BAD_SYNTAX",
    "l=-1,BAD_SYNTAX",
    "t=now,BAD_SYNTAX",
    "unknown=1,VERIFIED",
    "z=garbage|:|=,VERIFIED",
    "s=nowhere,NO_KEY",
    "s=broken,NO_ANSWER",
  })
  void tags(String change, Cause cause) throws Exception {
    DkimResult result = verify(Mail.signedWith(Mail.TEXT, Mail.ED, change));
    assertThat(result.cause()).as(result.sentence()).isEqualTo(cause);
    if (cause == Cause.BAD_SYNTAX) {
      assertThat(result.tag()).contains(change.replaceFirst("=.*", ""));
      assertThat(result.outcome()).isEqualTo(Outcome.NEUTRAL);
    }
  }

  @Test
  void anExpirationBeforeTheTime() throws Exception {
    DkimResult result = verify(Mail.signedWith(Mail.TEXT, Mail.ED, "t=1764158000", "x=1764158000"));
    assertThat(result.cause()).isEqualTo(Cause.BAD_SYNTAX);
    assertThat(result.tag()).contains("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v=1;;a=2", "v=1; v=1", "v", "v=1; b=\u0001", ";", "=1"})
  void noTagsAtAll(String value) throws Exception {
    DkimResult result = verify("DKIM-Signature: " + value + "\r\n" + Mail.TEXT);
    assertThat(result.cause()).isEqualTo(Cause.BAD_SYNTAX);
    assertThat(result.domain()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b=;", "b=%;", "b=AAAAA;"})
  void noSignatureInTheField(String b) throws Exception {
    String hash = "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=";
    String tags = "v=1; a=rsa-sha256; d=example.com; s=rsa; h=From; bh=" + hash + "; " + b;
    DkimResult result = verify("DKIM-Signature: " + tags + "\r\n" + Mail.TEXT);
    assertThat(result.cause()).isEqualTo(Cause.BAD_SYNTAX);
    assertThat(result.tag()).contains("b");
    assertThat(result.domain()).contains(Mail.DOMAIN);
    assertThat(result.selector()).contains("rsa");
  }

  @Test
  void keysThatAreNotForThis() throws Exception {
    publish("revoked", "v=DKIM1; p=");
    publish("email", "v=DKIM1; k=ed25519; s=tlsrpt:email; " + p(Mail.ED));
    publish("tlsrpt", "v=DKIM1; k=ed25519; s=tlsrpt; " + p(Mail.ED));
    publish("sha1", "v=DKIM1; k=ed25519; h=sha1; " + p(Mail.ED));
    publish("sha256", "v=DKIM1; k=ed25519; h=sha1:sha256; " + p(Mail.ED));
    publish("kind", "v=DKIM1; k=rsa; " + p(Mail.ED));
    publish("untold", p(Mail.ED));
    publish("strict", "v=DKIM1; k=ed25519; t=y:s; " + p(Mail.ED));
    publish("text", "v=spf1 -all");
    publish("version", "v=DKIM2; k=ed25519; " + p(Mail.ED));
    publish("late", "k=ed25519; v=DKIM1; " + p(Mail.ED));
    publish("short", "v=DKIM1; k=ed25519; p=AAAA");
    publish("wrong", "v=DKIM1; k=ed25519; p=****");
    publish("other", "v=DKIM1; k=ed25519; p=" + "A".repeat(43) + "=");

    assertThat(verify(at("revoked")).cause()).isEqualTo(Cause.KEY_REVOKED);
    assertThat(verify(at("email")).cause()).isEqualTo(Cause.VERIFIED);
    assertThat(verify(at("tlsrpt")).cause()).isEqualTo(Cause.KEY_NOT_FOR_MAIL);
    assertThat(verify(at("sha1")).cause()).isEqualTo(Cause.KEY_DOES_NOT_FIT);
    assertThat(verify(at("sha256")).cause()).isEqualTo(Cause.VERIFIED);
    assertThat(verify(at("kind")).cause()).isEqualTo(Cause.KEY_DOES_NOT_FIT);
    assertThat(verify(at("untold")).cause()).isEqualTo(Cause.KEY_DOES_NOT_FIT);
    assertThat(verify(at("strict")).key().testing()).isTrue();
    assertThat(verify(at("strict", "i=@example.com")).passed()).isTrue();
    assertThat(verify(at("strict", "i=@a.example.com")).cause())
        .isEqualTo(Cause.SUBDOMAIN_NOT_ALLOWED);
    assertThat(verify(at("text")).cause()).isEqualTo(Cause.BAD_KEY);
    assertThat(verify(at("version")).cause()).isEqualTo(Cause.BAD_KEY);
    assertThat(verify(at("late")).cause()).isEqualTo(Cause.BAD_KEY);
    assertThat(verify(at("short")).cause()).isEqualTo(Cause.BAD_KEY);
    assertThat(verify(at("wrong")).cause()).isEqualTo(Cause.BAD_KEY);
    assertThat(verify(at("other")).outcome()).isIn(Outcome.FAIL, Outcome.PERMERROR);
  }

  /** RFC 6376 §3.6.2.2, and a wildcard that brings other texts. */
  @Test
  void severalRecords() throws Exception {
    publish("several", "v=spf1 -all");
    publish("several", "v=DKIM1; k=ed25519; p=" + "A".repeat(43) + "=");
    publish("several", "v=DKIM1; k=rsa; " + p(Mail.RSA));
    publish("several", "v=DKIM1; k=ed25519; " + p(Mail.ED));
    assertThat(verify(at("several")).cause()).isEqualTo(Cause.VERIFIED);
    assertThat(verify(Mail.signedWith(Mail.TEXT, Mail.RSA, "s=several")).passed()).isTrue();
  }

  @Test
  void aKeyIsAskedForOnce() throws Exception {
    String one = Mail.signedWith(Mail.TEXT, Mail.ED);
    String two = Mail.signedWith(Mail.TEXT, Mail.ED, "h=From");
    assertThat(Mail.verify(one + two.substring(0, two.length() - Mail.TEXT.length()), zone))
        .hasSize(1);
    String field = two.substring(0, two.length() - Mail.TEXT.length());
    zone.asked.clear();
    assertThat(Mail.verify(field + one, zone)).hasSize(2).allMatch(DkimResult::passed);
    assertThat(zone.asked).hasSize(1);
  }

  /** RFC 8616 §5. */
  @Test
  void internationalizedNames() throws Exception {
    SigningKey key =
        new SigningKey(Domain.of("b\u00fccher.example"), "xn--bcher-kva", Mail.ED.key());
    zone.with(key);
    String u =
        new String(
            "b\u00fccher".getBytes(java.nio.charset.StandardCharsets.UTF_8),
            java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(verify(Mail.signedWith(Mail.TEXT, key)).passed()).isTrue();
    String message = Mail.signedWith(Mail.TEXT, key);
    String field = message.substring(0, message.length() - Mail.TEXT.length());
    DkimResult result =
        verify(
            field.replace("d=xn--bcher-kva", "d=" + u).replace("s=xn--bcher-kva", "s=" + u)
                + Mail.TEXT);
    assertThat(result.domain()).contains(key.domain());
    assertThat(result.selector()).contains("xn--bcher-kva");
    assertThat(result.cause()).isEqualTo(Cause.HEADER_CHANGED);
    assertThat(result.key().bits()).isEqualTo(256);
  }

  /** ARC's field: no version, an instance for an identity. */
  @Test
  void theDialectOfArc() throws Exception {
    String value =
        "i=2; a=ed25519-sha256; d=example.com; s=ed; h=From;"
            + " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=; b=AAAA";
    MessageSignature signature =
        MessageSignature.parse(
            org.thurn.message.HeaderField.of("ARC-Message-Signature", value), Dialect.ARC);
    assertThat(signature.instance()).isEqualTo(2);
    assertThat(signature.identity()).isEmpty();
    for (String wrong : List.of("i=0;", "i=51;", "i=x;", "", "i=1; v=1;")) {
      org.thurn.message.HeaderField field =
          org.thurn.message.HeaderField.of(
              "ARC-Message-Signature", value.replace("i=2;", wrong).strip());
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> MessageSignature.parse(field, Dialect.ARC))
          .isInstanceOf(SignatureSyntaxException.class);
    }
  }
}

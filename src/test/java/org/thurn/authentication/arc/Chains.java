package org.thurn.authentication.arc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.authentication.dkim.SigningSettings;
import org.thurn.authentication.results.AuthenticationResults;
import org.thurn.authentication.results.Method;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.name.Domain;

/** Messages with chains that we make. */
final class Chains {
  static final SigningKey RSA = key("list.example", "rsa", Algorithm.RSA_SHA256);
  static final SigningKey ED25519 = key("forward.example", "ed", Algorithm.ED25519_SHA256);
  static final Cryptography PLATFORM = Cryptography.platform();

  static final String TEXT =
      """
      DKIM-Signature: v=1; a=rsa-sha256; d=sender.example; s=a; h=From; bh=; b=
      Authentication-Results: mx.list.example; spf=pass smtp.mailfrom=sender.example
      From: Anna <anna@sender.example>
      To: list@list.example
      Subject: The plan
      Date: Thu, 26 Nov 2026 11:59:00 +0000
      Message-ID: <1@sender.example>

      Here it is.
      """
          .replace("\n", "\r\n");

  private Chains() {}

  static SigningKey key(String domain, String selector, Algorithm algorithm) {
    return new SigningKey(Domain.of(domain), selector, DkimKey.generate(algorithm));
  }

  /** A DNS that has the keys of both. */
  static Keys keys() {
    return keys(RSA, ED25519);
  }

  static Keys keys(SigningKey... keys) {
    TreeMap<String, String> texts = new TreeMap<>();
    for (SigningKey key : keys) {
      texts.put(name(key), key.key().record(Set.of()).toString());
    }
    return Keys.of(texts);
  }

  static String name(SigningKey key) {
    return key.selector() + "._domainkey." + key.domain();
  }

  static byte[] octets(String message) {
    return message.getBytes(StandardCharsets.UTF_8);
  }

  static Headers headers(String message) {
    return Headers.parse(octets(message), MessageLimits.DEFAULT);
  }

  static ArcResult verify(String message) throws InterruptedException {
    return new ArcVerifier(keys(), Keys.TIME).verify(octets(message));
  }

  static AuthenticationResults results(ChainValidation found) {
    return AuthenticationResults.of(
        "mx.list.example",
        List.of(
            Method.SPF.result("pass").with("smtp", "mailfrom", "sender.example"),
            Method.ARC.result(found.word())));
  }

  /** With a set more; what the chain was is found out first. */
  static String sealed(String message, SigningKey key)
      throws InterruptedException, UnsealableException {
    return sealed(message, key, verify(message).chainValidation());
  }

  static String sealed(String message, SigningKey key, ChainValidation found)
      throws UnsealableException {
    return sealed(message, key, found, results(found));
  }

  static String sealed(
      String message, SigningKey key, ChainValidation found, AuthenticationResults results)
      throws UnsealableException {
    ArcSealer sealer = new ArcSealer(key, SigningSettings.DEFAULT, Keys.TIME, PLATFORM);
    Sealing sealing = sealer.begin(headers(message));
    byte[] octets = octets(message);
    int start = headers(message).length();
    sealing.take(octets, start, octets.length - start);
    return text(sealing.finish(found, results)) + message;
  }

  /** Of so many sets, by both keys in turn. */
  static String chain(int sets) throws InterruptedException, UnsealableException {
    String message = TEXT;
    for (int i = 0; i < sets; i++) {
      ChainValidation found = i == 0 ? ChainValidation.NONE : ChainValidation.PASS;
      message = sealed(message, i % 2 == 0 ? RSA : ED25519, found);
    }
    return message;
  }

  static String text(List<HeaderField> fields) {
    StringBuilder text = new StringBuilder();
    fields.forEach(field -> text.append(new String(field.toByteArray(), StandardCharsets.UTF_8)));
    return text.toString();
  }

  /** The raw value of the topmost field of the name. */
  static HeaderField field(String message, ArcField kind) {
    return headers(message).first(kind.fieldName()).orElseThrow();
  }

  /** Without the topmost field of the name. */
  static String without(String message, ArcField kind) {
    HeaderField field = field(message, kind);
    String text = new String(field.toByteArray(), StandardCharsets.UTF_8);
    int at = message.indexOf(text);
    return message.substring(0, at) + message.substring(at + text.length());
  }

  static byte[] body(String message) {
    byte[] octets = octets(message);
    return Arrays.copyOfRange(octets, headers(message).length(), octets.length);
  }
}

package org.thurn.authentication.dkim;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.name.Domain;
import org.thurn.time.Time;

/** Messages, keys and signatures of tests. */
final class Mail {
  static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  static final Domain DOMAIN = Domain.of("example.com");
  static final SigningKey RSA = key("rsa", Algorithm.RSA_SHA256);
  static final SigningKey ED = key("ed", Algorithm.ED25519_SHA256);
  static final Cryptography PLATFORM = Cryptography.platform();

  static final String TEXT =
      """
      From: Ann <ann@example.com>
      To: bob@example.net
      Subject: The  plan
      Date: Thu, 26 Nov 2026 11:59:00 +0000
      Message-ID: <1@example.com>

      Dear Bob,

      here  is the plan. \s

      Ann
      """
          .replace("\n", "\r\n");

  private Mail() {}

  private static SigningKey key(String selector, Algorithm algorithm) {
    return new SigningKey(DOMAIN, selector, DkimKey.generate(algorithm));
  }

  /** Stands still. */
  static final Time TIME =
      new Time() {
        @Override
        public Instant now() {
          return NOW;
        }

        @Override
        public long ticks() {
          return 0;
        }

        @Override
        public void pause(Duration duration) {
          throw new UnsupportedOperationException("nothing here waits");
        }
      };

  static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  static Headers headers(String message) {
    return Headers.parse(octets(message), MessageLimits.DEFAULT);
  }

  static byte[] body(String message) {
    byte[] octets = octets(message);
    return Arrays.copyOfRange(octets, headers(message).length(), octets.length);
  }

  static List<DkimResult> verify(String message, KeyZone zone) throws InterruptedException {
    return new DkimVerifier(zone, TIME).verify(octets(message));
  }

  static DkimResult verifyOne(String message, KeyZone zone) throws InterruptedException {
    List<DkimResult> results = verify(message, zone);
    if (results.size() != 1) {
      throw new AssertionError(results.size() + " results");
    }
    return results.getFirst();
  }

  static DkimSigner signer(SigningKey... keys) {
    return new DkimSigner(List.of(keys), SigningSettings.DEFAULT, TIME, PLATFORM);
  }

  static String signed(String message, DkimSigner signer) throws UnsignableException {
    StringBuilder text = new StringBuilder();
    signer.sign(headers(message), body(message)).forEach(text::append);
    return text + message;
  }

  /** The usual tags of a signature, but for those that are given; one that is null is left out. */
  static Map<String, String> tags(String message, SigningKey key, String... changes) {
    BodyHashes bodies = new BodyHashes();
    bodies.want(Canonicalization.RELAXED, OptionalLong.empty());
    byte[] body = body(message);
    bodies.take(body, 0, body.length);
    bodies.finish();
    BodyHashes.Hash hash = bodies.hash(Canonicalization.RELAXED, OptionalLong.empty());
    byte[] octets = hash instanceof BodyHashes.Hash.Of of ? of.octets() : new byte[0];
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("v", "1");
    tags.put("a", key.key().algorithm().word());
    tags.put("c", "relaxed/relaxed");
    tags.put("d", key.domain().ascii());
    tags.put("s", key.selector());
    tags.put("h", "From:To:Subject:Date");
    tags.put("bh", Base64.getEncoder().encodeToString(octets));
    for (String change : changes) {
      int equals = change.indexOf('=');
      if (equals < 0) {
        tags.remove(change);
      } else {
        tags.put(change.substring(0, equals), change.substring(equals + 1));
      }
    }
    return tags;
  }

  /**
   * Signs with the usual tags, but for some: {@code h=From} changes one, {@code h} takes it away.
   */
  static String signedWith(String message, SigningKey key, String... changes) {
    Map<String, String> tags = tags(message, key, changes);
    List<String> all = new ArrayList<>();
    tags.forEach((name, value) -> all.add(name + "=" + value));
    boolean simple = tags.getOrDefault("c", "simple").startsWith("simple");
    HeaderHasher hasher =
        new HeaderHasher(simple ? Canonicalization.SIMPLE : Canonicalization.RELAXED);
    List<String> names = List.of(tags.getOrDefault("h", "").split(":", -1));
    new SignedFields(headers(message)).pick(names).forEach(hasher::add);
    HeaderField field = new FieldSigner(PLATFORM).sign("DKIM-Signature", all, key.key(), hasher);
    return field + message;
  }
}

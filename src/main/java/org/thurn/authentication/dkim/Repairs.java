package org.thurn.authentication.dkim;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.thurn.dns.RecordData;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.time.Time;

/**
 * Finds out what was done to a message whose signature failed, by taking back what is often done:
 * what is said is true, since the signature then holds. Asks nobody; for people who want to know,
 * not for mail as it comes in. A repaired message is no reason to believe the one that came.
 */
public final class Repairs {
  /** Octets of a message; a longer one is not looked at. */
  public static final int MAX_MESSAGE = 4 << 20;

  /** Operations with a key for one signature. */
  public static final int MAX_ATTEMPTS = 200;

  /** After which no other attempt begins. */
  public static final Duration MAX_TIME = Duration.ofSeconds(2);

  private final Time time;
  private final Cryptography cryptography;

  public Repairs(Time time, Cryptography cryptography) {
    this.time = time;
    this.cryptography = cryptography;
  }

  /**
   * Looks for changes that explain a result.
   *
   * @param message the message that was verified
   * @param result one of its results; others than {@link Outcome#FAIL} cannot be explained so
   */
  public Optional<Repair> find(byte[] message, DkimResult result) {
    Optional<MessageSignature> signature = result.signature();
    if (result.outcome() != Outcome.FAIL || signature.isEmpty() || message.length > MAX_MESSAGE) {
      return Optional.empty();
    }
    List<VerificationKey> keys = keys(result, signature.get());
    long start = time.ticks();
    int attempts = 0;
    Iterator<BodyRepairs.Candidate> candidates = candidates(message, signature.get()).iterator();
    while (candidates.hasNext()) {
      BodyRepairs.Candidate candidate = candidates.next();
      byte[] octets = new SignedFields(candidate.headers()).octets(signature.get());
      for (VerificationKey key : keys) {
        boolean late = time.ticks() - start > MAX_TIME.toNanos();
        if (late || ++attempts > MAX_ATTEMPTS) {
          return Optional.empty();
        }
        if (!candidate.changes().isEmpty() && holds(key, signature.get(), octets)) {
          return Optional.of(new Repair(candidate.changes()));
        }
      }
    }
    return Optional.empty();
  }

  private static Stream<BodyRepairs.Candidate> candidates(
      byte[] message, MessageSignature signature) {
    Headers headers = Headers.parse(message, MessageLimits.DEFAULT);
    byte[] body = Arrays.copyOfRange(message, headers.length(), message.length);
    HeaderRepairs repairs = new HeaderRepairs(signature);
    try {
      return new BodyRepairs(signature).find(headers, body).stream().flatMap(repairs::candidates);
    } catch (IOException e) {
      throw new IllegalStateException("an array can be read", e);
    }
  }

  private boolean holds(VerificationKey key, MessageSignature signature, byte[] octets) {
    try {
      return cryptography.verify(key, signature.algorithm(), octets, signature.signatureOctets());
    } catch (KeySyntaxException _) {
      return false; // it was of no use before either
    }
  }

  /** The keys that the result was found with. */
  private List<VerificationKey> keys(DkimResult result, MessageSignature signature) {
    return result.key().answers().stream()
        .flatMap(answer -> answer.all(RecordData.Txt.class))
        .flatMap(text -> key(text.joined(), signature.algorithm()).stream())
        .limit(KeyLookup.MAX_RECORDS)
        .toList();
  }

  private Optional<VerificationKey> key(String text, Algorithm algorithm) {
    try {
      DkimKeyRecord record = DkimKeyRecord.parse(text);
      return record.revoked() || !record.fits(algorithm)
          ? Optional.empty()
          : Optional.of(VerificationKey.of(record, algorithm, cryptography));
    } catch (KeySyntaxException _) {
      return Optional.empty(); // one of several records that is no key
    }
  }
}

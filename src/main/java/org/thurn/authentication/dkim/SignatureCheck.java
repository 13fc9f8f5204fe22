package org.thurn.authentication.dkim;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.message.Headers;
import org.thurn.time.Time;

/**
 * Checks single signatures over one message, of DKIM or ARC: {@link #refuse} what needs no key,
 * {@link #begin} to fetch the key of the others, {@link #check} them when the body's hash is known.
 */
public final class SignatureCheck {
  /** How far a clock may be wrong. */
  public static final Duration SKEW = Duration.ofMinutes(5);

  private final Headers headers;
  private final SignedFields fields;
  private final KeyLookup keys;
  private final Time time;
  private final Cryptography cryptography;

  public SignatureCheck(Headers headers, KeyLookup keys, Time time, Cryptography cryptography) {
    this.headers = headers;
    this.fields = new SignedFields(headers);
    this.keys = keys;
    this.time = time;
    this.cryptography = cryptography;
  }

  /** What is wrong with it whatever key and message are. */
  public Optional<DkimResult> refuse(MessageSignature signature) {
    Instant now = time.now();
    Optional<Instant> end = signature.expiration();
    Optional<Instant> start = signature.timestamp();
    if (signature.algorithm() == Algorithm.RSA_SHA1) {
      String words = "rsa-sha1 is not believed any more (RFC 8301)";
      return Optional.of(result(signature, Cause.HISTORIC_ALGORITHM, words));
    }
    if (end.isPresent() && end.get().plus(SKEW).isBefore(now)) {
      return Optional.of(result(signature, Cause.EXPIRED, "the signature expired at " + end.get()));
    }
    if (start.isPresent() && start.get().minus(SKEW).isAfter(now)) {
      String words = "the signature says that it was made at " + start.get() + ", which is to come";
      return Optional.of(result(signature, Cause.FROM_THE_FUTURE, words));
    }
    return Optional.empty();
  }

  /** Asks for the key. */
  public void begin(MessageSignature signature) {
    keys.begin(signature);
  }

  /** Checks one; waits for its key. */
  public DkimResult check(MessageSignature signature, BodyHashes.Hash body)
      throws InterruptedException {
    KeyAnswer answer = keys.await(signature);
    Optional<DkimResult.BodyLimit> limit = limit(signature, body);
    return switch (answer) {
      case KeyAnswer.Missing missing -> {
        DkimResult.Key key = new DkimResult.Key(0, false, missing.secure(), missing.answers());
        yield result(signature, new Finding(missing.cause(), missing.words(), key), limit);
      }
      case KeyAnswer.Found found -> {
        Finding finding = tryAll(signature, found, sameBody(signature, body));
        yield result(signature, bodyFinding(signature, finding, body), limit);
      }
    };
  }

  /** What was found out, with one key. */
  private record Finding(Cause cause, String words, DkimResult.Key key) {}

  /** RFC 6376 §3.6.2.2: each record in turn, until one verifies. */
  private Finding tryAll(MessageSignature signature, KeyAnswer.Found found, boolean sameBody) {
    byte[] octets = fields.octets(signature);
    Finding best = with(found.records().getFirst(), signature, octets, found, sameBody);
    for (int i = 1; i < found.records().size() && !headerHolds(best.cause()); i++) {
      Finding next = with(found.records().get(i), signature, octets, found, sameBody);
      boolean better = best.key().bits() == 0 && next.key().bits() > 0;
      best = better || headerHolds(next.cause()) ? next : best;
    }
    return best;
  }

  private static boolean headerHolds(Cause cause) {
    return cause == Cause.VERIFIED || cause == Cause.BODY_CHANGED;
  }

  private Finding with(
      DkimKeyRecord record,
      MessageSignature signature,
      byte[] octets,
      KeyAnswer.Found found,
      boolean sameBody) {
    DkimResult.Key facts = new DkimResult.Key(0, record.testing(), found.secure(), found.answers());
    Optional<Finding> unfit = unfit(record, signature, facts);
    if (unfit.isPresent()) {
      return unfit.get();
    }
    try {
      VerificationKey key = VerificationKey.of(record, signature.algorithm(), cryptography);
      DkimResult.Key used =
          new DkimResult.Key(key.bits(), record.testing(), found.secure(), found.answers());
      boolean sameHeader =
          cryptography.verify(key, signature.algorithm(), octets, signature.signatureOctets());
      return verdict(signature, sameHeader, sameBody, used);
    } catch (KeySyntaxException e) {
      return new Finding(e.reason(), e.words(), facts);
    }
  }

  private static Optional<Finding> unfit(
      DkimKeyRecord record, MessageSignature signature, DkimResult.Key facts) {
    String at = "the key at " + signature.keyName().text();
    if (record.revoked()) {
      return Optional.of(new Finding(Cause.KEY_REVOKED, at + " was revoked", facts));
    }
    if (!record.fits(signature.algorithm())) {
      String words = at + " is not for " + signature.algorithm().word();
      return Optional.of(new Finding(Cause.KEY_DOES_NOT_FIT, words, facts));
    }
    if (!record.forMail()) {
      return Optional.of(new Finding(Cause.KEY_NOT_FOR_MAIL, at + " is not for mail", facts));
    }
    if (record.strict() && !signature.identityDomain().equals(signature.domain())) {
      String words = at + " speaks for no subdomain, and i= is of " + signature.identityDomain();
      return Optional.of(new Finding(Cause.SUBDOMAIN_NOT_ALLOWED, words, facts));
    }
    return Optional.empty();
  }

  private static Finding verdict(
      MessageSignature signature, boolean sameHeader, boolean sameBody, DkimResult.Key key) {
    String of = "the signature of " + signature.domain();
    if (sameHeader && sameBody) {
      return new Finding(Cause.VERIFIED, of + " holds", key);
    }
    if (sameHeader) {
      String words = "the body was changed since " + signature.domain() + " signed it";
      return new Finding(Cause.BODY_CHANGED, words, key);
    }
    if (sameBody) {
      String words = of + " does not hold: the header was changed, or another key made it";
      return new Finding(Cause.HEADER_CHANGED, words, key);
    }
    String words = "header and body were changed since " + signature.domain() + " signed them";
    return new Finding(Cause.HEADER_AND_BODY_CHANGED, words, key);
  }

  private static boolean sameBody(MessageSignature signature, BodyHashes.Hash body) {
    return body instanceof BodyHashes.Hash.Of(byte[] octets, long _, long _)
        && MessageDigest.isEqual(octets, signature.bodyHashOctets());
  }

  private static Optional<DkimResult.BodyLimit> limit(
      MessageSignature signature, BodyHashes.Hash body) {
    if (signature.bodyLength().isEmpty()) {
      return Optional.empty();
    }
    long length =
        switch (body) {
          case BodyHashes.Hash.Of of -> of.length();
          case BodyHashes.Hash.Shorter(long l) -> l;
        };
    return Optional.of(new DkimResult.BodyLimit(signature.bodyLength().getAsLong(), length));
  }

  /** What {@code l=} makes of it. */
  private static Finding bodyFinding(
      MessageSignature signature, Finding finding, BodyHashes.Hash body) {
    if (body instanceof BodyHashes.Hash.Shorter(long length)
        && finding.cause() == Cause.BODY_CHANGED) {
      long signed = signature.bodyLength().orElse(0);
      String words = "the body has " + length + " octets, of which " + signed + " were signed";
      return new Finding(Cause.BODY_CHANGED, words, finding.key());
    }
    if (body instanceof BodyHashes.Hash.Of(byte[] _, long covered, long length)
        && covered < length
        && finding.cause() == Cause.VERIFIED) {
      String words = "l= leaves the last " + (length - covered) + " octets of the body unsigned";
      return new Finding(Cause.BODY_PARTLY_SIGNED, words, finding.key());
    }
    return finding;
  }

  private DkimResult result(
      MessageSignature signature, Finding finding, Optional<DkimResult.BodyLimit> limit) {
    boolean header =
        finding.cause() == Cause.HEADER_CHANGED || finding.cause() == Cause.HEADER_AND_BODY_CHANGED;
    List<String> changed = header ? CopiedFields.changed(signature, headers) : List.of();
    String copies =
        changed.isEmpty() ? "" : "; not as it was: " + String.join(", ", quoted(changed));
    return new DkimResult(
        finding.cause(),
        finding.words() + copies,
        Optional.of(signature),
        Optional.of(signature.domain()),
        Optional.of(signature.selector()),
        Optional.empty(),
        finding.key(),
        limit,
        changed);
  }

  private static List<String> quoted(List<String> names) {
    List<String> shown = new ArrayList<>();
    names.stream().limit(5).forEach(shown::add);
    return shown;
  }

  private DkimResult result(MessageSignature signature, Cause cause, String words) {
    Finding finding = new Finding(cause, words, DkimResult.Key.UNKNOWN);
    return result(signature, finding, Optional.empty());
  }
}

package org.thurn.authentication.dkim;

import java.util.List;
import java.util.Optional;
import org.thurn.dns.Answer;
import org.thurn.name.Domain;

/**
 * What came of one signature, and why.
 *
 * @param cause why; it decides the outcome
 * @param sentence for people: one line
 * @param signature what the field says; empty if it cannot be used or there is none
 * @param domain {@code d=}; known even of some fields that cannot be used
 * @param selector {@code s=}; likewise
 * @param tag in which tag the mistake is, if that is the cause
 * @param key what is known of the key
 * @param body what the signature says of the body's length, if it has {@code l=}
 * @param changedFields names of signed fields that differ from their copies in {@code z=}, if the
 *     header was changed
 */
public record DkimResult(
    Cause cause,
    String sentence,
    Optional<MessageSignature> signature,
    Optional<Domain> domain,
    Optional<String> selector,
    Optional<String> tag,
    Key key,
    Optional<BodyLimit> body,
    List<String> changedFields) {

  /**
   * What is known of a key.
   *
   * @param bits its size, 0 if there is none
   * @param testing its owner only tries DKIM out ({@code t=y})
   * @param secure DNSSEC vouches for it, or for its absence
   * @param answers what the DNS was asked and said
   */
  public record Key(int bits, boolean testing, boolean secure, List<Answer> answers) {
    /** Nobody asked for it. */
    public static final Key UNKNOWN = new Key(0, false, false, List.of());

    public Key {
      answers = List.copyOf(answers);
    }
  }

  /**
   * A signature that may not be of the whole body.
   *
   * @param signed {@code l=}, in canonical octets
   * @param length how many there are
   */
  public record BodyLimit(long signed, long length) {
    /** How many octets at the end may be anybody's. */
    public long unsigned() {
      return Math.max(0, length - signed);
    }
  }

  public DkimResult {
    changedFields = List.copyOf(changedFields);
  }

  /** One of RFC 8601's words. */
  public Outcome outcome() {
    return cause.outcome();
  }

  /** Whether the domain takes responsibility for the message. */
  public boolean passed() {
    return outcome() == Outcome.PASS;
  }

  /** {@code a=}. */
  public Optional<Algorithm> algorithm() {
    return signature.map(MessageSignature::algorithm);
  }

  /** {@code i=}, or what it is when it is not there. */
  public Optional<String> identity() {
    return signature.map(MessageSignature::identityOrDefault);
  }

  /** {@code h=}, as written. */
  public List<String> signedFields() {
    return signature.map(MessageSignature::signedFields).orElse(List.of());
  }

  /** What tells signatures of one domain apart (RFC 6008 §4): the first characters of b=. */
  public Optional<String> signatureStart() {
    return signature.map(s -> s.signature().substring(0, Math.min(8, s.signature().length())));
  }

  /** Of a message without signatures. */
  static DkimResult notSigned() {
    return new DkimResult(
        Cause.NOT_SIGNED,
        "the message is not signed",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Key.UNKNOWN,
        Optional.empty(),
        List.of());
  }
}

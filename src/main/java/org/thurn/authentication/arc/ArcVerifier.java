package org.thurn.authentication.arc;

import org.thurn.authentication.NotedResolver;
import org.thurn.authentication.dkim.BodyHashes;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.KeyLookup;
import org.thurn.authentication.dkim.SignatureCheck;
import org.thurn.dns.Resolver;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.time.Time;

/**
 * Verifies the chains of messages, RFC 8617 §5.2. What strangers wrote never makes it throw; all of
 * it is in the result. Safe for many threads.
 *
 * <p>A chain costs at most 50 seals and {@link ArcVerification#MAX_SIGNATURES} signatures, each
 * with a question to the DNS, and the time of two questions: the keys of the newest sets are asked
 * for side by side, those of the others when the newest hold.
 */
public final class ArcVerifier {
  private final Resolver resolver;
  private final Time time;
  private final Cryptography cryptography;

  public ArcVerifier(Resolver resolver, Time time) {
    this(resolver, time, Cryptography.platform());
  }

  public ArcVerifier(Resolver resolver, Time time, Cryptography cryptography) {
    this.resolver = resolver;
    this.time = time;
    this.cryptography = cryptography;
  }

  /** Begins with a message's header: keys are asked for while its body comes in. */
  public ArcVerification begin(Headers headers) {
    return begin(headers, resolver, new BodyHashes());
  }

  /**
   * Begins with a resolver for this message, and hashes that others want of it too: whoever made
   * them streams the body into them.
   */
  public ArcVerification begin(Headers headers, Resolver asked, BodyHashes bodies) {
    NotedResolver noted = new NotedResolver(asked);
    KeyLookup keys = new KeyLookup(noted);
    SignatureCheck signatures = new SignatureCheck(headers, keys, time, cryptography);
    SealCheck seals = new SealCheck(keys, cryptography);
    return new ArcVerification(ArcChain.of(headers), signatures, seals, bodies, noted);
  }

  /** A message in memory. */
  public ArcResult verify(byte[] message) throws InterruptedException {
    Headers headers = Headers.parse(message, MessageLimits.DEFAULT);
    ArcVerification verification = begin(headers);
    verification.take(message, headers.length(), message.length - headers.length());
    return verification.finish();
  }
}

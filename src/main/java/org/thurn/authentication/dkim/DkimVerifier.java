package org.thurn.authentication.dkim;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.thurn.dns.Resolver;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;
import org.thurn.message.OctetSource;
import org.thurn.time.Time;

/**
 * Verifies the signatures of messages, RFC 6376 §6. What strangers wrote never makes it throw; all
 * of it is in the results. Safe for many threads.
 */
public final class DkimVerifier {
  /** Each one costs a question to the DNS and an operation with a key; RFC 6376 §8.4. */
  public static final int MAX_SIGNATURES = 10;

  private final Resolver resolver;
  private final Time time;
  private final Cryptography cryptography;

  public DkimVerifier(Resolver resolver, Time time) {
    this(resolver, time, Cryptography.platform());
  }

  public DkimVerifier(Resolver resolver, Time time, Cryptography cryptography) {
    this.resolver = resolver;
    this.time = time;
    this.cryptography = cryptography;
  }

  /** Begins with a message's header: its keys are asked for while its body comes in. */
  public MessageVerification begin(Headers headers) {
    return begin(headers, resolver, new BodyHashes());
  }

  /**
   * Begins with a resolver for this message, and hashes that others want of it too: whoever made
   * them streams the body into them.
   */
  public MessageVerification begin(Headers headers, Resolver asked, BodyHashes bodies) {
    SignatureCheck check = new SignatureCheck(headers, new KeyLookup(asked), time, cryptography);
    return new MessageVerification(
        headers.all(Dialect.DKIM.fieldName()), Dialect.DKIM, check, bodies);
  }

  /** A message in memory. */
  public List<DkimResult> verify(byte[] message) throws InterruptedException {
    Headers headers = Headers.parse(message, MessageLimits.DEFAULT);
    MessageVerification verification = begin(headers);
    verification.take(message, headers.length(), message.length - headers.length());
    return verification.finish();
  }

  /**
   * A message that is stored.
   *
   * @throws IOException if it cannot be read
   */
  public List<DkimResult> verify(Headers headers, OctetSource message)
      throws IOException, InterruptedException {
    MessageVerification verification = begin(headers);
    try (InputStream body = message.open(headers.length(), Long.MAX_VALUE)) {
      byte[] buffer = new byte[16 << 10];
      for (int got = body.read(buffer); got >= 0; got = body.read(buffer)) {
        verification.take(buffer, 0, got);
      }
    }
    return verification.finish();
  }
}

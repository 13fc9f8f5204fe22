package org.thurn.authentication.arc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.thurn.authentication.dkim.BodyHashes;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.DkimSigner;
import org.thurn.authentication.dkim.FieldSigner;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.authentication.dkim.SigningSettings;
import org.thurn.message.Headers;
import org.thurn.time.Time;

/**
 * Adds a set of ours to messages, RFC 8617 §5.1. It comes last: whoever changes the message
 * afterwards breaks the chain. Safe for many threads.
 */
public final class ArcSealer {
  private static final String DKIM_SIGNATURE = "DKIM-Signature";

  private final SigningKey key;
  private final SigningSettings settings;
  private final Time time;
  private final FieldSigner signer;

  /**
   * A sealer.
   *
   * @param key signs the message and seals the chain
   * @param settings how the message is signed; DKIM's signatures are signed, too, and nothing of
   *     Authentication-Results and ARC (RFC 8617 §4.1.2)
   */
  public ArcSealer(SigningKey key, SigningSettings settings, Time time, Cryptography cryptography) {
    this.key = new SigningKey(key.domain(), key.selector(), key.key().translated(cryptography));
    this.settings = settings;
    this.time = time;
    this.signer = new FieldSigner(cryptography);
  }

  /**
   * Begins with a message's header as it will be sent; then comes its body.
   *
   * @throws UnsealableException if the chain was sealed as broken already, or is as long as it may
   *     be
   */
  public Sealing begin(Headers headers) throws UnsealableException {
    return begin(headers, names(headers), new BodyHashes());
  }

  /**
   * The same for a message whose body another hashes already: what both want is made once.
   *
   * @param bodies which has not begun; {@link Sealing#take} is then not called
   */
  public Sealing begin(Headers headers, BodyHashes bodies) throws UnsealableException {
    return begin(headers, names(headers), bodies);
  }

  /** With the names that {@code h=} is to have. */
  Sealing begin(Headers headers, List<String> names, BodyHashes bodies) throws UnsealableException {
    ArcChain chain = ArcChain.of(headers);
    int instance =
        switch (chain) {
          case ArcChain.None _ -> 1;
          case ArcChain.Whole whole -> whole.sets().size() + 1;
          case ArcChain.Broken broken -> {
            if (broken.ended()) { // RFC 8617 §5.1, 2
              throw new UnsealableException("the chain was sealed as broken before");
            }
            yield broken.highest() + 1;
          }
        };
    if (instance > ArcField.MAX_INSTANCE) {
      throw new UnsealableException(
          "the chain has " + ArcField.MAX_INSTANCE + " sets, and may have no more");
    }
    return new Sealing(
        new Sealing.Plan(key, settings, names, instance, time.now()),
        chain,
        headers,
        bodies,
        signer);
  }

  private List<String> names(Headers headers) throws UnsealableException {
    List<String> names = new ArrayList<>();
    for (String name : settings.oversigned()) {
      names.addAll(Collections.nCopies(count(headers, name) + 1, name));
    }
    for (String name :
        Stream.concat(settings.signed().stream(), Stream.of(DKIM_SIGNATURE)).toList()) {
      names.addAll(Collections.nCopies(count(headers, name), name));
    }
    return names;
  }

  private static int count(Headers headers, String name) throws UnsealableException {
    int count = headers.count(name);
    if (count > DkimSigner.MAX_FIELDS_OF_A_NAME) {
      throw new UnsealableException("the message has " + count + " fields " + name);
    }
    return count;
  }
}

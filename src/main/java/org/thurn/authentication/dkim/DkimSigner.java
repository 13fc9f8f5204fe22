package org.thurn.authentication.dkim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.time.Time;

/**
 * Signs messages with one or several keys at once, RFC 6376 §5. The octets are signed as they are:
 * whoever changes the message afterwards, be it its line ends or its transfer encoding, breaks the
 * signature. Safe for many threads.
 */
public final class DkimSigner {
  /** Of one name; no honest message has more. It keeps h= within bounds. */
  public static final int MAX_FIELDS_OF_A_NAME = 20;

  private final List<SigningKey> keys;
  private final SigningSettings settings;
  private final Time time;
  private final FieldSigner signer;

  /**
   * A signer.
   *
   * @param keys in the order in which their signatures are to stand in the header
   */
  public DkimSigner(
      List<SigningKey> keys, SigningSettings settings, Time time, Cryptography cryptography) {
    this.keys =
        keys.stream()
            .map(k -> new SigningKey(k.domain(), k.selector(), k.key().translated(cryptography)))
            .toList();
    this.settings = settings;
    this.time = time;
    this.signer = new FieldSigner(cryptography);
  }

  /**
   * Begins with a message's header; then comes its body.
   *
   * @throws UnsignableException if it has no From, or several, so that readers would see different
   *     ones; or a name very often
   */
  public Signing begin(Headers headers) throws UnsignableException {
    SignedFields fields = new SignedFields(headers);
    int from = fields.count("From");
    if (from != 1) {
      throw new UnsignableException(
          from == 0 ? "the message has no From" : "the message has " + from + " fields From");
    }
    List<String> names = names(fields);
    BodyHashes bodies = new BodyHashes();
    bodies.want(settings.body(), OptionalLong.empty());
    return new Signing(keys, settings, signer, fields, names, bodies, time.now());
  }

  private List<String> names(SignedFields fields) throws UnsignableException {
    List<String> names = new ArrayList<>();
    for (String name : settings.oversigned()) {
      names.addAll(Collections.nCopies(count(fields, name) + 1, name));
    }
    for (String name : settings.signed()) {
      names.addAll(Collections.nCopies(count(fields, name), name));
    }
    return names;
  }

  private static int count(SignedFields fields, String name) throws UnsignableException {
    int count = fields.count(name);
    if (count > MAX_FIELDS_OF_A_NAME) {
      throw new UnsignableException("the message has " + count + " fields " + name);
    }
    return count;
  }

  /**
   * Signs a message in memory.
   *
   * @return the fields to put before the message's
   * @throws UnsignableException as {@link #begin}
   */
  public List<HeaderField> sign(Headers headers, byte[] body) throws UnsignableException {
    Signing signing = begin(headers);
    signing.take(body, 0, body.length);
    return signing.finish();
  }
}

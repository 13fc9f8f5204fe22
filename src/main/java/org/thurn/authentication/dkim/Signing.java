package org.thurn.authentication.dkim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.thurn.message.HeaderField;

/** One message being signed: {@link #take} its body, then {@link #finish}. Used by one thread. */
public final class Signing {
  private final List<SigningKey> keys;
  private final SigningSettings settings;
  private final FieldSigner signer;
  private final SignedFields fields;
  private final List<String> names;
  private final BodyHashes bodies;
  private final Instant now;

  Signing(
      List<SigningKey> keys,
      SigningSettings settings,
      FieldSigner signer,
      SignedFields fields,
      List<String> names,
      BodyHashes bodies,
      Instant now) {
    this.keys = keys;
    this.settings = settings;
    this.signer = signer;
    this.fields = fields;
    this.names = names;
    this.bodies = bodies;
    this.now = now;
  }

  /** Takes the next octets of the body as they will be sent, before any dot-stuffing. */
  public void take(byte[] octets, int offset, int count) {
    bodies.take(octets, offset, count);
  }

  /**
   * Ends the body and signs.
   *
   * @return a field for each key, to be put before the message's own in this order
   */
  public List<HeaderField> finish() {
    bodies.finish();
    BodyHashes.Hash hash = bodies.hash(settings.body(), OptionalLong.empty());
    if (!(hash instanceof BodyHashes.Hash.Of(byte[] octets, long _, long _))) {
      throw new IllegalStateException("a whole body has a hash");
    }
    String bodyHash = Base64.getEncoder().encodeToString(octets);
    return keys.stream().map(key -> sign(key, bodyHash)).toList();
  }

  private HeaderField sign(SigningKey key, String bodyHash) {
    List<String> tags = new ArrayList<>();
    tags.add("v=1");
    tags.add("a=" + key.key().algorithm().word());
    tags.add("c=" + settings.header().word() + "/" + settings.body().word());
    tags.add("d=" + key.domain());
    tags.add("s=" + key.selector());
    tags.add("t=" + now.getEpochSecond());
    settings.validity().ifPresent(v -> tags.add("x=" + now.plus(v).getEpochSecond()));
    tags.add("h=" + String.join(":", names));
    tags.add("bh=" + bodyHash);
    HeaderHasher hasher = new HeaderHasher(settings.header());
    fields.pick(names).forEach(hasher::add);
    return signer.sign(Dialect.DKIM.fieldName(), tags, key.key(), hasher);
  }
}

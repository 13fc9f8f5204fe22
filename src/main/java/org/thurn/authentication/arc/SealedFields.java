package org.thurn.authentication.arc;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.thurn.authentication.dkim.Canonicalization;
import org.thurn.authentication.dkim.HeaderHasher;

/**
 * What each seal of a chain signs, RFC 8617 §5.1.1: all sets up to its own in their order, within
 * each the results, the signature and the seal.
 */
final class SealedFields {
  private SealedFields() {}

  /** A hasher that has taken whole sets. */
  static HeaderHasher of(List<ArcSet> sets) {
    HeaderHasher hasher = new HeaderHasher(Canonicalization.RELAXED);
    sets.forEach(
        set ->
            hasher
                .add(set.authenticationResults())
                .add(set.messageSignature())
                .add(set.seal().field()));
    return hasher;
  }

  /** The octets under the seal of the last of these sets. */
  static byte[] under(List<ArcSet> sets) {
    ArcSet last = sets.getLast();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(of(sets.subList(0, sets.size() - 1)).octets());
    HeaderHasher own = new HeaderHasher(Canonicalization.RELAXED);
    own.add(last.authenticationResults()).add(last.messageSignature());
    out.writeBytes(own.addSignature(last.seal().field(), last.seal().signatureTag()).octets());
    return out.toByteArray();
  }
}

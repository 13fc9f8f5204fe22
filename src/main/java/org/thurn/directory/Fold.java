package org.thurn.directory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ibm.icu.text.Normalizer2;
import org.thurn.name.LocalPart;
import org.thurn.name.Mailbox;

/**
 * How this directory compares local parts: without case and composed, which RFC 5321 §2.4 leaves to
 * the domain's own host.
 */
final class Fold {
  private Fold() {}

  static LocalPart local(LocalPart local) {
    if (local.isAscii()) {
      return local.folded();
    }
    String folded = Normalizer2.getNFKCCasefoldInstance().normalize(local.value());
    // Composing may make it longer than a local part can be: then it is only equal to itself.
    return folded.getBytes(UTF_8).length > LocalPart.MAX_OCTETS ? local : new LocalPart(folded);
  }

  static Mailbox mailbox(Mailbox address) {
    return new Mailbox(local(address.local()), address.host());
  }
}

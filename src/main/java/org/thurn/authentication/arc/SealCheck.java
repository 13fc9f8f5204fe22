package org.thurn.authentication.arc;

import java.util.Base64;
import org.thurn.authentication.dkim.Cause;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.DkimKeyRecord;
import org.thurn.authentication.dkim.KeyAnswer;
import org.thurn.authentication.dkim.KeyLookup;
import org.thurn.authentication.dkim.KeySyntaxException;
import org.thurn.authentication.dkim.VerificationKey;

/** Checks single seals with the keys that DKIM has, RFC 8617 §5.2, 8. */
final class SealCheck {
  private final KeyLookup keys;
  private final Cryptography cryptography;

  SealCheck(KeyLookup keys, Cryptography cryptography) {
    this.keys = keys;
    this.cryptography = cryptography;
  }

  /**
   * What came of one.
   *
   * @param temporary whether it may hold another time, the DNS answering
   * @param words why it does not hold, for people
   */
  record Verdict(boolean holds, boolean temporary, String words) {}

  /** Asks for its key. */
  void begin(ArcSeal seal) {
    keys.begin(seal.asSignature());
  }

  /**
   * Checks one; waits for its key.
   *
   * @param octets what it seals
   */
  Verdict check(ArcSeal seal, byte[] octets) throws InterruptedException {
    return switch (keys.await(seal.asSignature())) {
      case KeyAnswer.Missing missing ->
          new Verdict(false, missing.cause() == Cause.NO_ANSWER, missing.words());
      case KeyAnswer.Found found -> tryAll(seal, octets, found);
    };
  }

  /** Each record in turn, until one verifies (RFC 6376 §3.6.2.2). */
  private Verdict tryAll(ArcSeal seal, byte[] octets, KeyAnswer.Found found) {
    Verdict last = new Verdict(false, false, "there is no key");
    for (DkimKeyRecord record : found.records()) {
      last = with(record, seal, octets);
      if (last.holds()) {
        break;
      }
    }
    return last;
  }

  private Verdict with(DkimKeyRecord record, ArcSeal seal, byte[] octets) {
    if (record.revoked() || !record.forMail() || !record.fits(seal.algorithm())) {
      String why =
          record.revoked()
              ? "its key was revoked"
              : "its key is not for " + seal.algorithm().word() + " in mail";
      return new Verdict(false, false, why);
    }
    try {
      VerificationKey key = VerificationKey.of(record, seal.algorithm(), cryptography);
      byte[] signature = Base64.getDecoder().decode(seal.signature());
      boolean holds = cryptography.verify(key, seal.algorithm(), octets, signature);
      String words = "a set was changed, or another key made it";
      return new Verdict(holds, false, holds ? "" : words);
    } catch (KeySyntaxException e) {
      return new Verdict(false, false, String.valueOf(e.getMessage()));
    }
  }
}

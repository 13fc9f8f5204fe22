package org.thurn.authentication.dkim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.thurn.fuzz.Choice;
import org.thurn.fuzz.FuzzTarget;
import org.thurn.fuzz.Promise;
import org.thurn.message.HeaderField;
import org.thurn.message.Headers;
import org.thurn.message.MessageLimits;

/** Signatures' fields, key records, whole messages with the keys that the input says. */
public final class FuzzedDkim {
  private FuzzedDkim() {}

  public static FuzzTarget all() {
    return Choice.of(
        FuzzedDkim::signature, FuzzedDkim::key, FuzzedDkim::message, FuzzedDkim::signed);
  }

  private static boolean shown(String words) {
    return words.length() < 2_000 && words.chars().noneMatch(Character::isISOControl);
  }

  /** What is read has all that a check needs; a mistake has words. */
  private static void signature(byte[] octets) throws Exception {
    String field = "DKIM-Signature:" + Mail.text(octets).replaceAll("[\r\n]+", "\r\n ") + "\r\n";
    List<HeaderField> fields = Mail.headers(field).fields();
    for (Dialect dialect : Dialect.values()) {
      try {
        MessageSignature signature = MessageSignature.parse(fields.getFirst(), dialect);
        Promise.holds(signature.signatureOctets().length > 0, () -> "no signature");
        Promise.holds(signature.bodyHashOctets().length > 0, () -> "no hash");
        boolean within = signature.identityDomain().isWithin(signature.domain());
        Promise.holds(within, signature::identityOrDefault);
        Promise.holds(signature.keyName().text().length() <= 253, signature.keyName()::text);
        String all = Mail.text(new SignedFields(Headers.of(fields)).octets(signature));
        Promise.holds(
            all.toLowerCase(java.util.Locale.ROOT).contains("dkim-signature:"), () -> all);
        CopiedFields.changed(signature, Headers.of(fields));
      } catch (SignatureSyntaxException e) {
        Promise.holds(shown(e.words()), e::words);
        Promise.holds(e.reason().outcome() != Outcome.PASS, () -> "passed");
      }
    }
  }

  /** Read, written and read again, a record is the same. */
  private static void key(byte[] octets) {
    try {
      DkimKeyRecord record = DkimKeyRecord.parse(Mail.text(octets));
      try {
        VerificationKey key =
            VerificationKey.of(record, Algorithm.RSA_SHA256, Cryptography.platform());
        Promise.holds(key.bits() <= VerificationKey.MAX_RSA_BITS, () -> key.bits() + " bits");
      } catch (KeySyntaxException e) {
        Promise.holds(shown(e.words()), e::words);
      }
      Promise.same(record, DkimKeyRecord.parse(record.toString()), "the record");
    } catch (KeySyntaxException e) {
      Promise.holds(shown(e.words()), e::words);
    }
  }

  /** The first line is every key's record, the rest a message. */
  private static void message(byte[] octets) throws Exception {
    int line = 0;
    while (line < octets.length && octets[line] != '\n') {
      line++;
    }
    String record = Mail.text(Arrays.copyOf(octets, line));
    byte[] message = Arrays.copyOfRange(octets, Math.min(line + 1, octets.length), octets.length);
    KeyZone zone = new KeyZone();
    zone.everywhere = record;
    Headers headers = Headers.parse(message, MessageLimits.DEFAULT);
    List<DkimResult> results = new DkimVerifier(zone, Mail.TIME).verify(message);
    int signatures = headers.count("DKIM-Signature");
    Promise.holds(results.size() == Math.max(1, signatures), () -> results.size() + " results");
    Promise.holds(zone.asked.size() <= DkimVerifier.MAX_SIGNATURES, () -> "many questions");
    for (DkimResult result : results) {
      Promise.holds(shown(result.sentence()), result::sentence);
      new Repairs(Mail.TIME, Cryptography.platform()).find(message, result);
    }
    Promise.same(cut(message, headers, zone), results.toString(), "the results of pieces");
  }

  /** The same octet by octet. */
  private static String cut(byte[] message, Headers headers, KeyZone zone) throws Exception {
    MessageVerification verification = new DkimVerifier(zone, Mail.TIME).begin(headers);
    for (int i = headers.length(); i < message.length; i++) {
      verification.take(message, i, 1);
    }
    return verification.finish().toString();
  }

  /** What we sign holds, whatever it is; with a line added before the first it still does. */
  private static void signed(byte[] octets) throws Exception {
    Headers headers = Headers.parse(octets, MessageLimits.DEFAULT);
    byte[] body = Arrays.copyOfRange(octets, headers.length(), octets.length);
    List<HeaderField> fields = new ArrayList<>();
    try {
      fields.addAll(Mail.signer(Mail.ED).sign(headers, body));
    } catch (UnsignableException e) {
      Promise.holds(shown(String.valueOf(e.getMessage())), e::getMessage);
      return;
    }
    KeyZone zone = new KeyZone();
    zone.everywhere = Mail.ED.key().record(Set.of()).toString();
    MessageVerification verification =
        new DkimVerifier(zone, Mail.TIME)
            .begin(headers.prepend(HeaderField.of("Received", "x"), fields.getFirst()));
    verification.take(body, 0, body.length);
    DkimResult first = verification.finish().getFirst();
    Promise.holds(first.passed(), first::sentence);
  }
}

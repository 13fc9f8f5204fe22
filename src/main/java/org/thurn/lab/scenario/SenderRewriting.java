package org.thurn.lab.scenario;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;

/**
 * The Sender Rewriting Scheme: a forwarder's own address stands in the envelope, and holds the old
 * one, a day and a code, so that only the forwarder's own rewriting leads a bounce back. The form
 * is {@code SRS0=code=day=domain=local}; the code is four letters of an HMAC.
 */
final class SenderRewriting {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int CODE = 4;
  private static final long DAY = 86_400;

  private final SecretKeySpec secret;

  /** With a secret of its own. */
  SenderRewriting() {
    byte[] octets = new byte[32];
    new SecureRandom().nextBytes(octets);
    secret = new SecretKeySpec(octets, "HmacSHA256");
  }

  /** The address for the envelope. */
  Mailbox rewritten(Mailbox sender, Domain forwarder, Instant now) {
    int day = (int) (now.getEpochSecond() / DAY % (32 * 32));
    String rest =
        "%c%c=%s=%s"
            .formatted(
                BASE32.charAt(day / 32),
                BASE32.charAt(day % 32),
                sender.host().ascii(),
                sender.local());
    return Mailbox.of("SRS0=" + code(rest) + "=" + rest + "@" + forwarder);
  }

  private String code(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      byte[] octets = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(octets).substring(0, CODE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", e);
    }
  }
}

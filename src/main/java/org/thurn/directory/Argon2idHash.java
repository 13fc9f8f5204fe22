package org.thurn.directory;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hash of Argon2id as it is kept, in the PHC string format: {@code
 * $argon2id$v=19$m=19456,t=2,p=1} and, each after another {@code $}, salt and hash in Base64
 * without padding.
 *
 * @param memoryKib memory of one hash, in KiB
 * @param passes over that memory
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Argon2idHash(int memoryKib, int passes, byte[] salt, byte[] hash) {
  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,4}),p=1"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{16,86})");

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalStateException on anything else: our rows hold nothing else
   */
  static Argon2idHash parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalStateException("a password's hash has an unknown form");
    }
    Base64.Decoder base64 = Base64.getDecoder();
    return new Argon2idHash(
        Integer.parseInt(form.group(1)),
        Integer.parseInt(form.group(2)),
        base64.decode(form.group(3)),
        base64.decode(form.group(4)));
  }

  String text() {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
        .formatted(memoryKib, passes, base64.encodeToString(salt), base64.encodeToString(hash));
  }
}

package org.thurn.mailbox;

import java.time.Instant;

/**
 * What comes with a message's body into a mailbox.
 *
 * @param prefix octets in front of the body, whole lines with their CRLF, or none; up to 64 KiB
 * @param internalDate kept in whole seconds
 * @param summary opaque to this room; may be empty and set later; up to 256 KiB
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record NewEmail(byte[] prefix, Flags flags, Instant internalDate, byte[] summary) {
  public NewEmail {
    if (prefix.length > 1 << 16 || summary.length > Email.MAX_SUMMARY) {
      throw new IllegalArgumentException("prefix or summary too long");
    }
  }

  /** Without prefix and summary. */
  public static NewEmail of(Flags flags, Instant internalDate) {
    return new NewEmail(new byte[0], flags, internalDate, new byte[0]);
  }
}

package org.thurn.authentication.dkim;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How messages are signed.
 *
 * @param oversigned fields that are signed once more than they are there, so that none of the name
 *     can be added (RFC 6376 §8.15)
 * @param signed fields that are signed as often as they are there
 * @param header the header's canonicalization
 * @param body the body's
 * @param validity how long after its making a signature is good; for ever if it is not said
 */
public record SigningSettings(
    List<String> oversigned,
    List<String> signed,
    Canonicalization header,
    Canonicalization body,
    Optional<Duration> validity) {
  /**
   * All that a reader sees or a program acts on (RFC 6376 §5.4.1). What mailing lists add, as
   * Sender and List-Id, is signed if it is there, and may be added if not. List-Unsubscribe-Post
   * counts only if it is signed (RFC 8058 §3.1).
   */
  public static final SigningSettings DEFAULT =
      new SigningSettings(
          List.of(
              "From",
              "To",
              "Cc",
              "Subject",
              "Date",
              "Message-ID",
              "Reply-To",
              "In-Reply-To",
              "References",
              "MIME-Version",
              "Content-Type",
              "Content-Transfer-Encoding"),
          List.of(
              "Sender",
              "Content-ID",
              "Content-Description",
              "Content-Disposition",
              "Content-Language",
              "Auto-Submitted",
              "Autocrypt",
              "Feedback-ID",
              "Resent-From",
              "Resent-Sender",
              "Resent-To",
              "Resent-Cc",
              "Resent-Date",
              "Resent-Message-ID",
              "List-Id",
              "List-Help",
              "List-Post",
              "List-Owner",
              "List-Archive",
              "List-Subscribe",
              "List-Unsubscribe",
              "List-Unsubscribe-Post"),
          Canonicalization.RELAXED,
          Canonicalization.RELAXED,
          Optional.empty());

  public SigningSettings {
    oversigned = List.copyOf(oversigned);
    signed = List.copyOf(signed);
    if (oversigned.stream().noneMatch(name -> name.equalsIgnoreCase("From"))) {
      throw new IllegalArgumentException("From is always signed");
    }
    if (validity.isPresent() && validity.get().toSeconds() < 1) {
      throw new IllegalArgumentException("a signature is good for a second at least");
    }
  }

  /** The same with an end. */
  public SigningSettings withValidity(Duration duration) {
    return new SigningSettings(oversigned, signed, header, body, Optional.of(duration));
  }

  /** The same with other canonicalizations. */
  public SigningSettings with(Canonicalization ofHeader, Canonicalization ofBody) {
    return new SigningSettings(oversigned, signed, ofHeader, ofBody, validity);
  }
}

package org.thurn.lab.scenario;

import java.io.IOException;
import org.thurn.authentication.arc.ArcSealer;
import org.thurn.authentication.arc.ChainValidation;
import org.thurn.authentication.arc.Sealing;
import org.thurn.authentication.arc.UnsealableException;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.SigningSettings;
import org.thurn.authentication.results.AuthenticationResults;

/** What somebody who carries a message does with it. */
enum Treatment {
  /** As mailing lists do: a tag in the subject, a footer under the text. */
  TAG_AND_FOOTER,
  /** As thieves do: another sum in the text. */
  ALTERED_SUM,
  /** Says by ARC what it found when the message came (RFC 8617 §5.1): the last thing it does. */
  SEAL,
  /** Puts an address of its own into the envelope. */
  REWRITTEN_SENDER;

  static final String SUM = "100 florins";
  private static final String OTHER_SUM = "9000 florins";

  /**
   * The letter as it goes on.
   *
   * @param carrier whose server checked it when it came
   */
  Letter on(Letter letter, Actor carrier, Cast cast) throws IOException {
    return switch (this) {
      case TAG_AND_FOOTER ->
          letter
              .withSubject(subject -> "[news] " + subject)
              .withText(text -> text + "-- \r\nYou get this as a reader of the news.\r\n");
      case ALTERED_SUM -> letter.withText(text -> text.replace(SUM, OTHER_SUM));
      case SEAL -> sealed(letter, carrier, cast);
      case REWRITTEN_SENDER -> letter; // of the envelope
    };
  }

  private static Letter sealed(Letter letter, Actor carrier, Cast cast) throws IOException {
    ArcSealer sealer =
        new ArcSealer(
            cast.keys().forwarder(), SigningSettings.DEFAULT, cast.time(), Cryptography.platform());
    try {
      Sealing sealing = sealer.begin(letter.headers());
      sealing.take(letter.body(), 0, letter.body().length);
      return letter.withOnTop(
          sealing.finish(
              ChainValidation.NONE,
              AuthenticationResults.gathered(letter.headers(), carrier.host().ascii())));
    } catch (UnsealableException e) {
      throw new IOException("a letter of ours cannot be sealed", e);
    }
  }
}

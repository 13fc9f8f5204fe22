package org.thurn.lab.scenario;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.thurn.authentication.dkim.Cryptography;
import org.thurn.authentication.dkim.DkimSigner;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.authentication.dkim.SigningSettings;
import org.thurn.authentication.dkim.UnsignableException;
import org.thurn.time.Time;

/** How the author's domain signs the message. */
enum Signature {
  NONE,
  GOOD,
  /** Made a week ago, and good for a day. */
  EXPIRED,
  /** With a key that the domain took back. */
  REVOKED;

  private static final Duration AGO = Duration.ofDays(7);
  private static final Duration VALIDITY = Duration.ofDays(1);

  /** The letter with its signature, if it gets one. */
  Letter on(Letter letter, SceneKeys keys, Time time) throws IOException {
    return switch (this) {
      case NONE -> letter;
      case GOOD -> signed(letter, keys.author(), SigningSettings.DEFAULT, time);
      case EXPIRED ->
          signed(
              letter,
              keys.author(),
              SigningSettings.DEFAULT.withValidity(VALIDITY),
              new Earlier(time));
      case REVOKED -> signed(letter, keys.revoked(), SigningSettings.DEFAULT, time);
    };
  }

  private static Letter signed(Letter letter, SigningKey key, SigningSettings settings, Time time)
      throws IOException {
    DkimSigner signer = new DkimSigner(List.of(key), settings, time, Cryptography.platform());
    try {
      return letter.withOnTop(signer.sign(letter.headers(), letter.body()));
    } catch (UnsignableException e) {
      throw new IOException("a letter of ours cannot be signed", e);
    }
  }

  /** The clock of a week ago. */
  private record Earlier(Time time) implements Time {
    @Override
    public Instant now() {
      return time.now().minus(AGO);
    }

    @Override
    public long ticks() {
      return time.ticks();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
      time.pause(duration);
    }
  }
}

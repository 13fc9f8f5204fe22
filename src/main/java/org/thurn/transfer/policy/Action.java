package org.thurn.transfer.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What may be done with a message; a later one is stricter. */
public enum Action {
  /** Goes on as if nothing had been found. */
  ACCEPT,
  /** Goes on with a header field that warns. */
  MARK,
  /** Goes to the junk. */
  JUNK,
  /** Is put off at its first attempts: who means it comes again (451 4.7.1). */
  GREYLIST,
  /** Is put off: the DNS hides what would decide (451 4.7.1). */
  DEFER,
  /** Is refused (550 5.7.1). */
  REJECT;

  /** As the settings and the journey write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** By its word, if an administrator may choose it: a message is put off only by itself. */
  public static Optional<Action> chosen(String word) {
    return Arrays.stream(values())
        .filter(action -> action != DEFER && action.word().equals(word))
        .findFirst();
  }
}

package org.thurn.tls.mtasts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a sender is to do if a host fails its policy, RFC 8461 §5. */
public enum Mode {
  /** Not to deliver there. */
  ENFORCE,
  /** To deliver all the same, and to report it. */
  TESTING,
  /** Nothing: the domain has no policy any more (§8.3). */
  NONE;

  /** As the policy has it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mode of a word, in lower case only. */
  public static Optional<Mode> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
  }
}

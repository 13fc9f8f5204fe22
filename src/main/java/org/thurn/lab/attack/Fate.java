package org.thurn.lab.attack;

import java.util.Locale;

/** What becomes of a message. */
public enum Fate {
  /** The receiver has it, and the attacker has only what nobody can read. */
  SAFE,
  /** The receiver has it, and the attacker has read it. */
  READABLE,
  /** It waits at the sender for a better day. */
  DEFERRED,
  /** It goes back to who wrote it. */
  BOUNCED;

  /** As programs write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In the words of a person. */
  public String words() {
    return switch (this) {
      case SAFE -> "delivered safely";
      case READABLE -> "delivered, and read by the attacker";
      case DEFERRED -> "deferred";
      case BOUNCED -> "bounced";
    };
  }
}

package org.thurn.transfer.posture;

import java.util.Locale;

/** What is to be thought of something that was found. */
public enum Verdict {
  /** As it should be. */
  GOOD,
  /** It works, and could be better. */
  WARN,
  /** Mail is lost, refused or unprotected by it. */
  BAD,
  /** It could not be found out from here. */
  UNKNOWN;

  /** For people and for JSON. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

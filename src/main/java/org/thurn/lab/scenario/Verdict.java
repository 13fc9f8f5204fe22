package org.thurn.lab.scenario;

import java.util.Locale;

/** What becomes of a message. */
public enum Verdict {
  /** In the mailbox, as any other. */
  DELIVERED,
  /** In the mailbox, with a header field that warns. */
  WARNED,
  /** In the junk. */
  JUNK,
  /** Not taken now. */
  DEFERRED,
  /** Not taken. */
  REFUSED;

  /** As the page and programs write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the server took the message. */
  public boolean isTaken() {
    return this != DEFERRED && this != REFUSED;
  }

  /** In the words of a person. */
  public String words() {
    return switch (this) {
      case DELIVERED -> "delivered";
      case WARNED -> "delivered with a warning";
      case JUNK -> "delivered to the junk";
      case DEFERRED -> "put off";
      case REFUSED -> "refused";
    };
  }
}

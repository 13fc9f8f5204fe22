package org.thurn.mailbox;

import java.util.Arrays;
import java.util.Optional;

/** What a mailbox is for (RFC 6154 §2). Every account has one of each from the start. */
public enum SpecialUse {
  DRAFTS("\\Drafts", "Drafts", 1),
  SENT("\\Sent", "Sent", 2),
  TRASH("\\Trash", "Trash", 3),
  JUNK("\\Junk", "Junk", 4),
  ARCHIVE("\\Archive", "Archive", 5);

  private final String attribute;
  private final String name;
  private final int code;

  SpecialUse(String attribute, String name, int code) {
    this.attribute = attribute;
    this.name = name;
    this.code = code;
  }

  /** Its number in stored rows; 0 is none. */
  int code() {
    return code;
  }

  static Optional<SpecialUse> ofCode(int code) {
    return Arrays.stream(values()).filter(use -> use.code == code).findFirst();
  }

  /** The wire form. */
  public String attribute() {
    return attribute;
  }

  MailboxName firstName() {
    return MailboxName.of(name);
  }
}

package org.thurn.mailbox;

/** What a mailbox is for (RFC 6154 §2). Every account has one of each from the start. */
public enum SpecialUse {
  DRAFTS("\\Drafts", "Drafts"),
  SENT("\\Sent", "Sent"),
  TRASH("\\Trash", "Trash"),
  JUNK("\\Junk", "Junk"),
  ARCHIVE("\\Archive", "Archive");

  private final String attribute;
  private final String name;

  SpecialUse(String attribute, String name) {
    this.attribute = attribute;
    this.name = name;
  }

  /** The wire form. */
  public String attribute() {
    return attribute;
  }

  MailboxName firstName() {
    return MailboxName.of(name);
  }
}

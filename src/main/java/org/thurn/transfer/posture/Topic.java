package org.thurn.transfer.posture;

import java.util.Locale;

/** What a domain's posture is made of, in the order in which it is told. */
public enum Topic {
  MX(Section.WAY),
  ADDRESS(Section.WAY),
  REVERSE(Section.WAY),
  BLOCK_LIST(Section.WAY),
  SMTP(Section.WAY),
  STARTTLS(Section.SECRECY),
  CERTIFICATE(Section.SECRECY),
  MTA_STS(Section.SECRECY),
  DANE(Section.SECRECY),
  DNSSEC(Section.SECRECY),
  TLS_RPT(Section.SECRECY),
  SPF(Section.SENDERS),
  DKIM(Section.SENDERS),
  DMARC(Section.SENDERS),
  DMARC_REPORTS(Section.SENDERS),
  POSTMASTER(Section.PEOPLE),
  ABUSE(Section.PEOPLE);

  private final Section section;

  Topic(Section section) {
    this.section = section;
  }

  /** Topics that belong together. */
  public enum Section {
    WAY("Where its mail goes"),
    SECRECY("How it is protected on the way"),
    SENDERS("Who may send in its name"),
    PEOPLE("Whom strangers can write to");

    private final String heading;

    Section(String heading) {
      this.heading = heading;
    }

    /** For people. */
    public String heading() {
      return heading;
    }
  }

  public Section section() {
    return section;
  }

  /** Such as {@code mta-sts}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

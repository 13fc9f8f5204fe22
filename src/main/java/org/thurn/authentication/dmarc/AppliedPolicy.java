package org.thurn.authentication.dmarc;

/**
 * Which policy holds for mail of an author domain.
 *
 * @param at where the record stands
 * @param record the record
 * @param tag which of its tags it is
 * @param published what that tag says
 * @param effective the same, or a level below if the owner tests
 */
public record AppliedPolicy(
    DomainName at, DmarcRecord record, Tag tag, Policy published, Policy effective) {
  /** The tags that hold policies. */
  public enum Tag {
    P,
    SP,
    NP;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT) + "=";
    }
  }

  static AppliedPolicy of(Discovered.Found found, Tag tag) {
    DmarcRecord record = found.record();
    Policy published =
        switch (tag) {
          case P -> record.forDomain();
          case SP -> record.forSubdomains();
          case NP -> record.forNonExistent();
        };
    Policy effective = record.testing() ? published.oneLevelBelow() : published;
    return new AppliedPolicy(found.at(), record, tag, published, effective);
  }
}

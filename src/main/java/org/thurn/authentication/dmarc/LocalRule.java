package org.thurn.authentication.dmarc;

/**
 * What is done with mail of some author domains that fails, whatever their owners ask for.
 *
 * @param authors of which author domains
 * @param action what is done
 * @param type how reports name the reason; {@code policy_test_mode} is the owner's own and no
 *     reason of ours
 * @param comment for people who read the reports; or empty
 */
public record LocalRule(DomainPattern authors, Action action, OverrideType type, String comment) {
  /** What may be done. */
  public enum Action {
    ACCEPT,
    JUNK,
    REJECT;

    static Action of(Policy policy) {
      return switch (policy) {
        case NONE -> ACCEPT;
        case QUARANTINE -> JUNK;
        case REJECT -> REJECT;
      };
    }
  }

  public LocalRule {
    if (type == OverrideType.POLICY_TEST_MODE) {
      throw new IllegalArgumentException("policy_test_mode is no reason of a receiver");
    }
  }

  /** A rule with the usual reason. */
  public static LocalRule of(DomainPattern authors, Action action) {
    return new LocalRule(authors, action, OverrideType.LOCAL_POLICY, "");
  }
}

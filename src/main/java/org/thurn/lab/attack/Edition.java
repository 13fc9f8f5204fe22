package org.thurn.lab.attack;

/** An MTA-STS policy that a receiver has now, or had last year. */
enum Edition {
  /** Names the host that takes the domain's mail. */
  CURRENT("enforce", "mx", "20260101T000000", Edition.WEEK),
  /** Last year's, of a domain that has moved since. */
  OLD_HOST("enforce", "mx-old", "20250101T000000", Edition.YEAR),
  /** Last year's, of a domain that demanded nothing then. */
  OLD_NONE("none", "mx", "20250101T000000", Edition.YEAR);

  private static final int WEEK = 604_800; // seconds

  /** The most that RFC 8461 §3.2 allows: whoever keeps a policy for a year was told so. */
  private static final int YEAR = 31_557_600;

  private final String mode;
  private final String host;
  private final String id;
  private final int age;

  Edition(String mode, String host, String id, int age) {
    this.mode = mode;
    this.host = host;
    this.id = id;
    this.age = age;
  }

  /** As the record announces it. */
  String id() {
    return id;
  }

  /** Whether mail must not go where it says no. */
  boolean enforced() {
    return mode.equals("enforce");
  }

  /** As the policy's host serves it, RFC 8461 §3.2. */
  String text(ReceiverDefence defence) {
    return "version: STSv1\r\nmode: %s\r\nmx: %s.%s\r\nmax_age: %d\r\n"
        .formatted(mode, host, defence.domain().ascii(), age);
  }
}

package org.thurn.authentication.dmarc;

/**
 * How one identifier stands to the author domain.
 *
 * @param method how it was authenticated
 * @param domain the identifier
 * @param code what that method found
 * @param mode which is asked for
 * @param state whether it is aligned; of what did not pass, as far as the names alone tell
 * @param reason one line for people
 */
public record Alignment(
    Method method,
    String domain,
    AuthenticationCode code,
    AlignmentMode mode,
    State state,
    String reason) {

  /** The mechanisms of RFC 9989 §4.3. */
  public enum Method {
    SPF("SPF"),
    DKIM("DKIM");

    private final String shown;

    Method(String shown) {
      this.shown = shown;
    }

    @Override
    public String toString() {
      return shown;
    }
  }

  /** Whether it is aligned. */
  public enum State {
    ALIGNED,
    NOT_ALIGNED,
    /** The DNS failed, or was not asked since another identifier passes. */
    UNKNOWN
  }

  /** Whether this makes the message pass. */
  public boolean passes() {
    return code == AuthenticationCode.PASS && state == State.ALIGNED;
  }

  /** Whether it could have made the message pass, had the DNS not failed. */
  boolean mightPass() {
    return switch (code) {
      case PASS -> state == State.UNKNOWN;
      case TEMPERROR -> state != State.NOT_ALIGNED;
      case NONE, FAIL, SOFTFAIL, POLICY, NEUTRAL, PERMERROR -> false;
    };
  }
}

package org.thurn.admin;

/**
 * How a command ended.
 *
 * @param exit one of {@link Exit}
 * @param words for people, may be empty
 */
public record Outcome(int exit, String words) {
  /** It failed; the exception's message says why. */
  public static Outcome of(int exit, Exception failure) {
    return new Outcome(exit, String.valueOf(failure.getMessage()));
  }

  public static Outcome ok(String words) {
    return new Outcome(Exit.OK, words);
  }

  public static Outcome no(String words) {
    return new Outcome(Exit.NO, words);
  }
}

package org.thurn.authentication.spf;

import java.time.Duration;
import org.thurn.name.Domain;

/**
 * How a check is made.
 *
 * @param receiver this host's name, for the macro {@code r}
 * @param lookUps how many terms may make it ask the DNS (RFC 7208 §4.6.4: 10)
 * @param voidLookUps how many of them may find nothing there (the same: 2)
 * @param mxNames how many hosts of one {@code mx} are looked up before it is an error
 * @param ptrNames how many of a client's names are looked at, the others are not
 * @param time after which nothing more is asked; the last question may still take its own time
 * @param explanationLength how many characters of an explanation are kept
 */
public record SpfSettings(
    Domain receiver,
    int lookUps,
    int voidLookUps,
    int mxNames,
    int ptrNames,
    Duration time,
    int explanationLength) {
  public static final int LOOK_UPS = 10;
  public static final int VOID_LOOK_UPS = 2;
  public static final int MX_NAMES = 10;
  public static final int PTR_NAMES = 10;

  /** RFC 7208 §4.6.4 wants at least this. */
  public static final Duration TIME = Duration.ofSeconds(20);

  /** What fits into one reply line with the words around it. */
  public static final int EXPLANATION_LENGTH = 400;

  public SpfSettings {
    boolean counts = lookUps >= 0 && voidLookUps >= 0 && mxNames >= 0 && ptrNames >= 0;
    if (!counts || !time.isPositive() || explanationLength < 0) {
      throw new IllegalArgumentException("a limit of SPF is negative");
    }
  }

  /** The limits of RFC 7208. */
  public static SpfSettings of(Domain receiver) {
    return new SpfSettings(
        receiver, LOOK_UPS, VOID_LOOK_UPS, MX_NAMES, PTR_NAMES, TIME, EXPLANATION_LENGTH);
  }
}

package org.thurn.transfer.signing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.thurn.authentication.dkim.rotation.RotationSettings;
import org.thurn.authentication.dkim.rotation.Stage;

/**
 * What comes next for a key, in words for an administrator.
 *
 * @param keys all of its domain
 * @param published whether this server puts keys into the DNS itself
 */
record KeyPlan(List<DomainKey> keys, RotationSettings settings, boolean published) {
  /** Beyond the years that people plan for. */
  private static final int NEVER_DAYS = 36_500;

  String next(DomainKey key) {
    Instant since = key.state().since();
    return switch (key.stage()) {
      case PUBLISHED ->
          key.shown()
              ? forerunner(key)
                  .map(old -> "signs from " + shown(later(since, old)))
                  .orElse("signs now")
              : "waits until the DNS shows it" + byWhom(key);
      case ACTIVE -> {
        String successor =
            key.replace()
                ? "its successor follows soon"
                : settings.lifetime().toDays() > NEVER_DAYS
                    ? "signs until somebody rotates"
                    : "signs until " + shown(since.plus(settings.lifetime()));
        yield key.shown()
            ? successor
            : "does not sign, since the DNS does not show it" + byWhom(key);
      }
      case RETIRED -> "is revoked at " + shown(since.plus(settings.retirement()));
      case REVOKED -> "leaves the DNS at " + shown(since.plus(settings.revocation()));
      case GONE -> "nothing";
    };
  }

  private String byWhom(DomainKey key) {
    return published && key.told() ? "" : published ? "; it is told soon" : ": publish its record";
  }

  private Optional<DomainKey> forerunner(DomainKey key) {
    return keys.stream()
        .filter(other -> other.stage() == Stage.ACTIVE)
        .filter(other -> other.state().algorithm() == key.state().algorithm())
        .findFirst();
  }

  /** When both the successor is known everywhere and the old one is old. */
  private Instant later(Instant known, DomainKey old) {
    Instant ready = known.plus(settings.propagation());
    Instant due = old.replace() ? Instant.MIN : old.state().since().plus(settings.lifetime());
    return ready.isAfter(due) ? ready : due;
  }

  private static String shown(Instant at) {
    return at.truncatedTo(ChronoUnit.MINUTES).toString();
  }
}

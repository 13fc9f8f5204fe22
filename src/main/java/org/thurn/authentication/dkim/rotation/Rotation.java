package org.thurn.authentication.dkim.rotation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.thurn.authentication.dkim.Algorithm;

/**
 * Says which steps are due. Carried out one by one in their order, each at any time later and again
 * after a crash, they never leave a domain without a key that signs, once it had one.
 */
public final class Rotation {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final RotationSettings settings;

  public Rotation(RotationSettings settings) {
    this.settings = settings;
  }

  /** What is due now; empty if nothing is. */
  public List<Step> next(Instant now, List<KeyState> keys) {
    List<Step> steps = new ArrayList<>();
    List<String> taken = new ArrayList<>(keys.stream().map(KeyState::selector).toList());
    for (Algorithm algorithm : settings.algorithms().stream().sorted().toList()) {
      List<KeyState> ofKind = keys.stream().filter(k -> k.algorithm() == algorithm).toList();
      replace(now, algorithm, ofKind, taken, steps);
    }
    // a kind that is not wanted any more goes when another signs
    boolean signs = keys.stream().anyMatch(k -> k.stage() == Stage.ACTIVE && wanted(k));
    keys.stream()
        .filter(k -> !wanted(k) && signs)
        .filter(k -> k.stage() == Stage.ACTIVE || k.stage() == Stage.PUBLISHED)
        .forEach(k -> steps.add(new Step.Retire(k.selector())));
    for (KeyState key : keys) {
      switch (key.stage()) {
        case RETIRED -> {
          if (key.lasted(settings.retirement(), now)) {
            steps.add(new Step.Revoke(key.selector()));
          }
        }
        case REVOKED -> {
          if (key.lasted(settings.revocation(), now)) {
            steps.add(new Step.Remove(key.selector()));
          }
        }
        case PUBLISHED, ACTIVE, GONE -> {
          // the keys of one kind decide together, above
        }
      }
    }
    return steps;
  }

  private boolean wanted(KeyState key) {
    return settings.algorithms().contains(key.algorithm());
  }

  /** The keys of one kind: a successor is published in time, then signs in the other's place. */
  private void replace(
      Instant now, Algorithm algorithm, List<KeyState> keys, List<String> taken, List<Step> steps) {
    List<KeyState> active = newestFirst(keys, Stage.ACTIVE).toList();
    Optional<KeyState> published = newestFirst(keys, Stage.PUBLISHED).reduce((_, oldest) -> oldest);
    // a crash between two steps may leave two that sign
    active.stream().skip(1).forEach(k -> steps.add(new Step.Retire(k.selector())));
    boolean old = active.isEmpty() || active.getFirst().lasted(settings.lifetime(), now);
    boolean ageing =
        active.isEmpty()
            || active.getFirst().lasted(settings.lifetime().minus(settings.propagation()), now);
    if (published.isEmpty() && ageing) {
      String selector = selector(algorithm, now, taken);
      taken.add(selector);
      steps.add(new Step.Publish(selector, algorithm));
    } else if (published.isPresent()
        && old
        && published.get().lasted(settings.propagation(), now)) {
      steps.add(new Step.Activate(published.get().selector()));
      active.stream().limit(1).forEach(k -> steps.add(new Step.Retire(k.selector())));
    }
  }

  private static Stream<KeyState> newestFirst(List<KeyState> keys, Stage stage) {
    return keys.stream()
        .filter(k -> k.stage() == stage)
        .sorted(Comparator.comparing(KeyState::since).reversed().thenComparing(KeyState::selector));
  }

  /**
   * What to do when somebody else has a key: it is revoked at once, and a successor that is already
   * known signs. Mail of the last days loses its signature by that.
   */
  public List<Step> compromised(Instant now, List<KeyState> keys, String selector) {
    List<Step> steps = new ArrayList<>();
    List<String> taken = keys.stream().map(KeyState::selector).toList();
    for (KeyState key : keys) {
      if (!key.selector().equals(selector) || !known(key)) {
        continue;
      }
      if (key.stage() == Stage.ACTIVE) {
        List<KeyState> next =
            newestFirst(keys, Stage.PUBLISHED)
                .filter(k -> k.algorithm() == key.algorithm())
                .filter(k -> k.lasted(settings.propagation(), now))
                .toList();
        steps.add(
            next.isEmpty()
                ? new Step.Publish(selector(key.algorithm(), now, taken), key.algorithm())
                : new Step.Activate(next.getLast().selector()));
      }
      steps.add(new Step.Revoke(selector));
    }
    return steps;
  }

  /** Whether somebody could believe it. */
  private static boolean known(KeyState key) {
    return switch (key.stage()) {
      case PUBLISHED, ACTIVE, RETIRED -> true;
      case REVOKED, GONE -> false;
    };
  }

  /** A name that no key of the domain has had. */
  private static String selector(Algorithm algorithm, Instant now, List<String> taken) {
    String day = algorithm.keyType() + "-" + DAY.format(now);
    String name = day;
    for (int i = 2; taken.contains(name); i++) {
      name = day + "-" + i;
    }
    return name;
  }
}

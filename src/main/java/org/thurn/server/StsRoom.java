package org.thurn.server;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.thurn.journey.Journey;
import org.thurn.name.Domain;
import org.thurn.store.Store;
import org.thurn.time.Time;
import org.thurn.tls.mtasts.OwnPolicies;
import org.thurn.tls.mtasts.PolicyKeeping;
import org.thurn.tls.mtasts.StsPolicies;
import org.thurn.tls.mtasts.StsPolicy;
import org.thurn.tls.mtasts.StsStatus;

/**
 * MTA-STS on both sides.
 *
 * @param policies of the domains that mail goes to
 * @param keeping keeps them fresh
 * @param own of the domains whose mail we take
 */
record StsRoom(StsPolicies policies, PolicyKeeping keeping, OwnPolicies own) {
  /**
   * Not begun yet.
   *
   * @param current the settings in force, asked anew each time
   */
  static StsRoom of(
      Store store,
      Supplier<Rooms.Current> current,
      Predicate<Domain> isLocal,
      Time time,
      Journey journey) {
    StsPolicies policies =
        new StsPolicies(
            store,
            (name, type) -> current.get().resolver().ask(name, type),
            (domain, notes) -> current.get().policySource().fetch(domain, notes),
            time);
    OwnPolicies own = new OwnPolicies(isLocal, () -> policy(current.get().settings()));
    return new StsRoom(policies, new PolicyKeeping(policies, time, journey), own);
  }

  private static Optional<StsPolicy> policy(Settings settings) {
    return settings.sts().policy(settings.hostname());
  }

  /** For the relay: what is known of a domain, told in the journey of the message that asks. */
  StsStatus known(Domain domain, Journey about) {
    return policies.of(domain, new JourneyNotes(about));
  }
}

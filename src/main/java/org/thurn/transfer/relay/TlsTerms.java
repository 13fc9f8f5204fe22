package org.thurn.transfer.relay;

import java.util.Locale;
import java.util.Optional;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.name.AddressLiteral;
import org.thurn.name.Domain;
import org.thurn.queue.Outcome;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.tls.dane.DaneLookup;
import org.thurn.tls.policy.HostPolicy;
import org.thurn.tls.policy.TlsPolicy;
import org.thurn.tls.policy.Wish;

/** On what terms one message may go to each host of its destination; noted in its journey. */
record TlsTerms(TlsPolicy policy, DaneLookup dane, Journey journey) {
  /** What was decided of a host. */
  sealed interface Decided {
    record Agreed(Terms terms) implements Decided {}

    /** The outcome for those who have no other host. */
    record Avoided(Outcome outcome) implements Decided {}
  }

  Decided of(Hop hop) {
    HostPolicy decided =
        switch (hop.host()) {
          case Domain host -> policy.of(host, () -> dane.at(host, hop.port()));
          case AddressLiteral _ -> policy.ofAddress();
        };
    String host = hop.host().ascii();
    String basis = decided.basis().name().toLowerCase(Locale.ROOT);
    return switch (decided) {
      case HostPolicy.Use use -> {
        note(host, use.requirement().words(), basis, use.reason());
        yield new Decided.Agreed(new Terms(use.requirement(), policy.wish() == Wish.REQUIRED));
      }
      case HostPolicy.Avoid avoid -> {
        note(host, "not used", basis, avoid.reason());
        yield new Decided.Avoided(outcome(avoid, host));
      }
    };
  }

  private void note(String host, String demand, String basis, String reason) {
    journey.note(new Event.TlsPolicyChosen(host, demand, basis, reason));
  }

  private static Outcome outcome(HostPolicy.Avoid avoid, String host) {
    return avoid.forEver()
        ? new Outcome.Failed(EnhancedStatus.of("5.7.30"), avoid.reason(), Optional.of(host))
        : new Outcome.Deferred(EnhancedStatus.of("4.7.5"), avoid.reason(), Optional.of(host));
  }
}

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
import org.thurn.tls.dane.DaneStatus;
import org.thurn.tls.policy.HostPolicy;
import org.thurn.tls.policy.Level;
import org.thurn.tls.policy.TlsPolicy;
import org.thurn.tls.policy.Wish;
import org.thurn.tls.tlsrpt.AppliedPolicies;

/**
 * On what terms one message may go to each host of its destination; noted in its journey.
 *
 * @param observer told of what is counted; empty where nothing is
 */
record TlsTerms(
    TlsPolicy policy, DaneLookup dane, Journey journey, Optional<TlsObserver> observer) {
  private static final DaneStatus NOT_ASKED = new DaneStatus.Absent("it cannot matter");

  /** What was decided of a host. */
  sealed interface Decided {
    record Agreed(Terms terms, TlsAccount account) implements Decided {}

    /** The outcome for those who have no other host. */
    record Avoided(Outcome outcome) implements Decided {}
  }

  Decided of(Hop hop) {
    return switch (hop.host()) {
      case Domain host -> {
        DaneStatus tlsa = policy.asksTlsa() ? dane.at(host, hop.port()) : NOT_ASKED;
        yield decided(hop, policy.of(host, tlsa), account(host, tlsa));
      }
      case AddressLiteral _ -> decided(hop, policy.ofAddress(), TlsAccount.NONE);
    };
  }

  private TlsAccount account(Domain host, DaneStatus tlsa) {
    return observer.isPresent() && policy.counts() && policy.nextHop() instanceof Domain domain
        ? new TlsAccount(
            observer.get(),
            Optional.of(
                new AppliedPolicies(
                    domain, host, tlsa, policy.sts(), policy.level() == Level.DANE_ONLY)))
        : TlsAccount.NONE;
  }

  private Decided decided(Hop hop, HostPolicy decided, TlsAccount account) {
    String host = hop.host().ascii();
    String basis = decided.basis().name().toLowerCase(Locale.ROOT);
    return switch (decided) {
      case HostPolicy.Use use -> {
        note(host, use.requirement().words(), basis, use.reason());
        boolean requireTls = policy.wish() == Wish.REQUIRED;
        yield new Decided.Agreed(new Terms(use.requirement(), requireTls), account);
      }
      case HostPolicy.Avoid avoid -> {
        note(host, "not used", basis, avoid.reason());
        account.avoided(avoid.reason());
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

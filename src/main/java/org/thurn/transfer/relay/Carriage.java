package org.thurn.transfer.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurn.journey.Journey;
import org.thurn.queue.Agent.Attempt;
import org.thurn.queue.Outcome;
import org.thurn.queue.Recipient;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.transfer.relay.PeerOpener.Opened;

/**
 * One attempt: hop after hop and address after address, until each recipient has an answer (RFC
 * 5321 §5.1).
 */
final class Carriage {
  private final RelaySettings.Limits limits;
  private final PeerOpener opener;
  private final PeerCache cache;
  private final Attempt attempt;
  private final OutgoingMessage message;
  private final AttemptClock clock;
  private final Map<Recipient, Outcome> outcomes = new HashMap<>();
  private Optional<Outcome> lastResort = Optional.empty();
  private int addressesTried;

  Carriage(
      RelaySettings.Limits limits,
      PeerOpener opener,
      PeerCache cache,
      Attempt attempt,
      OutgoingMessage message,
      AttemptClock clock) {
    this.limits = limits;
    this.opener = opener;
    this.cache = cache;
    this.attempt = attempt;
    this.message = message;
    this.clock = clock;
  }

  private Journey journey() {
    return attempt.journey();
  }

  /** Recipients that have no answer yet. */
  List<Recipient> waiting() {
    return attempt.recipients().stream().filter(r -> !outcomes.containsKey(r)).toList();
  }

  /** Whether another address may be tried. */
  boolean goesOn() {
    return !waiting().isEmpty() && addressesTried < limits.addresses() && !clock.expired();
  }

  /** Tries the addresses of one hop. */
  void at(Hop hop, TlsTerms.Decided.Agreed agreed, List<InetAddress> addresses) {
    for (InetAddress address : addresses) {
      if (goesOn()) {
        addressesTried++;
        at(new Peer.Key(hop.anywhere(), address, agreed.terms()), agreed.account());
      }
    }
  }

  private void at(Peer.Key key, TlsAccount account) {
    Optional<Peer> peer = reused(key).or(() -> opened(key, account));
    while (peer.isPresent()) {
      peer = send(peer.get()) ? opened(key, account) : Optional.empty();
    }
  }

  /**
   * An idle connection that still answers: RSET asks, and parts the messages (RFC 5321 §4.1.1.5).
   */
  private Optional<Peer> reused(Peer.Key key) {
    for (Optional<Peer> idle = cache.take(key); idle.isPresent(); idle = cache.take(key)) {
      Peer peer = idle.get();
      peer.client().noteIn(journey().inSession(peer.session()));
      clock.watch(peer.client());
      try {
        if (peer.client().reset().code() / 100 == 2) {
          return idle;
        }
        peer.client().quit();
      } catch (IOException e) {
        peer.client().close("the server had closed it: " + e.getMessage());
      }
    }
    return Optional.empty();
  }

  private Optional<Peer> opened(Peer.Key key, TlsAccount account) {
    return switch (opener.open(key, account, journey(), clock)) {
      case Opened.Ready(Peer peer) -> Optional.of(peer);
      case Opened.Unavailable(Outcome outcome) -> {
        nobodyHere(outcome);
        yield Optional.empty();
      }
    };
  }

  /**
   * Sends to all who wait; true if another connection to the same server is needed for the rest.
   */
  private boolean send(Peer peer) {
    boolean whole = false;
    try {
      Delivery delivery = new Delivery(peer, attempt.envelope(), message, limits);
      boolean more = true;
      while (more && peer.takesMore(limits.transactions())) {
        more = delivery.next(waiting());
        outcomes.putAll(delivery.outcomes());
        delivery.unanswered().ifPresent(this::nobodyHere);
      }
      whole = true;
      clock.leave();
      cache.offer(peer);
      return more && delivery.unanswered().isEmpty();
    } catch (IOException e) {
      peer.client().close(String.valueOf(e.getMessage()));
      String reason = clock.expired() ? "the attempt took too long" : e.getMessage();
      nobodyHere(Outcomes.deferred("4.4.2", "lost the connection: " + reason, peer.name()));
      return false;
    } finally {
      if (!whole) {
        peer.client().close(); // after a bug too: a half message must not linger
      }
    }
  }

  /**
   * This hop or address takes nobody. As long as one of them may take somebody later nothing is
   * final; only when all refuse for ever the message fails.
   */
  void nobodyHere(Outcome outcome) {
    if (outcome instanceof Outcome.Deferred || lastResort.isEmpty()) {
      lastResort = Optional.of(outcome);
    }
  }

  /** The outcomes in the recipients' order. */
  List<Outcome> outcomes() {
    Outcome rest =
        lastResort.orElseGet(
            () ->
                new Outcome.Deferred(
                    EnhancedStatus.of("4.4.1"), "no server could be tried", Optional.empty()));
    List<Outcome> all = new ArrayList<>();
    for (Recipient recipient : attempt.recipients()) {
      all.add(outcomes.getOrDefault(recipient, rest));
    }
    return all;
  }
}

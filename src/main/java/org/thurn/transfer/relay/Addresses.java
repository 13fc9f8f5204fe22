package org.thurn.transfer.relay;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.journey.Journey;
import org.thurn.name.AddressLiteral;
import org.thurn.name.Domain;
import org.thurn.queue.Outcome;
import org.thurn.smtp.EnhancedStatus;
import org.thurn.transfer.Questions;

/**
 * The addresses of a hop.
 *
 * @param found in the order in which to try them
 * @param outcome why there are none, if there are none
 * @param ourselves whether one of them is our own
 */
record Addresses(List<InetAddress> found, Optional<Outcome> outcome, boolean ourselves) {
  Addresses {
    found = List.copyOf(found);
  }

  static Addresses of(Hop hop, Questions questions, RelaySettings settings, Journey journey) {
    return switch (hop.host()) {
      case AddressLiteral literal -> usable(List.of(literal.address()), "", settings);
      case Domain name -> lookup(name, questions, settings, journey);
    };
  }

  private static Addresses lookup(
      Domain name, Questions questions, RelaySettings settings, Journey journey) {
    DnsName owner = DnsName.of(name);
    Answer six = questions.ask(owner, RecordType.AAAA, "address", journey);
    Answer four = questions.ask(owner, RecordType.A, "address", journey);
    List<InetAddress> mixed =
        mixed(
            six.all(RecordData.Aaaa.class).map(r -> (InetAddress) r.address()).toList(),
            four.all(RecordData.A.class).map(r -> (InetAddress) r.address()).toList());
    if (!mixed.isEmpty()) {
      return usable(mixed, name.unicode(), settings);
    }
    if (six.failed() || four.failed()) {
      String reason = Questions.failure(four.failed() ? four : six);
      return none(new Outcome.Deferred(EnhancedStatus.of("4.4.3"), reason, Optional.empty()));
    }
    return none(failed("the host " + name.unicode() + " has no address"));
  }

  /** Families in turn, IPv6 first: a broken IPv6 costs one time-out, not one an address. */
  private static List<InetAddress> mixed(List<InetAddress> six, List<InetAddress> four) {
    List<InetAddress> mixed = new ArrayList<>();
    for (int i = 0; i < Math.max(six.size(), four.size()); i++) {
      if (i < six.size()) {
        mixed.add(six.get(i));
      }
      if (i < four.size()) {
        mixed.add(four.get(i));
      }
    }
    return mixed;
  }

  private static Addresses usable(List<InetAddress> all, String name, RelaySettings settings) {
    if (all.stream().anyMatch(settings.ownAddresses()::contains)) {
      return new Addresses(List.of(), Optional.empty(), true);
    }
    List<InetAddress> reachable = all.stream().filter(settings::canReach).toList();
    return reachable.isEmpty()
        ? none(failed("no address of " + name + " is of a family that we can connect from"))
        : new Addresses(reachable, Optional.empty(), false);
  }

  private static Addresses none(Outcome outcome) {
    return new Addresses(List.of(), Optional.of(outcome), false);
  }

  private static Outcome failed(String reason) {
    return new Outcome.Failed(EnhancedStatus.of("5.4.4"), reason, Optional.empty());
  }
}

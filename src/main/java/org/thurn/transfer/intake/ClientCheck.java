package org.thurn.transfer.intake;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.name.AddressLiteral;
import org.thurn.name.Domain;
import org.thurn.name.Host;
import org.thurn.name.NameSyntaxException;
import org.thurn.transfer.Questions;

/**
 * What the DNS says of a client: the name of its address if that leads back ("iprev", RFC 8601 §3),
 * and whether what it called itself leads to it. Both are only recorded: honest hosts fail them,
 * and RFC 5321 §4.1.4 forbids to refuse for HELO's sake.
 */
final class ClientCheck {
  /** RFC 8601 §3 leaves the bound to us: many names are some shared host's, and never decide. */
  private static final int MAX_NAMES = 5;

  private final Questions questions;
  private final InetAddress address;

  ClientCheck(Resolver resolver, InetAddress address) {
    this.questions = new Questions(resolver);
    this.address = address;
  }

  /** RFC 8601 §2.7.3 names the results. */
  Event.IprevChecked iprev(Journey journey) {
    Answer reverse = questions.ask(DnsName.reverse(address), RecordType.PTR, "iprev", journey);
    if (!reverse.found()) {
      return result(reverse.failed() ? "temperror" : "permerror", "");
    }
    boolean failed = false;
    List<DnsName> names =
        reverse.all(RecordData.Ptr.class).map(RecordData.Ptr::name).limit(MAX_NAMES).toList();
    for (DnsName name : names) {
      Answer forward = askAddress(name, "iprev", journey);
      if (leadsHere(forward)) {
        return result("pass", name.text());
      }
      failed |= forward.failed();
    }
    return result(failed ? "temperror" : "fail", names.isEmpty() ? "" : names.getFirst().text());
  }

  private Event.IprevChecked result(String result, String name) {
    return new Event.IprevChecked(address.getHostAddress(), result, name);
  }

  /** Whether the name has the client's address: one question is enough, of its own family. */
  private Answer askAddress(DnsName name, String purpose, Journey journey) {
    RecordType type = address instanceof Inet4Address ? RecordType.A : RecordType.AAAA;
    return questions.ask(name, type, purpose, journey);
  }

  private boolean leadsHere(Answer answer) {
    return answer.all(RecordData.A.class).anyMatch(a -> a.address().equals(address))
        || answer.all(RecordData.Aaaa.class).anyMatch(aaaa -> aaaa.address().equals(address));
  }

  Event.HeloChecked helo(String argument, Journey journey) {
    Optional<Host> host = host(argument);
    if (host.isEmpty()) {
      return new Event.HeloChecked(
          argument, "permerror", "neither a domain nor an address literal");
    }
    return switch (host.get()) {
      case AddressLiteral(InetAddress literal) ->
          literal.equals(address)
              ? new Event.HeloChecked(argument, "pass", "the client's address")
              : new Event.HeloChecked(argument, "fail", "another address");
      case Domain domain -> named(argument, domain, journey);
    };
  }

  private Event.HeloChecked named(String argument, Domain domain, Journey journey) {
    Answer answer = askAddress(DnsName.of(domain), "helo", journey);
    if (leadsHere(answer)) {
      return new Event.HeloChecked(argument, "pass", "leads to the client's address");
    }
    return answer.failed()
        ? new Event.HeloChecked(argument, "temperror", answer.explanation())
        : new Event.HeloChecked(argument, "fail", "does not lead to the client's address");
  }

  /** {@code Domain / address-literal}, or empty for anything else that a client may say. */
  static Optional<Host> host(String argument) {
    try {
      return Optional.of(Host.parse(argument));
    } catch (NameSyntaxException e) {
      return Optional.empty();
    }
  }
}

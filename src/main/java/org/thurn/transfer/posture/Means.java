package org.thurn.transfer.posture;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import org.thurn.dns.Addresses;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordType;
import org.thurn.dns.Resolver;
import org.thurn.dns.Security;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.net.Connector;
import org.thurn.time.Time;
import org.thurn.tls.TlsClient;

/** What checks look with. */
record Means(
    Resolver resolver, TlsClient tls, Connector connector, Time time, PostureSettings settings) {

  Answer ask(DnsName name, RecordType type) {
    return resolver.ask(name, type);
  }

  /** Those of a host's addresses that are looked at, always in the same order. */
  List<InetAddress> some(Addresses addresses) {
    return addresses.all().stream()
        .sorted(Comparator.comparing(IpAddress::format))
        .limit(PostureSettings.MAX_ADDRESSES)
        .toList();
  }

  List<InetAddress> addresses(Domain host) {
    return some(Addresses.of(resolver, DnsName.of(host)));
  }

  /** The observation for a question that failed. */
  static Observation failed(Topic topic, Answer answer) {
    String why = answer.explanation().isEmpty() ? "no answer" : answer.explanation();
    String text =
        "the DNS does not tell the " + answer.type() + " of " + answer.name() + ": " + why;
    return answer.security() == Security.BOGUS
        ? Observation.bad(
            topic,
            text,
            "Mend the zone's DNSSEC signatures or the DS at its parent: to everybody who"
                + " validates, the record is not there.")
        : Observation.unknown(topic, text, "Try again, and look at the domain's name servers.");
  }
}

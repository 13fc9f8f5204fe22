package org.thurn.authentication.spf;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.name.IpAddress;
import org.thurn.net.IpNetwork;

/**
 * The mechanisms that look something up of their own, RFC 7208 §5.3 to §5.7. Each yields what
 * matched, in words, or empty.
 */
final class Lookups {
  private final InetAddress client;
  private final Questions questions;
  private final ClientNames names;
  private final SpfSettings settings;

  Lookups(InetAddress client, Questions questions, ClientNames names, SpfSettings settings) {
    this.client = client;
    this.questions = questions;
    this.names = names;
    this.settings = settings;
  }

  /** RFC 7208 §5.3. */
  Optional<String> a(TargetName target, DualCidr cidr) throws CheckEnded {
    return target.name().isEmpty() ? Optional.empty() : host(target.name().get(), cidr);
  }

  /** RFC 7208 §5.4: no MX does not make the name its own, and no host beyond the tenth is asked. */
  Optional<String> mx(TargetName target, DualCidr cidr) throws CheckEnded {
    if (target.name().isEmpty()) {
      return Optional.empty();
    }
    DnsName name = target.name().get();
    List<DnsName> hosts =
        questions
            .need(name, RecordType.MX)
            .all(RecordData.Mx.class)
            .sorted(Comparator.comparingInt(RecordData.Mx::preference))
            .map(RecordData.Mx::exchange)
            .filter(host -> !host.isRoot()) // RFC 7505: the root is no host
            .toList();
    int asked = 0;
    for (DnsName host : hosts) {
      if (asked++ == settings.mxNames()) {
        throw CheckEnded.permanently(
            Words.of(name.text()) + " has more than " + settings.mxNames() + " MX hosts");
      }
      Optional<String> matched = host(host, cidr);
      if (matched.isPresent()) {
        return matched;
      }
    }
    return Optional.empty();
  }

  private Optional<String> host(DnsName host, DualCidr cidr) throws CheckEnded {
    Answer answer = questions.need(host, names.addressType());
    int prefix = names.addressType() == RecordType.A ? cidr.ip4() : cidr.ip6();
    return ClientNames.addresses(answer)
        .filter(address -> new IpNetwork(address, prefix).contains(client))
        .findFirst()
        .map(address -> Words.of(host.text()) + " has the address " + IpAddress.format(address));
  }

  /** RFC 7208 §5.5. */
  Optional<String> ptr(TargetName target) throws CheckEnded {
    return names.validated().stream()
        .filter(name -> ClientNames.isWithin(name, target.text()))
        .findFirst()
        .map(name -> "the client's name is " + Words.of(name));
  }

  /** RFC 7208 §5.7: always an A record, whatever the client's family. */
  Optional<String> exists(TargetName target) throws CheckEnded {
    if (target.name().isEmpty()) {
      return Optional.empty();
    }
    DnsName name = target.name().get();
    return questions.need(name, RecordType.A).found()
        ? Optional.of(Words.of(name.text()) + " exists")
        : Optional.empty();
  }
}

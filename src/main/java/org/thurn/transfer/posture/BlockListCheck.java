package org.thurn.transfer.posture;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.thurn.dns.Answer;
import org.thurn.dns.DnsName;
import org.thurn.dns.RecordData;
import org.thurn.dns.RecordType;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;

/** Whether a list has the addresses of a host, RFC 5782. */
record BlockListCheck(Means means, Domain host, DnsName zone) implements Check {
  /** RFC 5782 §5: in every list that works. */
  private static final InetAddress ALWAYS = IpAddress.of("127.0.0.2");

  /** RFC 5782 §5: in none. */
  private static final InetAddress NEVER = IpAddress.of("127.0.0.1");

  @Override
  public Topic topic() {
    return Topic.BLOCK_LIST;
  }

  @Override
  public String about() {
    return host.ascii();
  }

  private Answer listed(InetAddress address) {
    String reverse = DnsName.reverse(address).text();
    String labels = reverse.replaceFirst("\\.(in-addr|ip6)\\.arpa$", "");
    return means.ask(new DnsName(labels + "." + zone.text()), RecordType.A);
  }

  /** RFC 5782 §2.1: 127.0.0.0/8. What answers otherwise is no list any more. */
  private static boolean says(Answer answer) {
    return answer
        .all(RecordData.A.class)
        .map(a -> a.address().getAddress())
        .anyMatch(octets -> octets[0] == 127 && octets[1] != (byte) 255);
  }

  @Override
  public List<Observation> look() {
    if (!says(listed(ALWAYS)) || says(listed(NEVER))) {
      return List.of(
          Observation.unknown(
                  Topic.BLOCK_LIST,
                  zone.text() + " does not answer as a list does",
                  "Some lists answer only those whom they know, and no public resolver: ask through"
                      + " a resolver of your own.")
              .at(host.ascii()));
    }
    List<Observation> found = new ArrayList<>();
    for (InetAddress address : means.addresses(host)) {
      found.add(observe(listed(address)).at(host.ascii(), IpAddress.format(address)));
    }
    return found;
  }

  private Observation observe(Answer answer) {
    if (answer.failed()) {
      return Means.failed(Topic.BLOCK_LIST, answer);
    }
    if (!says(answer)) {
      return Observation.good(Topic.BLOCK_LIST, "not in " + zone.text());
    }
    String codes =
        String.join(
            ", ",
            answer
                .all(RecordData.A.class)
                .map(RecordData.A::address)
                .map(Inet4Address::getHostAddress)
                .toList());
    return Observation.bad(
        Topic.BLOCK_LIST,
        "in " + zone.text() + " (" + codes + ")",
        "Find out from the list's page why, stop it, then ask to be removed.");
  }
}

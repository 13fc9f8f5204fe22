package org.thurn.dns;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses of a host, of both families (RFC 5321 §5.1).
 *
 * @param a what was said of A
 * @param aaaa what was said of AAAA
 */
public record Addresses(Answer a, Answer aaaa) {
  public static Addresses of(Resolver resolver, DnsName host) {
    return new Addresses(resolver.ask(host, RecordType.A), resolver.ask(host, RecordType.AAAA));
  }

  /** IPv6 first, each family in the server's order. */
  public List<InetAddress> all() {
    return Stream.<InetAddress>concat(
            aaaa.all(RecordData.Aaaa.class).map(RecordData.Aaaa::address),
            a.all(RecordData.A.class).map(RecordData.A::address))
        .toList();
  }

  /** No address is known, and one of the questions failed: there may be one later. */
  public boolean failed() {
    return all().isEmpty() && (a.failed() || aaaa.failed());
  }

  /** Both answers are proven, so that TLSA records may be looked for (RFC 7672 §2.2.2). */
  public boolean secure() {
    return a.security() == Security.SECURE && aaaa.security() == Security.SECURE;
  }
}

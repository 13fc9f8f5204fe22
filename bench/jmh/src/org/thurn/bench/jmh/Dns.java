package org.thurn.bench.jmh;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.Resolver;
import org.thurn.dns.ResolverSettings;
import org.thurn.dns.StubResolver;
import org.thurn.dns.ZoneTree;
import org.thurn.name.IpAddress;
import org.thurn.time.Time;

/** A DNS in this process, and the product's resolver, whose cache has all of it after one message. */
record Dns(AuthoritativeServer server, Resolver resolver) implements AutoCloseable {
  static Dns open(Corpus corpus) throws Exception {
    // The record is what a domain with three providers has.
    String records =
        """
        $TTL 86400
        example.com. 86400 IN MX 10 client.example.com.
        example.com. 86400 IN TXT "v=spf1 include:one.example.com include:two.example.com mx -all"
        one.example.com. 86400 IN TXT "v=spf1 ip4:198.51.100.0/24 ip4:203.0.113.0/24 -all"
        two.example.com. 86400 IN TXT "v=spf1 a:out.example.com ip6:2001:db8::/32 -all"
        out.example.com. 86400 IN A 198.51.100.9
        client.example.com. 86400 IN A 192.0.2.1
        client.example.com. 86400 IN TXT "v=spf1 a -all"
        _dmarc.example.com. 86400 IN TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.com"
        """
            + corpus.signing("rsa").zoneLine(Set.of())
            + "\n"
            + corpus.signing("ed").zoneLine(Set.of())
            + "\n";
    ZoneTree zones =
        ZoneTree.builder(Time.system()).server(IpAddress.of("127.0.0.1")).records(records).build();
    AuthoritativeServer server =
        AuthoritativeServer.start(
            zones, List.of(new InetSocketAddress(IpAddress.of("127.0.0.1"), 0)), served -> {});
    ResolverSettings settings = ResolverSettings.of(server.addresses().getFirst());
    return new Dns(server, new StubResolver(settings, Time.system()));
  }

  @Override
  public void close() {
    server.close();
  }
}

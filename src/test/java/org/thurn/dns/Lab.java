package org.thurn.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.thurn.name.IpAddress;
import org.thurn.time.Time;

/** A small tree, served on loopback, and resolvers that ask it. */
final class Lab implements AutoCloseable {
  static final String RECORDS =
      """
      strict.example.        300 IN MX 10 mx.strict.example.
      mx.strict.example.     300 IN A 127.25.0.1
      mx.strict.example.     300 IN AAAA fd00::1
      strict.example.        300 IN TXT "v=spf1 a:mx.strict.example " "-all"
      odd.strict.example.    300 IN TXT "\\000\\255\\"\\\\ gr\\252n" ""
      _25._tcp.mx.strict.example. 300 IN TLSA 3 1 1 \
      00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF
      www.strict.example.    200 IN CNAME web.strict.example.
      web.strict.example.    100 IN CNAME mx.strict.example.
      dangling.strict.example. 300 IN CNAME nowhere.strict.example.
      untyped.strict.example. 300 IN CNAME odd.strict.example.
      out.strict.example.    300 IN CNAME mx.plain.example.
      loop1.strict.example.  300 IN CNAME loop2.strict.example.
      loop2.strict.example.  300 IN CNAME loop1.strict.example.
      *.wild.strict.example. 300 IN A 127.25.0.9
      *.wild.strict.example. 300 IN TXT "any"
      *.alias.strict.example. 300 IN CNAME mx.strict.example.
      a.deep.empty.strict.example. 300 IN A 127.25.0.8
      nomail.strict.example. 300 IN MX 0 .
      web3.strict.example.   300 IN HTTPS 1 . alpn=h2
      plain.example.         300 IN MX 10 mx.plain.example.
      mx.plain.example.      300 IN A 127.25.0.3
      alias.plain.example.   300 IN CNAME mx.strict.example.
      1.0.25.127.in-addr.arpa. 300 IN PTR mx.strict.example.
      """;

  static final DnsName EXAMPLE = new DnsName("example");
  static final DnsName STRICT = new DnsName("strict.example");
  static final DnsName PLAIN = new DnsName("plain.example");

  final ZoneTree tree;
  final AuthoritativeServer server;
  final Path anchor;
  final Time time;
  final Queue<Served> served = new ConcurrentLinkedQueue<>();

  Lab(Path directory, Time time) throws IOException, ZoneSyntaxException {
    this.time = time;
    tree =
        ZoneTree.builder(time)
            .signed(EXAMPLE)
            .signed(STRICT)
            .unsigned(PLAIN)
            .signed(new DnsName("127.in-addr.arpa"))
            .records(RECORDS)
            .build();
    server = AuthoritativeServer.start(tree, List.of(loopback()), served::add);
    anchor = Files.writeString(directory.resolve("root.ds"), tree.trustAnchor());
  }

  static InetSocketAddress loopback() {
    return new InetSocketAddress(IpAddress.of("127.0.0.1"), 0);
  }

  InetSocketAddress address() {
    return server.addresses().getFirst();
  }

  StubResolver resolver() throws IOException {
    return new StubResolver(
        ResolverSettings.of(address()).withTrustAnchor(anchor).withTimeout(Duration.ofSeconds(5)),
        time);
  }

  @Override
  public void close() {
    server.close();
  }
}

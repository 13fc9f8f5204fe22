package org.thurn.peers;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.thurn.authentication.dkim.Algorithm;
import org.thurn.authentication.dkim.DkimKey;
import org.thurn.authentication.dkim.SigningKey;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.DnsName;
import org.thurn.dns.Resolver;
import org.thurn.dns.ResolverSettings;
import org.thurn.dns.StubResolver;
import org.thurn.dns.ZoneTree;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.time.Time;

/** A key of each kind, in the DNS and in files, for us and for another program. */
final class PeerKeys implements AutoCloseable {
  final SigningKey rsa = key("rsa", Algorithm.RSA_SHA256);
  final SigningKey ed = key("ed", Algorithm.ED25519_SHA256);
  final Resolver resolver;
  final DkimPeer.Keys files;
  private final AuthoritativeServer server;

  PeerKeys(Path folder) throws Exception {
    ZoneTree tree =
        ZoneTree.builder(Time.system())
            .unsigned(DnsName.ROOT)
            .records(rsa.zoneLine(Set.of()) + "\n" + ed.zoneLine(Set.of()) + "\n")
            .build();
    InetSocketAddress any = new InetSocketAddress(IpAddress.of("127.0.0.1"), 0);
    server = AuthoritativeServer.start(tree, List.of(any), _ -> {});
    InetSocketAddress address = server.addresses().getFirst();
    resolver = new StubResolver(ResolverSettings.of(address), Time.system());
    files = new DkimPeer.Keys(rsa.key(), ed.key(), folder, address.getPort());
    files.write();
  }

  private static SigningKey key(String selector, Algorithm algorithm) {
    return new SigningKey(Domain.of("example.com"), selector, DkimKey.generate(algorithm));
  }

  @Override
  public void close() {
    server.close();
  }
}

package org.thurn.transfer.posture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thurn.dns.AuthoritativeServer;
import org.thurn.dns.DnsName;
import org.thurn.dns.Resolver;
import org.thurn.dns.ResolverSettings;
import org.thurn.dns.StubResolver;
import org.thurn.dns.ZoneTree;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.testing.PolicyHost;
import org.thurn.testing.TestCertificates;
import org.thurn.time.Time;
import org.thurn.tls.TlsClient;
import org.thurn.tls.TlsServer;

/** A DNS, hosts on one port of several addresses, and somebody who looks at them. */
final class World implements AutoCloseable {
  private final Path folder;
  private final TestCertificates authority = new TestCertificates();
  private final List<AutoCloseable> open = new ArrayList<>();
  final ZoneTree zones;
  final AuthoritativeServer dns;
  private int port;
  private int httpsPort;

  /** Everything below {@code signed.example} is signed, other domains are not. */
  World(Path folder, String records) throws Exception {
    this.folder = folder;
    zones =
        ZoneTree.builder(Time.system())
            .server(IpAddress.of("127.0.0.1"))
            .signed(new DnsName("example"))
            .signed(new DnsName("signed.example"))
            .unsigned(new DnsName("wrong.example"))
            .records(records)
            .build();
    dns =
        AuthoritativeServer.start(
            zones, List.of(new InetSocketAddress(IpAddress.of("127.0.0.1"), 0)), _ -> {});
    open.add(dns);
  }

  TestCertificates authority() {
    return authority;
  }

  TlsServer tls(TestCertificates.Issued issued) throws IOException {
    Path own = Files.createTempDirectory(folder, "tls");
    issued.writeTo(own);
    return new TlsServer(own.resolve("cert.pem"), own.resolve("key.pem"));
  }

  /** A host; the first one chooses the port of all. */
  SpokenHost host(String address, Optional<TlsServer> tls, Map<String, String> replies) {
    SpokenHost host = new SpokenHost(address, port, tls.map(t -> t), replies);
    port = host.port();
    open.add(host);
    return host;
  }

  /** Serves a domain's policy of MTA-STS; all policies are on one port. */
  PolicyHost policyHost(String address, TestCertificates.Issued issued, String policy)
      throws IOException {
    PolicyHost host = new PolicyHost(folder, issued, address, httpsPort, PolicyHost.text(policy));
    httpsPort = host.port();
    open.add(host);
    return host;
  }

  int port() {
    return port;
  }

  private Resolver resolver(boolean validating) throws IOException {
    ResolverSettings settings =
        ResolverSettings.of(dns.addresses().getFirst()).withTimeout(Duration.ofSeconds(5));
    Path anchor = Files.writeString(folder.resolve("root.ds"), zones.trustAnchor());
    return new StubResolver(
        validating ? settings.withTrustAnchor(anchor) : settings, Time.system());
  }

  PostureSettings settings() {
    return new PostureSettings(
        port == 0 ? 1 : port,
        httpsPort == 0 ? 1 : httpsPort,
        List.of(),
        List.of(),
        Optional.empty(),
        true,
        Duration.ofSeconds(20));
  }

  Optional<List<Observation>> look(String domain, PostureSettings settings) throws Exception {
    TlsClient client = TlsClient.trusting(authority.writeAuthority(folder.resolve("ca.pem")));
    return new Posture(resolver(settings.validating()), client, settings, Time.system())
        .of(Domain.of(domain));
  }

  List<Observation> look(String domain) throws Exception {
    return look(domain, settings()).orElseThrow();
  }

  /** The only thing that was found about a topic. */
  static Observation only(List<Observation> found, Topic topic) {
    List<Observation> about = found.stream().filter(one -> one.topic() == topic).toList();
    assertThat(about).as(topic.word() + " in " + found).hasSize(1);
    return about.getFirst();
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }
}

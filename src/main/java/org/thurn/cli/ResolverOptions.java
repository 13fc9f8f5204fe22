package org.thurn.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.thurn.dns.Resolver;
import org.thurn.server.Resolvers;
import org.thurn.time.Time;
import picocli.CommandLine.Option;

/** Which DNS is asked, and what is believed of it. */
final class ResolverOptions {
  @Option(
      names = "--resolver",
      paramLabel = "HOST:PORT",
      description = "the recursive DNS server to ask; else the machine's own")
  private Optional<String> resolver = Optional.empty();

  @Option(
      names = "--trust-anchor",
      paramLabel = "FILE",
      description = "DS or DNSKEY records, to validate by DNSSEC")
  private Optional<Path> trustAnchor = Optional.empty();

  /** Signatures are judged by the true time. */
  Resolver open() throws CommandFailure, IOException {
    Optional<InetSocketAddress> server = Optional.empty();
    if (resolver.isPresent()) {
      server = Optional.of(OptionText.read("--resolver", resolver.get(), Resolvers::server));
    }
    return Resolvers.open(server, trustAnchor, Time.system());
  }

  /** Whether DNSSEC is looked at. */
  boolean validating() {
    return trustAnchor.isPresent();
  }
}

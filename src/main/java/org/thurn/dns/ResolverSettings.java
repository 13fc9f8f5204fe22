package org.thurn.dns;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to ask the DNS.
 *
 * @param servers the recursive servers to ask, in order of preference, each with its port
 * @param trustAnchor a file of DS or DNSKEY records in master-file form; without it nothing is
 *     validated and every answer is INSECURE
 * @param timeout the longest that one question may take in all, with its retries, TCP and the keys
 *     that its validation needs
 * @param cacheSize how many answers are remembered; one of more than 512 octets counts as several
 * @param localAddress the address to ask from; if absent, the machine chooses
 */
public record ResolverSettings(
    List<InetSocketAddress> servers,
    Optional<Path> trustAnchor,
    Duration timeout,
    int cacheSize,
    Optional<InetAddress> localAddress) {

  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  public static final int DEFAULT_CACHE_SIZE = 20_000;

  public ResolverSettings {
    servers = List.copyOf(servers);
    if (servers.isEmpty() || servers.stream().anyMatch(InetSocketAddress::isUnresolved)) {
      throw new IllegalArgumentException("a resolver needs servers, given by address: " + servers);
    }
    if (!timeout.isPositive() || cacheSize < 0) {
      throw new IllegalArgumentException("timeout " + timeout + ", cache size " + cacheSize);
    }
  }

  /** The defaults with the given servers: no trust anchor, any local address. */
  public static ResolverSettings of(InetSocketAddress... servers) {
    return new ResolverSettings(
        List.of(servers), Optional.empty(), DEFAULT_TIMEOUT, DEFAULT_CACHE_SIZE, Optional.empty());
  }

  public ResolverSettings withTrustAnchor(Path file) {
    return new ResolverSettings(servers, Optional.of(file), timeout, cacheSize, localAddress);
  }

  public ResolverSettings withTimeout(Duration longest) {
    return new ResolverSettings(servers, trustAnchor, longest, cacheSize, localAddress);
  }

  public ResolverSettings withLocalAddress(InetAddress address) {
    return new ResolverSettings(servers, trustAnchor, timeout, cacheSize, Optional.of(address));
  }
}

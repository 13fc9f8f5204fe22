package org.thurn.net;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a listener listens and what it allows. A limit of 0 means none, but for the {@link
 * Descriptors} that the process has.
 *
 * @param protocol its name in journeys and messages: smtp, submission, lmtp, imap, pop3
 * @param address a TCP address (port 0: any free one), or a Unix-domain socket
 * @param unixGroup the group that may use the Unix-domain socket; without it only its owner may
 * @param implicitTls TLS from the first octet, as on port 465
 * @param maxConnections at once
 * @param maxPerAddress at once from one IPv4 address or IPv6 /64
 * @param maxPerMinute new ones in a minute from one IPv4 address or IPv6 /64
 * @param backlog connections that may wait for their accept
 * @param idle the first read time-out; the dialogue sets its own
 * @param write how long one write may wait for the peer to read
 * @param proxies hosts whose connections begin with a PROXY protocol header
 */
public record ListenerSettings(
    String protocol,
    SocketAddress address,
    Optional<String> unixGroup,
    Optional<TlsUpgrade> implicitTls,
    int maxConnections,
    int maxPerAddress,
    int maxPerMinute,
    int backlog,
    Duration idle,
    Duration write,
    List<IpNetwork> proxies) {
  public ListenerSettings {
    proxies = List.copyOf(proxies);
  }

  /** The defaults on a TCP address. */
  public static ListenerSettings tcp(String protocol, InetSocketAddress address) {
    return new ListenerSettings(
        protocol,
        address,
        Optional.empty(),
        Optional.empty(),
        10_000,
        100,
        600,
        1024,
        Duration.ofMinutes(5),
        Duration.ofMinutes(2),
        List.of());
  }

  /** The defaults on a Unix-domain socket, for its owner and, if one is named, a group. */
  public static ListenerSettings unix(String protocol, Path path, Optional<String> group) {
    return new ListenerSettings(
        protocol,
        UnixDomainSocketAddress.of(path),
        group,
        Optional.empty(),
        10_000,
        0,
        0,
        1024,
        Duration.ofMinutes(5),
        Duration.ofMinutes(2),
        List.of());
  }

  /** The same with TLS from the first octet. */
  public ListenerSettings withTls(TlsUpgrade tls) {
    return new ListenerSettings(
        protocol,
        address,
        unixGroup,
        Optional.of(tls),
        maxConnections,
        maxPerAddress,
        maxPerMinute,
        backlog,
        idle,
        write,
        proxies);
  }

  /** The same with other limits. */
  public ListenerSettings withLimits(int connections, int perAddress, int perMinute) {
    return new ListenerSettings(
        protocol,
        address,
        unixGroup,
        implicitTls,
        connections,
        perAddress,
        perMinute,
        backlog,
        idle,
        write,
        proxies);
  }

  /** The same with other time-outs. */
  public ListenerSettings withTimeouts(Duration newIdle, Duration newWrite) {
    return new ListenerSettings(
        protocol,
        address,
        unixGroup,
        implicitTls,
        maxConnections,
        maxPerAddress,
        maxPerMinute,
        backlog,
        newIdle,
        newWrite,
        proxies);
  }

  /** The same behind proxies. */
  public ListenerSettings withProxies(List<IpNetwork> networks) {
    return new ListenerSettings(
        protocol,
        address,
        unixGroup,
        implicitTls,
        maxConnections,
        maxPerAddress,
        maxPerMinute,
        backlog,
        idle,
        write,
        networks);
  }
}

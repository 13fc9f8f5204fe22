package org.thurn.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.thurn.name.Domain;
import org.thurn.tls.mtasts.Mode;
import org.thurn.tls.mtasts.MxPattern;
import org.thurn.tls.mtasts.StsPolicy;

/**
 * {@code [mta-sts]}.
 *
 * @param mode of the policy that is served for every local domain; no policy where absent
 * @param maxAge how long others are to keep it; 14 days
 * @param mx the hosts that take the domains' mail; the host name where none is named
 * @param port where policies of others are fetched; 443
 */
public record StsSettings(Optional<Mode> mode, Duration maxAge, List<MxPattern> mx, int port) {
  /** What a file without {@code [mta-sts]} has. */
  public static final StsSettings USUAL =
      new StsSettings(Optional.empty(), Duration.ofDays(14), List.of(), 443);

  public StsSettings {
    mx = List.copyOf(mx);
  }

  /** The policy to serve, if any. */
  public Optional<StsPolicy> policy(Domain hostname) {
    List<MxPattern> hosts = mx.isEmpty() ? List.of(MxPattern.of(hostname)) : mx;
    return mode.map(one -> new StsPolicy(one, one == Mode.NONE ? List.of() : hosts, maxAge));
  }
}

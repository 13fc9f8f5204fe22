package org.thurn.tls.mtasts;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.thurn.name.Domain;

/** Policies of domains without any web server; whoever has none fails. */
final class ServedPolicies implements PolicySource {
  static final String DOWN = "its host is down";

  private final Map<String, StsPolicy> policies = new ConcurrentHashMap<>();
  final AtomicInteger fetches = new AtomicInteger();

  /** A policy that allows {@code mx} below the domain. */
  static StsPolicy policy(String domain, Mode mode, Duration maxAge) {
    List<MxPattern> mx = List.of(MxPattern.of(Domain.of("mx." + domain)));
    return new StsPolicy(mode, mode == Mode.NONE ? List.of() : mx, maxAge);
  }

  ServedPolicies serve(String domain, Mode mode, Duration maxAge) {
    policies.put(domain, policy(domain, mode, maxAge));
    return this;
  }

  void fail(String domain) {
    policies.remove(domain);
  }

  @Override
  public Fetched fetch(Domain domain, StsNotes notes) {
    fetches.incrementAndGet();
    StsPolicy policy = policies.get(domain.ascii());
    return policy == null
        ? new Fetched.Failed(FailureKind.FETCH, DOWN)
        : new Fetched.Policy(policy);
  }
}

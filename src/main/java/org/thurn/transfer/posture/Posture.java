package org.thurn.transfer.posture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.thurn.dns.Resolver;
import org.thurn.name.Domain;
import org.thurn.net.Connector;
import org.thurn.time.Time;
import org.thurn.tls.TlsClient;

/**
 * Looks at a domain as those do who send mail to it and get mail from it. All checks run side by
 * side; the order of what they find is always the same.
 */
public final class Posture {
  private final Resolver resolver;
  private final TlsClient tls;
  private final PostureSettings settings;
  private final Time time;

  public Posture(Resolver resolver, TlsClient tls, PostureSettings settings, Time time) {
    this.resolver = resolver;
    this.tls = tls;
    this.settings = settings;
    this.time = time;
  }

  /** What is found, by topic; empty if there is no such domain. */
  public Optional<List<Observation>> of(Domain domain) throws InterruptedException {
    try (Connector connector = new Connector()) {
      Means means = new Means(resolver, tls, connector, time, settings);
      MailRoute route = MailRoute.of(means, domain);
      if (!route.exists()) {
        return Optional.empty();
      }
      List<Observation> found = new ArrayList<>(route.observations());
      found.addAll(run(checks(means, domain, route)));
      List<Observation> merged = new ArrayList<>(Observation.merged(found));
      merged.sort(Comparator.comparing(Observation::topic));
      return Optional.of(List.copyOf(merged));
    }
  }

  private List<Check> checks(Means means, Domain domain, MailRoute route) {
    List<Check> checks = new ArrayList<>();
    checks.add(new AddressCheck.OfDomain(means, domain));
    for (Domain host : route.hosts()) {
      checks.add(new AddressCheck(means, host));
      settings.blockLists().forEach(zone -> checks.add(new BlockListCheck(means, host, zone)));
      means
          .addresses(host)
          .forEach(
              address -> checks.add(new SmtpCheck(means, domain, host, address, route.secure())));
    }
    checks.add(new MtaStsCheck(means, domain, route.hosts()));
    checks.add(new TlsRptCheck(means, domain));
    checks.add(new SpfCheck(means, domain));
    settings.selectors().forEach(name -> checks.add(new DkimCheck(means, domain, name)));
    if (settings.selectors().isEmpty()) {
      checks.add(new DkimCheck.Guess(means, domain));
    }
    checks.add(new DmarcCheck(means, domain));
    if (!route.hosts().isEmpty()) {
      checks.add(new RoleCheck(means, domain, route.hosts()));
    }
    return checks;
  }

  private List<Observation> run(List<Check> checks) throws InterruptedException {
    List<FutureTask<List<Observation>>> running = new ArrayList<>();
    for (Check check : checks) {
      FutureTask<List<Observation>> task = new FutureTask<>(check::look);
      running.add(task);
      Thread.ofVirtual().name("check-" + check.topic().word()).start(task);
    }
    long end = time.ticks() + settings.time().toNanos();
    List<Observation> found = new ArrayList<>();
    try {
      for (int i = 0; i < checks.size(); i++) {
        found.addAll(result(checks.get(i), running.get(i), end - time.ticks()));
      }
    } finally {
      running.forEach(task -> task.cancel(true));
    }
    return found;
  }

  private List<Observation> result(
      Check check, FutureTask<List<Observation>> task, long nanoseconds)
      throws InterruptedException {
    try {
      return task.get(Math.max(0, nanoseconds), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      Duration limit = settings.time();
      String text = "not known after " + limit.toSeconds() + " seconds";
      return List.of(Observation.unknown(check.topic(), text, "Try again.").at(check.about()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("a check failed by a mistake of ours", e.getCause());
    }
  }
}

package org.thurn.authentication.spf;

import java.time.Duration;
import java.time.Instant;
import org.thurn.dns.Resolver;
import org.thurn.name.Domain;
import org.thurn.name.IpAddress;
import org.thurn.time.Time;

/** Checks with the usual settings. */
final class Checks {
  static final Domain RECEIVER = Domain.of("mx.receiver.example");
  static final SpfSettings SETTINGS = SpfSettings.of(RECEIVER);

  private Checks() {}

  /** A clock that stands still unless it is told. */
  static final class StillTime implements Time {
    private Duration passed = Duration.ZERO;

    void pass(Duration duration) {
      passed = passed.plus(duration);
    }

    @Override
    public Instant now() {
      return Instant.ofEpochSecond(1_700_000_000).plus(passed);
    }

    @Override
    public long ticks() {
      return passed.toNanos();
    }

    @Override
    public void pause(Duration duration) {
      pass(duration);
    }
  }

  static SpfRequest request(String client, String sender, String helo) {
    int at = sender.lastIndexOf('@');
    return new SpfRequest(
        IpAddress.of(client),
        helo,
        Identity.MAILFROM,
        sender.substring(0, at),
        sender.substring(at + 1));
  }

  static SpfResult check(Resolver dns, SpfRequest request) {
    return new SpfChecker(dns, SETTINGS, new StillTime()).check(request);
  }

  /** Of {@code me@example.com} who says {@code mail.example.com}. */
  static SpfResult check(Resolver dns, String client) {
    return check(dns, request(client, "me@example.com", "mail.example.com"));
  }
}

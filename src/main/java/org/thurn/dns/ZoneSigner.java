package org.thurn.dns;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.thurn.time.Time;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;

/**
 * Signs the sets of one zone when they are first asked for, and again when a signature is not yet
 * or not much longer valid. What it remembers is bounded by the sets of its zone.
 */
final class ZoneSigner {
  /** Validators' clocks may be slow. */
  private static final Duration BEFORE = Duration.ofHours(1);

  private static final Duration VALID = Duration.ofDays(30);
  private static final Duration RENEW_BEFORE_END = Duration.ofDays(10);

  private final ZoneKey key;
  private final Time time;
  private final ConcurrentHashMap<Owner, Signed> signed = new ConcurrentHashMap<>();

  private record Owner(Name name, int type) {}

  private record Signed(RRset set, Instant from, Instant until) {
    boolean goodAt(Instant now) {
      return !now.isBefore(from) && now.isBefore(until);
    }
  }

  ZoneSigner(ZoneKey key, Time time) {
    this.key = key;
    this.time = time;
  }

  /** The set with its signature; always the same set must be given for one name and type. */
  RRset sign(RRset plain) {
    Owner owner = new Owner(plain.getName(), plain.getType());
    Signed last = signed.get(owner);
    if (last == null || !last.goodAt(time.now())) {
      last = signNow(plain);
      signed.put(owner, last);
    }
    return last.set();
  }

  private Signed signNow(RRset plain) {
    Instant from = time.now().minus(BEFORE);
    Instant end = time.now().plus(VALID);
    try {
      RRset set = new RRset(plain);
      set.addRR(DNSSEC.sign(plain, key.dnskey(), key.secret(), from, end));
      return new Signed(set, from, end.minus(RENEW_BEFORE_END));
    } catch (DNSSEC.DNSSECException e) {
      throw new IllegalStateException("cannot sign " + plain.getName(), e);
    }
  }
}

package org.thurn.sasl;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.thurn.name.Mailbox;
import org.thurn.net.Buckets;
import org.thurn.net.Endpoint;
import org.thurn.net.IpNetwork;
import org.thurn.sasl.SaslServer.Step;
import org.thurn.time.Time;

/**
 * Slows guessing of passwords, whatever protocol and however many connections it uses: by the
 * network that guesses, and by the account that is guessed at. Where a bucket is empty, right and
 * wrong passwords get the same answer, so that going on teaches nothing. Networks from which an
 * account was logged in to before are not held up: nobody can lock out an account by guessing at
 * it.
 *
 * <p>It remembers since the start, in bounded memory, and forgets by time.
 */
public final class FailedLogins {
  /** Failures of one IPv4 address or IPv6 /64 that are answered as such; they come back in time. */
  static final int PER_NETWORK = 20;

  static final int PER_ACCOUNT = 100;
  static final Duration FORGOTTEN = Duration.ofHours(1);
  private static final int REMEMBERED = 16_384;

  /** RFC 5321 §4.5.3.1: local part, at sign, domain. What is longer is no account's name. */
  static final int LONGEST_NAME = 64 + 1 + 255;

  /** So many failures of a network cost nothing but what the dialogue itself makes them wait. */
  private static final int FREE = 3;

  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Buckets<IpNetwork> networks;
  private final Buckets<String> accounts;
  private final Set<Usual> usual;
  private final UnaryOperator<String> canonical;
  private final boolean loopback;

  /** Where an account was logged in to from. */
  private record Usual(IpNetwork network, String account) {}

  /**
   * Nothing has failed yet.
   *
   * @param canonical one spelling of all names of an account
   * @param loopback whether clients on this machine are slowed, too
   */
  public FailedLogins(UnaryOperator<String> canonical, boolean loopback, Time time) {
    this.networks = new Buckets<>(PER_NETWORK, FORGOTTEN, REMEMBERED, time);
    this.accounts = new Buckets<>(PER_ACCOUNT, FORGOTTEN, REMEMBERED, time);
    this.canonical = canonical;
    this.loopback = loopback;
    this.usual =
        Collections.synchronizedSet(
            Collections.newSetFromMap(
                new LinkedHashMap<>() {
                  private static final long serialVersionUID = 1L;

                  @Override
                  protected boolean removeEldestEntry(Map.Entry<Usual, Boolean> eldest) {
                    return size() > REMEMBERED;
                  }
                }));
  }

  /** What a client is told of its login. */
  public sealed interface Judgement {
    /** Logged in. */
    record Admitted(Mailbox account) implements Judgement {}

    /** The wrong name or password; the answer is to wait at least so long. */
    record Denied(String user, String reason, Duration pause) implements Judgement {}

    /** Whatever the password was: too many failed before. The answer is to wait so long. */
    record Later(String user, Duration pause) implements Judgement {
      public static final String REASON = "too many failed logins before";
    }
  }

  /** Counts the end of an exchange, and says what to answer. */
  public Judgement judge(Endpoint client, Step.Success success) {
    Optional<IpNetwork> network = network(client);
    String account = key(success.account().toString());
    if (network.isEmpty() || usual.contains(new Usual(network.get(), account))) {
      return new Judgement.Admitted(success.account());
    }
    if (exhausted(network.get(), account)) {
      return new Judgement.Later(account, wait(network.get(), account));
    }
    usual.add(new Usual(network.get(), account));
    return new Judgement.Admitted(success.account());
  }

  /** Counts the end of an exchange, and says what to answer. */
  public Judgement judge(Endpoint client, Step.Failure failure) {
    Optional<IpNetwork> network = network(client);
    if (network.isEmpty()) {
      return new Judgement.Denied(failure.user(), failure.reason(), Duration.ZERO);
    }
    String account = key(failure.user());
    boolean exhausted =
        exhausted(network.get(), account) && !usual.contains(new Usual(network.get(), account));
    networks.take(network.get());
    accounts.take(account);
    Duration wait = wait(network.get(), account);
    return exhausted
        ? new Judgement.Later(failure.user(), wait)
        : new Judgement.Denied(failure.user(), failure.reason(), wait);
  }

  /** What the name is remembered by: a stranger chooses it, and its length. */
  private String key(String user) {
    String name = canonical.apply(user);
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }

  private Optional<IpNetwork> network(Endpoint client) {
    Optional<InetAddress> counted =
        client.address().filter(address -> loopback || !address.isLoopbackAddress());
    return counted.map(IpNetwork::ofHost);
  }

  private boolean exhausted(IpNetwork network, String account) {
    return networks.left(network) < 1 || accounts.left(account) < 1;
  }

  /** A second more for each failure past the first three, and for every fifth at the account. */
  private Duration wait(IpNetwork network, String account) {
    long here = (long) (PER_NETWORK - networks.left(network)) - FREE;
    long there = (long) (PER_ACCOUNT - accounts.left(account)) / 5;
    return Duration.ofSeconds(Math.clamp(Math.max(here, there), 0, LONGEST.toSeconds()));
  }
}

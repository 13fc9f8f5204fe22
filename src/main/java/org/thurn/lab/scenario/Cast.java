package org.thurn.lab.scenario;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.thurn.journey.Event;
import org.thurn.name.Domain;
import org.thurn.name.Mailbox;
import org.thurn.time.Time;

/** Everybody who plays, and what they play with. Safe for many threads. */
public final class Cast {
  /** What takes longer on loopback has failed, or the machine is very busy. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final Duration STEP = Duration.ofMillis(10);

  private final Map<Domain, Actor> actors;
  private final SceneKeys keys;
  private final Time time;
  private final int port;
  private final Road road;
  private final Courier courier;
  private final SenderRewriting rewriting;

  /**
   * A cast.
   *
   * @param port where the domains' servers take mail
   * @param road between them
   */
  public Cast(List<Actor> actors, int port, Road road, SceneKeys keys, Time time) {
    this.actors = actors.stream().collect(Collectors.toMap(Actor::domain, Function.identity()));
    this.keys = keys;
    this.time = time;
    this.port = port;
    this.road = road;
    courier = new Courier(port, time);
    rewriting = new SenderRewriting();
  }

  Actor actor(Domain domain) {
    @Nullable Actor actor = actors.get(domain);
    if (actor == null) {
      throw new IllegalStateException(domain + " does not play");
    }
    return actor;
  }

  /** Whoever has the address. */
  Actor of(Mailbox address) {
    return actor(address.domain().orElseThrow());
  }

  /** Where an actor's server takes mail. */
  InetSocketAddress door(Actor actor) {
    return new InetSocketAddress(actor.address(), port);
  }

  Road road() {
    return road;
  }

  SceneKeys keys() {
    return keys;
  }

  Time time() {
    return time;
  }

  Courier courier() {
    return courier;
  }

  SenderRewriting rewriting() {
    return rewriting;
  }

  /** The first of a kind that a domain's journal has of a message. */
  <E extends Event> Optional<E> noted(Actor where, String messageId, Class<E> kind) {
    return where.inside().journal().trace(messageId).stream()
        .map(entry -> entry.event())
        .filter(kind::isInstance)
        .map(kind::cast)
        .findFirst();
  }

  /** Returns at that time, or at once if it is over. */
  void waitUntil(Instant moment) throws IOException {
    try {
      Duration left = Duration.between(time.now(), moment);
      if (left.isPositive()) {
        time.pause(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + moment, e);
    }
  }

  /**
   * Looks until something is there.
   *
   * @throws IOException if it does not come
   */
  <T> T await(Supplier<Optional<T>> look, String what) throws IOException {
    long end = time.ticks() + LONGEST.toNanos();
    try {
      while (time.ticks() < end) {
        Optional<T> seen = look.get();
        if (seen.isPresent()) {
          return seen.get();
        }
        time.pause(STEP);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + what, e);
    }
    throw new IOException("waited in vain for " + what);
  }
}

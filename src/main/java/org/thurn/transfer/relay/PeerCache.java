package org.thurn.transfer.relay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.thurn.journey.Journey;
import org.thurn.time.Time;

/** Connections that wait a moment for the next message to the same host and address. */
final class PeerCache implements AutoCloseable {
  private final RelaySettings.Limits limits;
  private final Time time;
  private final Journey journey;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Peer.Key, Deque<Idle>> idle = new HashMap<>();
  private int count;
  private long serial;
  private boolean closed;

  /** One wait of one connection; a connection may wait again and again. */
  private record Idle(Peer peer, long serial) {}

  PeerCache(RelaySettings.Limits limits, Time time, Journey journey) {
    this.limits = limits;
    this.time = time;
    this.journey = journey;
  }

  /** A waiting connection, the last used first: it is the likeliest to be alive. */
  Optional<Peer> take(Peer.Key key) {
    lock.lock();
    try {
      Deque<Idle> waiting = idle.get(key);
      if (waiting == null) {
        return Optional.empty();
      }
      Peer peer = waiting.removeLast().peer();
      removed(key, waiting);
      return Optional.of(peer);
    } finally {
      lock.unlock();
    }
  }

  /** Keeps a connection, or ends it where it is of no further use or there are too many. */
  void offer(Peer peer) {
    peer.client().noteIn(journey.inSession(peer.session()));
    Optional<Idle> kept = peer.takesMore(limits.transactions()) ? kept(peer) : Optional.empty();
    kept.ifPresentOrElse(
        wait -> Thread.ofVirtual().name("relay-idle").start(() -> endLater(wait)),
        () -> peer.client().quit());
  }

  private Optional<Idle> kept(Peer peer) {
    lock.lock();
    try {
      if (closed || count >= limits.idleConnections() || limits.idle().isZero()) {
        return Optional.empty();
      }
      Idle wait = new Idle(peer, serial++);
      idle.computeIfAbsent(peer.key(), _ -> new ArrayDeque<>()).addLast(wait);
      count++;
      return Optional.of(wait);
    } finally {
      lock.unlock();
    }
  }

  private void endLater(Idle wait) {
    try {
      time.pause(limits.idle());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the connection is ended all the same, a little early
    }
    if (removed(wait)) {
      wait.peer().client().quit();
    }
  }

  private boolean removed(Idle wait) {
    lock.lock();
    try {
      Deque<Idle> waiting = idle.get(wait.peer().key());
      boolean there = waiting != null && waiting.removeIf(other -> other.serial() == wait.serial());
      if (waiting != null && there) {
        removed(wait.peer().key(), waiting);
      }
      return there;
    } finally {
      lock.unlock();
    }
  }

  private void removed(Peer.Key key, Deque<Idle> waiting) {
    count--;
    if (waiting.isEmpty()) {
      idle.remove(key);
    }
  }

  /** Ends all that wait; those offered later are ended at once. */
  @Override
  public void close() {
    List<Idle> all = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      idle.values().forEach(all::addAll);
      idle.clear();
      count = 0;
    } finally {
      lock.unlock();
    }
    all.forEach(wait -> wait.peer().client().quit());
  }
}

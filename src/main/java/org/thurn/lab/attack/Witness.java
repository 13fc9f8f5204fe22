package org.thurn.lab.attack;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.thurn.journey.Entry;
import org.thurn.journey.Event;
import org.thurn.journey.Recorder;
import org.thurn.journey.SessionId;

/** A receiver's journal: what its server noted lately, in the order of time. */
final class Witness implements Recorder {
  /** Some hundred sessions; who looks for one looks right after it. */
  private static final int KEPT = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Entry> last = new ArrayDeque<>();

  @Override
  public void record(Entry entry) {
    lock.lock();
    try {
      if (last.size() == KEPT) {
        last.removeFirst();
      }
      last.addLast(entry);
    } finally {
      lock.unlock();
    }
  }

  /** What was noted in the sessions that came from these addresses. */
  List<Entry> sessions(Set<InetSocketAddress> clients) {
    lock.lock();
    try {
      Set<Optional<SessionId>> theirs = new HashSet<>();
      for (Entry entry : last) {
        if (entry.event() instanceof Event.ConnectionAccepted accepted
            && clients.stream().anyMatch(client -> isFrom(client, accepted))) {
          theirs.add(entry.session());
        }
      }
      return last.stream().filter(entry -> theirs.contains(entry.session())).toList();
    } finally {
      lock.unlock();
    }
  }

  private static boolean isFrom(InetSocketAddress client, Event.ConnectionAccepted accepted) {
    InetAddress address = client.getAddress();
    return accepted.remoteAddress().equals(address.getHostAddress())
        && accepted.remotePort() == client.getPort();
  }
}

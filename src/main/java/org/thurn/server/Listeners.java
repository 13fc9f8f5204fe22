package org.thurn.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.thurn.admin.Status;
import org.thurn.time.Time;

/**
 * The open listeners. A reload opens what is new, keeps what stays, and lets the sessions of what
 * is gone come to a good end: the address is given up at once, a transaction that runs ends, and
 * each session is told 421 (or BYE) at its next good moment.
 */
final class Listeners implements AutoCloseable {
  /** Longer than the wait given to each, so that each ends by itself. */
  private static final Duration STOP = Duration.ofSeconds(1);

  /** What a reload waits for the sessions of a listener that is gone, before it cuts them. */
  private static final Duration LEAVE = Duration.ofMinutes(10);

  private final Time time;
  private final Handlers handlers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ListenerSetting, OpenListener> open = new LinkedHashMap<>();
  private final Set<OpenListener> leaving = ConcurrentHashMap.newKeySet();

  Listeners(Handlers handlers, Time time) {
    this.handlers = handlers;
    this.time = time;
  }

  /**
   * Makes the open listeners those of the settings. Those that stay serve new connections by the
   * new settings. If one cannot be opened, everything is as it was.
   */
  void apply(Settings settings, Settings before) throws IOException {
    lock.lock();
    try {
      List<ListenerSetting> gone =
          open.keySet().stream().filter(old -> !settings.listeners().contains(old)).toList();
      List<ListenerSetting> added =
          settings.listeners().stream()
              .filter(setting -> !open.containsKey(setting))
              .distinct() // two that are alike would ask for one port; of port 0 one is enough
              .toList();
      // one whose TLS alone changes must give up its port first
      List<ListenerSetting> inTheWay =
          gone.stream().filter(old -> added.stream().anyMatch(old::sharesEndpoint)).toList();
      inTheWay.forEach(this::leave);
      try {
        openAll(added, settings);
      } catch (IOException e) {
        openAll(inTheWay, before);
        throw e;
      }
      gone.forEach(this::leave);
      open.forEach((setting, listener) -> listener.use(setting, settings));
    } finally {
      lock.unlock();
    }
  }

  private void openAll(List<ListenerSetting> wanted, Settings settings) throws IOException {
    List<ListenerSetting> done = new ArrayList<>();
    try {
      for (ListenerSetting setting : wanted) {
        open.put(setting, OpenListener.open(setting, settings, handlers, time));
        done.add(setting);
      }
    } catch (IOException e) {
      done.forEach(this::close);
      throw e;
    }
  }

  private void leave(ListenerSetting setting) {
    OpenListener listener = open.remove(setting);
    if (listener != null) {
      listener.stopListening();
      leaving.add(listener);
      Thread.ofVirtual()
          .name("leave " + setting)
          .start(
              () -> {
                drain(listener, LEAVE);
                leaving.remove(listener);
              });
    }
  }

  private void close(ListenerSetting setting) {
    OpenListener listener = open.remove(setting);
    if (listener != null) {
      listener.close();
    }
  }

  /** Where each listens, with the ports that port 0 became. */
  List<Status.Listening> describe() {
    lock.lock();
    try {
      return open.entrySet().stream().map(e -> e.getValue().describe(e.getKey())).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Tells new connections to come later and waits for the running ones, all at the same time. */
  void drain(Duration wait) throws InterruptedException {
    List<Thread> waiting = new ArrayList<>();
    for (OpenListener listener : all()) {
      waiting.add(Thread.ofVirtual().start(() -> drain(listener, wait)));
    }
    for (Thread thread : waiting) {
      thread.join(wait.plus(STOP));
    }
  }

  private List<OpenListener> all() {
    lock.lock();
    try {
      List<OpenListener> all = new ArrayList<>(open.values());
      all.addAll(leaving);
      return all;
    } finally {
      lock.unlock();
    }
  }

  private static void drain(OpenListener listener, Duration wait) {
    try {
      listener.drain(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the caller waits no longer: close what is left
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      List.copyOf(open.keySet()).forEach(this::close);
      leaving.forEach(OpenListener::close);
    } finally {
      lock.unlock();
    }
  }
}

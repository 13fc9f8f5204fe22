package org.thurn.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.thurn.net.ConnectionHandler;
import org.thurn.net.Listener;
import org.thurn.net.ListenerSettings;
import org.thurn.net.TlsUpgrade;
import org.thurn.time.Time;

/** The open listeners. A reload opens what is new, closes what is gone and leaves the rest. */
final class Listeners implements AutoCloseable {
  private static final int MAX_CONNECTIONS = 10_000;
  private static final int PER_MINUTE = 600;
  private static final Duration STOP = Duration.ofSeconds(1);

  private final Time time;
  private final Handlers handlers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ListenerSetting, Listener> open = new LinkedHashMap<>();
  private final Map<ListenerSetting, WebListener> web = new LinkedHashMap<>();

  Listeners(Handlers handlers, Time time) {
    this.handlers = handlers;
    this.time = time;
  }

  /**
   * Makes the open listeners those of the settings. If one cannot be opened, what this call opened
   * is closed again and the others stay as they were.
   */
  void apply(Settings settings) throws IOException {
    List<ListenerSetting> added = new ArrayList<>();
    lock.lock();
    try {
      for (ListenerSetting setting : settings.listeners()) {
        if (!open.containsKey(setting) && !web.containsKey(setting)) {
          open(setting, settings);
          added.add(setting);
        }
      }
      for (ListenerSetting setting : all()) {
        if (!settings.listeners().contains(setting)) {
          close(setting);
        }
      }
    } catch (IOException e) {
      added.forEach(this::close);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void open(ListenerSetting setting, Settings settings) throws IOException {
    if (setting.protocol() == ListenerSetting.Service.HTTP) {
      web.put(setting, WebListener.open(setting, handlers.metrics()));
      return;
    }
    ConnectionHandler handler = handlers.handler(setting, settings);
    ListenerSettings listener =
        setting
            .path()
            .map(path -> ListenerSettings.unix(setting.protocol().label(), path, Optional.empty()))
            .orElseGet(() -> tcp(setting, settings));
    open.put(setting, Listener.open(listener, handler, time));
  }

  private ListenerSettings tcp(ListenerSetting setting, Settings settings) {
    InetSocketAddress address =
        new InetSocketAddress(setting.address().orElseThrow(), setting.port());
    // who can reach a loopback listener is on this machine and trusted not to exhaust it
    boolean exempt =
        setting.address().orElseThrow().isLoopbackAddress() && !settings.intake().limitLoopback();
    ListenerSettings listener =
        ListenerSettings.tcp(setting.protocol().label(), address)
            .withLimits(
                MAX_CONNECTIONS,
                exempt ? 0 : settings.intake().connectionsPerAddress(),
                exempt ? 0 : PER_MINUTE);
    return setting.tls() == ListenerSetting.TlsMode.IMPLICIT
        ? listener.withTls(handlers.tls().<TlsUpgrade>map(tls -> tls).orElseThrow())
        : listener;
  }

  private void close(ListenerSetting setting) {
    Listener listener = open.remove(setting);
    if (listener != null) {
      listener.close();
    }
    WebListener page = web.remove(setting);
    if (page != null) {
      page.close();
    }
  }

  private List<ListenerSetting> all() {
    List<ListenerSetting> all = new ArrayList<>(open.keySet());
    all.addAll(web.keySet());
    return all;
  }

  /** Where each listens, with the ports that port 0 became. */
  List<String> describe() {
    lock.lock();
    try {
      List<String> lines = new ArrayList<>();
      open.forEach(
          (setting, listener) ->
              lines.add(
                  setting.protocol().label()
                      + " "
                      + where(listener)
                      + " tls="
                      + setting.tls().name().toLowerCase(java.util.Locale.ROOT)
                      + " connections="
                      + listener.connections()));
      web.forEach((setting, page) -> lines.add("http " + setting + " port=" + page.port()));
      return lines;
    } finally {
      lock.unlock();
    }
  }

  private static String where(Listener listener) {
    return listener.local() instanceof InetSocketAddress inet
        ? inet.getAddress().getHostAddress() + "#" + inet.getPort()
        : listener.local().toString();
  }

  int connections() {
    lock.lock();
    try {
      return open.values().stream().mapToInt(Listener::connections).sum();
    } finally {
      lock.unlock();
    }
  }

  /** Tells new connections to come later and waits for the running ones, all at the same time. */
  void drain(Duration wait) throws InterruptedException {
    List<Thread> waiting = new ArrayList<>();
    for (Listener listener : List.copyOf(open.values())) {
      waiting.add(Thread.ofVirtual().start(() -> drain(listener, wait)));
    }
    for (Thread thread : waiting) {
      thread.join(wait.plus(STOP));
    }
  }

  private static void drain(Listener listener, Duration wait) {
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
      all().forEach(this::close);
    } finally {
      lock.unlock();
    }
  }
}

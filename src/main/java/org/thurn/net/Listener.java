package org.thurn.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.thurn.net.ConnectionHandler.Limit;
import org.thurn.net.ListeningSocket.Arrival;
import org.thurn.time.Time;
import org.thurn.time.VitalThread;

/**
 * Accepts the connections of one address and gives each a virtual thread with its {@link
 * ConnectionHandler}. Peers past a limit are told so and turned away without holding up the others.
 * An error in accepting (no file descriptors left) is noted and survived.
 */
public final class Listener implements AutoCloseable {
  private static final Duration AFTER_ERROR = Duration.ofMillis(200);
  private static final Duration ACCEPT_ENDS = Duration.ofSeconds(5);
  private static final Duration REFUSAL = Duration.ofSeconds(5);
  private static final Duration PROXY_HEADER = Duration.ofSeconds(5);
  private static final Duration WATCH_PERIOD = Duration.ofMillis(250);

  private final ListenerSettings settings;
  private final ConnectionHandler handler;
  private final Time time;
  private final ListeningSocket socket;
  private final Thread acceptor;
  private final Admission admission;
  private final Watchdog watchdog = new Watchdog(WATCH_PERIOD);
  private final Semaphore refusals = Descriptors.ofThisProcess().refusals();
  private final Set<StreamConnection> live = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition emptied = lock.newCondition();
  private volatile boolean listening = true;
  private volatile boolean draining;
  private volatile boolean closed;

  private Listener(
      ListenerSettings settings, ConnectionHandler handler, Time time, ListeningSocket socket) {
    this.settings = settings;
    this.handler = handler;
    this.time = time;
    this.socket = socket;
    this.admission = new Admission(settings, Descriptors.ofThisProcess(), time);
    this.acceptor = VitalThread.virtual("accept-" + settings.protocol(), this::acceptAll);
  }

  /**
   * Binds and begins to accept.
   *
   * @throws java.net.BindException naming the address that cannot be had
   */
  public static Listener open(ListenerSettings settings, ConnectionHandler handler, Time time)
      throws IOException {
    Listener listener = new Listener(settings, handler, time, ListeningSocket.bind(settings));
    listener.acceptor.start();
    return listener;
  }

  /** Where it listens: with port 0 asked for, the port that it got. */
  public SocketAddress local() {
    return socket.local();
  }

  public ListenerSettings settings() {
    return settings;
  }

  /** How many connections are being served. */
  public int connections() {
    return live.size();
  }

  private void acceptAll() {
    while (listening) {
      try {
        arrived(socket.accept());
      } catch (IOException | RuntimeException e) {
        if (listening) {
          handler.fault("accept", e);
          pauseAfterError();
        }
      }
    }
  }

  private void pauseAfterError() {
    try {
      time.pause(AFTER_ERROR);
    } catch (InterruptedException e) {
      // nobody interrupts this thread to stop it: closing the socket does. Go on accepting
      handler.fault("accept", e);
    }
  }

  private void arrived(Arrival arrival) {
    boolean fromProxy =
        arrival.remote().address().stream()
            .anyMatch(a -> settings.proxies().stream().anyMatch(n -> n.contains(a)));
    if (fromProxy) {
      // the header must be read before anybody can be counted: on the connection's own thread
      start(() -> serveProxied(arrival));
      return;
    }
    Optional<Limit> limit =
        draining ? Optional.of(Limit.DRAINING) : admission.enter(arrival.remote());
    if (limit.isPresent()) {
      refuse(arrival, limit.get());
    } else {
      start(() -> serve(arrival, arrival.remote()));
    }
  }

  private void start(Runnable task) {
    Thread.ofVirtual().name(settings.protocol()).start(task);
  }

  private StreamConnection.Limits limits() {
    return new StreamConnection.Limits(watchdog, settings.write(), () -> draining);
  }

  private void serve(Arrival arrival, Endpoint counted) {
    try (StreamConnection connection = arrival.connection(limits())) {
      serve(connection);
    } catch (IOException e) {
      // the peer left before its connection could be set up
      arrival.drop();
    } finally {
      admission.leave(counted);
    }
  }

  private void serveProxied(Arrival arrival) {
    try (StreamConnection connection = arrival.proxied(limits(), PROXY_HEADER)) {
      Optional<Limit> limit =
          draining ? Optional.of(Limit.DRAINING) : admission.enter(connection.remote());
      if (limit.isPresent()) {
        handler.refused(connection.remote(), limit.get());
        sayNo(connection, limit.get());
        return;
      }
      try {
        serve(connection);
      } finally {
        admission.leave(connection.remote());
      }
    } catch (IOException e) {
      handler.fault("PROXY header from " + arrival.remote().host(), e);
      arrival.drop();
    }
  }

  private void serve(StreamConnection connection) {
    live.add(connection);
    try {
      if (closed) {
        sayNo(connection, Limit.DRAINING); // it was counted in the instant before the drain
        return;
      }
      connection.readTimeout(settings.idle());
      if (settings.implicitTls().isPresent()) {
        connection.startTls(settings.implicitTls().get());
      }
      handler.serve(connection);
    } catch (IOException e) {
      handler.broken(connection, e);
    } catch (RuntimeException e) {
      handler.fault(settings.protocol(), e);
    } finally {
      connection.close();
      live.remove(connection);
      signalIfEmpty();
    }
  }

  private void refuse(Arrival arrival, Limit limit) {
    handler.refused(arrival.remote(), limit);
    if (!refusals.tryAcquire()) {
      arrival.drop();
      return;
    }
    start(
        () -> {
          try (StreamConnection connection = arrival.connection(limits())) {
            sayNo(connection, limit);
          } catch (IOException e) {
            // it did not wait for the answer
            arrival.drop();
          } finally {
            refusals.release();
          }
        });
  }

  private void sayNo(StreamConnection connection, Limit limit) throws IOException {
    // a peer that begins with TLS could not read it, and a handshake is what it shall not get
    if (settings.implicitTls().isEmpty()) {
      connection.deadline(REFUSAL);
      connection.out().write(handler.refusal(limit));
      connection.out().flush();
    }
  }

  private void signalIfEmpty() {
    lock.lock();
    try {
      if (live.isEmpty()) {
        emptied.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Serves nobody new, lets the running sessions come to their good end, and closes after {@code
   * wait} what is left.
   *
   * @return whether all sessions ended by themselves
   */
  public boolean drain(Duration wait) throws InterruptedException {
    draining = true;
    live.forEach(StreamConnection::drain);
    boolean empty;
    lock.lock();
    try {
      long left = wait.toNanos();
      while (!live.isEmpty() && left > 0) {
        left = emptied.awaitNanos(left);
      }
      empty = live.isEmpty();
    } finally {
      lock.unlock();
    }
    close();
    return empty;
  }

  /**
   * Gives the address up, so that others may have it when this returns; running sessions go on
   * until a {@link #drain} or {@link #close}.
   */
  public void stopListening() {
    lock.lock();
    try {
      if (!listening) {
        return; // what stands at the address now is perhaps another's
      }
      listening = false;
      socket.close();
      // the port is free only once the accept that was under way has returned
      acceptor.join(ACCEPT_ENDS);
    } catch (IOException e) {
      handler.fault("close", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** Stops at once: running sessions lose their connection. */
  @Override
  public void close() {
    closed = true;
    draining = true;
    stopListening();
    live.forEach(StreamConnection::cutOff);
    watchdog.close();
  }
}

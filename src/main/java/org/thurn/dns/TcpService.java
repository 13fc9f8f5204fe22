package org.thurn.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.thurn.time.Time;

/** The TCP side of the server (RFC 7766): bounded in connections, in idleness and in life. */
final class TcpService {
  private static final int MAX_CONNECTIONS = 64;
  private static final Duration IDLE = Duration.ofSeconds(10);

  private static final Duration AFTER_FAILURE = Duration.ofMillis(20);

  /** Ends also a connection whose peer asks and never reads. */
  private static final Duration LIFE = Duration.ofMinutes(1);

  private final ServerSocket listener;
  private final Desk desk;
  private final Semaphore room = new Semaphore(MAX_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  TcpService(ServerSocket listener, Desk desk) {
    this.listener = listener;
    this.desk = desk;
  }

  void start() {
    Thread.ofVirtual().name("dns-tcp").start(this::accept);
  }

  void close() {
    shut(listener);
    open.forEach(TcpService::shut);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        if (room.tryAcquire()) {
          open.add(socket);
          Thread.ofVirtual().name("dns-tcp-connection").start(() -> serve(socket));
        } else {
          shut(socket);
        }
      } catch (IOException e) {
        // Closed, and the loop ends; or there is no descriptor left, and soon there may be.
        rest();
      }
    }
  }

  private void rest() {
    try {
      Time.system().pause(AFTER_FAILURE);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread but to end it.
      shut(listener);
    }
  }

  private void serve(Socket socket) {
    Thread end = Thread.ofVirtual().start(() -> shutAfterLife(socket));
    try (socket) {
      socket.setTcpNoDelay(true);
      InetSocketAddress client = (InetSocketAddress) socket.getRemoteSocketAddress();
      Optional<byte[]> query = TcpFrames.read(socket, IDLE);
      while (query.isPresent()) {
        Optional<byte[]> reply = desk.serve(query.get(), client, true);
        if (reply.isPresent()) {
          TcpFrames.write(socket, reply.get());
        }
        query = TcpFrames.read(socket, IDLE);
      }
    } catch (IOException e) {
      // The peer went away or was too slow: the connection is over, nothing else is touched.
      shut(socket);
    } finally {
      end.interrupt();
      open.remove(socket);
      room.release();
    }
  }

  private static void shutAfterLife(Socket socket) {
    try {
      Time.system().pause(LIFE);
      shut(socket);
    } catch (InterruptedException e) {
      // The connection ended by itself.
      Thread.currentThread().interrupt();
    }
  }

  private static void shut(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new IllegalStateException("a socket that cannot be closed", e);
    }
  }
}

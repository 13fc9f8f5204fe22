package org.thurn.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Ports on 127.0.0.1, below those that the system gives to clients. */
final class Ports {
  private static final int FIRST = 21_000;
  private static final int LAST = 25_900;
  private static int next = FIRST;

  private Ports() {}

  static synchronized InetSocketAddress free() throws IOException {
    while (next < LAST) {
      InetSocketAddress address = at(next++);
      try (ServerSocket probe = new ServerSocket()) {
        probe.setReuseAddress(true);
        probe.bind(address);
        return address;
      } catch (IOException _) {
        continue; // somebody else's
      }
    }
    next = FIRST;
    throw new IOException("no port is free from " + FIRST + " to " + LAST);
  }

  static InetSocketAddress at(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
  }

  /** Waits until a server listens there, for as long as its process lives. */
  static void await(InetSocketAddress address, Process server, Path log) throws Exception {
    Pause.until(
        address + " answers",
        20,
        () -> {
          if (!server.isAlive()) {
            throw new IOException("it ended at once: " + Files.readString(log));
          }
          return answers(address);
        });
  }

  private static boolean answers(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, (int) Duration.ofSeconds(1).toMillis());
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}

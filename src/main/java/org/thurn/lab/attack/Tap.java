package org.thurn.lab.attack;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.thurn.lab.attack.Recording.Speaker;
import org.thurn.net.TlsUpgrade;

/**
 * The attacker on the wire, for one play: an address of his own where the sender's connections end,
 * and from which he talks to the real server. He records all that both say.
 */
final class Tap implements AutoCloseable {
  /** A peer that says nothing for so long has gone. */
  private static final int PATIENCE_MILLIS = 10_000;

  private static final int BACKLOG = 5;

  private final Way way;
  private final InetSocketAddress server;
  private final ServerSocket door;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<InetSocketAddress> clients = ConcurrentHashMap.newKeySet();
  private final Recording recording = new Recording();

  /** How he behaves. */
  sealed interface Way {
    /** He carries every octet as it comes. */
    record Listening() implements Way {}

    /** He carries every octet, but spoils the offer of key exchanges. */
    record Downgrading() implements Way {}

    /** There seems to be no STARTTLS. */
    record Stripping() implements Way {}

    /**
     * He ends the sender's TLS himself, and begins one of his own.
     *
     * @param own towards the sender, with his certificate
     * @param onward towards the server, whatever its certificate
     */
    record Forging(TlsUpgrade own, TlsUpgrade onward) implements Way {}
  }

  /**
   * Opens the door.
   *
   * @param at his address
   * @param server where the sender wanted to go
   */
  Tap(InetAddress at, InetSocketAddress server, Way way) throws IOException {
    this.way = way;
    this.server = server;
    this.door = new ServerSocket(0, BACKLOG, at);
    Thread.ofVirtual().name("tap").start(this::accept);
  }

  /** Where the sender's connections must end. */
  InetSocketAddress address() {
    return (InetSocketAddress) door.getLocalSocketAddress();
  }

  /** Where the server saw connections come from. */
  Set<InetSocketAddress> clients() {
    return Set.copyOf(clients);
  }

  Recording recording() {
    return recording;
  }

  private void accept() {
    try {
      while (true) {
        Socket sender = door.accept();
        sockets.add(sender);
        Thread.ofVirtual().name("tapped").start(() -> carry(sender));
      }
    } catch (IOException e) {
      return; // close() was called
    }
  }

  private void carry(Socket sender) {
    try (sender;
        Socket onward = onward(sender)) {
      sender.setTcpNoDelay(true);
      onward.setTcpNoDelay(true);
      sender.setSoTimeout(PATIENCE_MILLIS);
      onward.setSoTimeout(PATIENCE_MILLIS);
      int connection = recording.begin();
      switch (way) {
        case Way.Listening _ -> carryAll(connection, sender, onward, sender.getInputStream());
        case Way.Downgrading _ -> carryAll(connection, sender, onward, spoilt(connection, sender));
        case Way.Stripping _, Way.Forging _ ->
            new TapDialogue(way, recording, connection, sender, onward).run();
      }
    } catch (IOException e) {
      return; // one of the two does not like the other any more, or him
    }
  }

  /** Who only carries octets is not seen: the server sees the sender's own address. */
  private Socket onward(Socket sender) throws IOException {
    InetAddress from =
        switch (way) {
          case Way.Listening _, Way.Downgrading _ -> sender.getInetAddress();
          case Way.Stripping _, Way.Forging _ -> door.getInetAddress();
        };
    Socket onward = new Socket();
    sockets.add(onward);
    onward.bind(new InetSocketAddress(from, 0));
    clients.add((InetSocketAddress) onward.getLocalSocketAddress());
    onward.connect(server, PATIENCE_MILLIS);
    return onward;
  }

  private InputStream spoilt(int connection, Socket sender) throws IOException {
    return new SpoiltOffer(
        new DataInputStream(sender.getInputStream()),
        () -> recording.did(connection, "takes X25519MLKEM768 out of what the sender offers"));
  }

  private void carryAll(int connection, Socket sender, Socket onward, InputStream said)
      throws IOException {
    Thread back =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    pass(connection, Speaker.RECEIVER, onward.getInputStream(), out(sender));
                  } catch (IOException e) {
                    return; // whoever reads the other direction notices that it is over
                  } finally {
                    closeQuietly(onward);
                  }
                });
    pass(connection, Speaker.SENDER, said, out(onward));
    onward.shutdownOutput();
    try {
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(int connection, Speaker speaker, InputStream said, OutputStream onward)
      throws IOException {
    byte[] some = new byte[8192];
    int length = said.read(some);
    while (length >= 0) {
      recording.said(connection, speaker, some, length);
      onward.write(some, 0, length);
      length = said.read(some);
    }
  }

  private static OutputStream out(Socket socket) throws IOException {
    return socket.getOutputStream();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      return; // its descriptor is released all the same
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    sockets.forEach(Tap::closeQuietly);
  }
}

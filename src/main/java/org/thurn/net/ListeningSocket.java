package org.thurn.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/** A bound socket that hands out connections: TCP or Unix-domain. */
sealed interface ListeningSocket extends Closeable {
  /** Where it is bound, with the port that it got. */
  SocketAddress local();

  /** Waits for the next peer. */
  Arrival accept() throws IOException;

  /** A peer that has just connected. */
  interface Arrival {
    Endpoint remote();

    /** Reads a PROXY header, then makes a connection with what it says. */
    StreamConnection proxied(StreamConnection.Limits limits, Duration within) throws IOException;

    StreamConnection connection(StreamConnection.Limits limits) throws IOException;

    void drop();
  }

  /** Binds as the settings say; a failure names the address. */
  static ListeningSocket bind(ListenerSettings settings) throws IOException {
    try {
      return switch (settings.address()) {
        case InetSocketAddress inet -> Tcp.bind(inet, settings.backlog());
        case UnixDomainSocketAddress unix -> Unix.bind(unix.getPath(), settings);
        case SocketAddress other -> throw new SocketException("not an address to listen on");
      };
    } catch (IOException e) {
      BindException named =
          new BindException(
              "cannot listen on %s for %s: %s"
                  .formatted(shown(settings.address()), settings.protocol(), e.getMessage()));
      named.initCause(e);
      throw named;
    }
  }

  private static String shown(SocketAddress address) {
    return address instanceof InetSocketAddress inet && !inet.isUnresolved()
        ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
        : address.toString();
  }

  /** TCP. */
  record Tcp(ServerSocket server) implements ListeningSocket {
    static Tcp bind(InetSocketAddress address, int backlog) throws IOException {
      ServerSocket server = new ServerSocket();
      try {
        server.setReuseAddress(true);
        server.bind(address, backlog);
        return new Tcp(server);
      } catch (IOException e) {
        server.close();
        throw e;
      }
    }

    @Override
    public SocketAddress local() {
      return server.getLocalSocketAddress();
    }

    @Override
    public Arrival accept() throws IOException {
      return new TcpArrival(server.accept());
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }

  /** A TCP peer. */
  record TcpArrival(Socket socket) implements Arrival {
    @Override
    public Endpoint remote() {
      return Endpoint.of(socket.getRemoteSocketAddress());
    }

    private Endpoint local() {
      return Endpoint.of(socket.getLocalSocketAddress());
    }

    @Override
    public StreamConnection connection(StreamConnection.Limits limits) throws IOException {
      return new TcpConnection(socket, remote(), local(), limits);
    }

    @Override
    public StreamConnection proxied(StreamConnection.Limits limits, Duration within)
        throws IOException {
      Watchdog.Guard guard = limits.watchdog().watch(this::drop, this::drop);
      try {
        guard.readWithin(within.toMillis());
        ProxyHeader header = ProxyHeader.read(socket.getInputStream());
        return new TcpConnection(
            socket, header.remote().orElse(remote()), header.local().orElse(local()), limits);
      } finally {
        guard.release();
      }
    }

    @Override
    public void drop() {
      try {
        socket.close();
      } catch (IOException e) {
        // close has released the descriptor all the same: there is nothing else to do
        return;
      }
    }
  }

  /** A Unix-domain socket, and the file that names it. */
  record Unix(ServerSocketChannel server, Path path) implements ListeningSocket {
    /**
     * Binds under a name that no client knows, gives it its group and permissions, and only then
     * renames it into place: nobody can connect before the permissions stand.
     */
    static Unix bind(Path path, ListenerSettings settings) throws IOException {
      removeStale(path);
      Path fresh = path.resolveSibling(path.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        server.bind(UnixDomainSocketAddress.of(fresh), settings.backlog());
        Optional<String> group = settings.unixGroup();
        if (group.isPresent()) {
          var view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
          var names = fresh.getFileSystem().getUserPrincipalLookupService();
          view.setGroup(names.lookupPrincipalByGroupName(group.get()));
        }
        Files.setPosixFilePermissions(
            fresh, PosixFilePermissions.fromString(group.isPresent() ? "rw-rw----" : "rw-------"));
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        return new Unix(server, path);
      } catch (IOException e) {
        server.close();
        throw e;
      }
    }

    /** Removes what a crash left; a socket that somebody listens on stays and is an error. */
    private static void removeStale(Path path) throws IOException {
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
        throw new BindException("somebody listens there: " + probe.isConnected());
      } catch (BindException e) {
        throw e;
      } catch (SocketException e) {
        // nobody answers. Only a socket may be removed: any other file is somebody's
        if (!Files.readAttributes(path, PosixFileAttributes.class).isOther()) {
          throw new BindException("a file that is no socket is in the way");
        }
        Files.delete(path);
      }
    }

    @Override
    public SocketAddress local() {
      return UnixDomainSocketAddress.of(path);
    }

    @Override
    public Arrival accept() throws IOException {
      return new UnixArrival(server.accept());
    }

    @Override
    public void close() throws IOException {
      server.close();
      Files.deleteIfExists(path);
    }
  }

  /** A local peer. */
  record UnixArrival(SocketChannel channel) implements Arrival {
    @Override
    public Endpoint remote() {
      return new Endpoint(Optional.empty(), 0);
    }

    @Override
    public StreamConnection connection(StreamConnection.Limits limits) throws IOException {
      return new UnixConnection(channel, limits);
    }

    @Override
    public StreamConnection proxied(StreamConnection.Limits limits, Duration within)
        throws IOException {
      return connection(limits);
    }

    @Override
    public void drop() {
      try {
        channel.close();
      } catch (IOException e) {
        // close has released the descriptor all the same: there is nothing else to do
        return;
      }
    }
  }
}

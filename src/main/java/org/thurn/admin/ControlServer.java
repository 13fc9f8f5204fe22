package org.thurn.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Semaphore;
import org.thurn.journey.Event;
import org.thurn.journey.Journey;
import org.thurn.net.CrlfReader;
import org.thurn.store.StoreException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Listens on the control socket, which only the owner of the state directory can open, and gives
 * each connection's one request to the handler.
 */
public final class ControlServer implements AutoCloseable {
  private static final int MAX_SESSIONS = 64;
  private static final int BUFFER = 16_384;

  private final ServerSocketChannel server;
  private final Path socket;
  private final CommandHandler handler;
  private final Journey journey;
  private final Semaphore sessions = new Semaphore(MAX_SESSIONS);

  private ControlServer(
      ServerSocketChannel server, Path socket, CommandHandler handler, Journey journey) {
    this.server = server;
    this.socket = socket;
    this.handler = handler;
    this.journey = journey;
  }

  /** Opens the socket of {@code state}; one that a crash left behind is replaced. */
  public static ControlServer open(Path state, CommandHandler handler, Journey journey)
      throws IOException {
    Path socket = ControlSocketPath.make(state);
    Files.deleteIfExists(socket);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    ControlServer server = new ControlServer(channel, socket, handler, journey);
    Thread.ofVirtual().name("control").start(server::accept);
    return server;
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        if (sessions.tryAcquire()) {
          Thread.ofVirtual().name("control-session").start(() -> serve(client));
        } else {
          client.close();
        }
      } catch (ClosedChannelException e) {
        return; // close() was called
      } catch (IOException e) {
        journey.note(new Event.Fault("control socket", String.valueOf(e.getMessage())));
      }
    }
  }

  private void serve(SocketChannel client) {
    try (client) {
      OutputStream out = Channels.newOutputStream(client);
      PushbackInputStream in = new PushbackInputStream(Channels.newInputStream(client));
      int first = in.read();
      if (first < 0) {
        return; // somebody looked whether we are here
      }
      in.unread(first);
      CrlfReader reader = new CrlfReader(in, BUFFER);
      JsonNode request = ControlWire.read(reader);
      InputStream input = ControlWire.bounded(reader, request.path("octets").asLong(0));
      Outcome outcome = answer(request, input, out);
      // what the command did not want to read must not block the client that still sends it
      input.transferTo(OutputStream.nullOutputStream());
      ControlWire.write(
          out,
          JsonNodeFactory.instance
              .objectNode()
              .put("exit", outcome.exit())
              .put("words", outcome.words()));
    } catch (IOException e) {
      // the client went away: there is nobody to tell
      journey.note(new Event.Fault("control session", String.valueOf(e.getMessage())));
    } finally {
      sessions.release();
    }
  }

  private Outcome answer(JsonNode request, InputStream input, OutputStream out) {
    try {
      return handler.handle(
          request.path("author").asString("unknown"),
          request.path("command").asString(""),
          request.path("arguments"),
          input,
          to(out));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(Exit.TEMPORARY, "the server is stopping");
    } catch (IOException | StoreException e) {
      journey.note(new Event.Fault("control command", String.valueOf(e.getMessage())));
      return new Outcome(Exit.TEMPORARY, "not now: " + e.getMessage());
    } catch (RuntimeException e) {
      journey.note(new Event.Fault("control command", String.valueOf(e)));
      return new Outcome(Exit.SOFTWARE, "the command failed: " + e.getMessage());
    }
  }

  private static Answer to(OutputStream out) {
    return new Answer() {
      @Override
      public void item(JsonNode item) throws IOException {
        ControlWire.write(out, JsonNodeFactory.instance.objectNode().set("item", item));
      }

      @Override
      public void text(String text) throws IOException {
        ControlWire.write(out, JsonNodeFactory.instance.objectNode().put("text", text));
      }
    };
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(socket);
  }
}

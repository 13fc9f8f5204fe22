package org.thurn.admin;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.thurn.net.CrlfReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks a running server over its control socket. */
public final class ControlClient {
  private static final int BUFFER = 65_536;

  private final Path state;

  public ControlClient(Path state) {
    this.state = state;
  }

  /** An object to fill with a command's arguments. */
  public static ObjectNode arguments() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Whether a server answers at all. */
  public boolean running() {
    try (SocketChannel channel = connect()) {
      return channel.isConnected();
    } catch (IOException e) {
      return false; // no socket, or nobody behind it: that is the answer
    }
  }

  /**
   * Sends one command and passes on what comes back.
   *
   * @param message octets that go with it, or none
   * @throws ConnectException if no server answers
   * @throws IOException if it dies before its answer is complete
   */
  public Outcome call(String command, ObjectNode arguments, byte[] message, Answer to)
      throws IOException {
    try (SocketChannel channel = connect()) {
      OutputStream out = Channels.newOutputStream(channel);
      ObjectNode request = arguments();
      request.put("author", System.getProperty("user.name", "unknown"));
      request.put("command", command);
      request.set("arguments", arguments);
      request.put("octets", message.length);
      ControlWire.write(out, request);
      out.write(message);
      CrlfReader reader = new CrlfReader(Channels.newInputStream(channel), BUFFER);
      while (true) {
        JsonNode line = ControlWire.read(reader);
        if (line.has("exit")) {
          return new Outcome(line.path("exit").asInt(), line.path("words").asString(""));
        }
        if (line.has("text")) {
          to.text(line.path("text").asString());
        } else {
          to.item(line.path("item"));
        }
      }
    }
  }

  private SocketChannel connect() throws IOException {
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(ControlSocketPath.of(state)));
    } catch (SocketException | NoSuchFileException e) {
      ConnectException nobody = new ConnectException("no server runs with the state " + state);
      nobody.initCause(e);
      throw nobody;
    }
  }
}

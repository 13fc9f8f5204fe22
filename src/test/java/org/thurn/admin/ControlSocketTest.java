package org.thurn.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thurn.journey.Entry;
import org.thurn.journey.Ids;
import org.thurn.journey.Journey;
import org.thurn.store.StoreException;
import org.thurn.time.Time;
import tools.jackson.databind.JsonNode;

class ControlSocketTest {
  @TempDir Path folder;
  private Path state;
  private ControlServer server;
  private final List<Entry> noted = Collections.synchronizedList(new ArrayList<>());
  private final List<String> said = new ArrayList<>();

  private final Answer answer =
      new Answer() {
        @Override
        public void item(JsonNode item) {
          said.add(item.toString());
        }

        @Override
        public void text(String text) {
          said.add(text);
        }
      };

  @BeforeEach
  void open() throws IOException {
    state = Files.createDirectory(folder.resolve("state"));
    server = open(state);
  }

  private ControlServer open(Path of) throws IOException {
    Time time = Time.system();
    return ControlServer.open(
        of, ControlSocketTest::handle, Journey.to(noted::add, time, new Ids(time)));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private static Outcome handle(
      String author, String command, JsonNode arguments, InputStream input, Answer to)
      throws IOException {
    return switch (command) {
      case "echo" -> {
        to.text(arguments.path("say").asString());
        to.item(ControlClient.arguments().put("author", author));
        yield Outcome.ok("done");
      }
      case "count" -> Outcome.ok(String.valueOf(input.readAllBytes().length));
      case "deaf" -> Outcome.no("not interested");
      case "full" -> throw new StoreException(StoreException.Kind.FULL, "no room");
      case "bug" -> throw new IllegalStateException("oh");
      default -> new Outcome(Exit.USAGE, "no command " + command);
    };
  }

  private Outcome call(String command, int octets) throws IOException {
    return new ControlClient(state)
        .call(
            command,
            ControlClient.arguments().put("say", "gr\u00fc\u00df"),
            new byte[octets],
            answer);
  }

  @Test
  void aCommandIsAnsweredItemByItemAndWithItsOutcome() throws Exception {
    assertThat(call("echo", 0)).isEqualTo(Outcome.ok("done"));
    assertThat(said)
        .containsExactly(
            "gr\u00fc\u00df", "{\"author\":\"" + System.getProperty("user.name") + "\"}");
  }

  @Test
  void onlyTheOwnerCanOpenIt() throws Exception {
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(ControlSocketPath.of(state))))
        .isEqualTo("rw-------");
  }

  @Test
  void aLargeMessageGoesThrough() throws Exception {
    assertThat(call("count", 25 << 20).words()).isEqualTo(String.valueOf(25 << 20));
  }

  @Test
  void aMessageThatTheCommandDoesNotReadKeepsNobodyFromTheAnswer() throws Exception {
    assertThat(call("deaf", 8 << 20)).isEqualTo(Outcome.no("not interested"));
  }

  @Test
  void aFaultOfTheStoreIsTemporaryAndABugIsOwnedUpTo() throws Exception {
    assertThat(call("full", 0).exit()).isEqualTo(Exit.TEMPORARY);
    assertThat(call("bug", 0).exit()).isEqualTo(Exit.SOFTWARE);
    assertThat(noted).hasSize(2);
    assertThat(call("echo", 0).exit()).isEqualTo(Exit.OK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "[1,2]\r\n",
        "{\"command\":5}\r\n",
        "{\"command\":{\"a\":[]},\"octets\":\"many\"}\r\n",
        "{\"command\":\"count\",\"octets\":-5}\r\n",
        "{\"command\":\"count\",\"octets\":5}\r\nab",
        "{\n"
      })
  void garbageIsSurvived(String octets) throws Exception {
    try (SocketChannel client =
        SocketChannel.open(UnixDomainSocketAddress.of(ControlSocketPath.of(state)))) {
      client.write(ByteBuffer.wrap(octets.getBytes(StandardCharsets.UTF_8)));
      client.shutdownOutput();
      ByteBuffer read = ByteBuffer.allocate(10_000);
      while (client.read(read) >= 0) {
        assertThat(read.hasRemaining()).isTrue();
      }
    }
    assertThat(call("echo", 0).exit()).isEqualTo(Exit.OK);
  }

  @Test
  void lookingWhetherItRunsIsNoFault() throws Exception {
    assertThat(new ControlClient(state).running()).isTrue();
    assertThat(call("echo", 0).exit()).isEqualTo(Exit.OK);
    assertThat(noted).isEmpty();
  }

  @Test
  void withoutAServerTheClientSaysSo() throws Exception {
    server.close();
    assertThat(new ControlClient(state).running()).isFalse();
    assertThatThrownBy(() -> call("echo", 0))
        .isInstanceOf(ConnectException.class)
        .hasMessage("no server runs with the state " + state);
  }

  @Test
  void aSocketThatACrashLeftIsReplaced() throws Exception {
    server.close();
    Path socket = ControlSocketPath.of(state);
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket))
        .close();
    assertThat(socket).exists();
    assertThat(new ControlClient(state).running()).isFalse();

    server = open(state);
    assertThat(call("echo", 0).exit()).isEqualTo(Exit.OK);
  }

  @Test
  void aStateWithALongPathHasItsSocketInAPrivateFolder() throws Exception {
    server.close();
    state = Files.createDirectories(folder.resolve("long".repeat(30)).resolve("state"));
    assertThatThrownBy(() -> call("echo", 0)).isInstanceOf(ConnectException.class);

    server = open(state);
    Path socket = ControlSocketPath.of(state);
    Path home = Objects.requireNonNull(socket.getParent());
    try {
      assertThat(socket.toString().length()).isLessThan(100);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
          .isEqualTo("rwx------");
      assertThat(call("echo", 0).exit()).isEqualTo(Exit.OK);
    } finally {
      server.close();
      Files.delete(home);
    }
  }

  @Test
  void aFolderInItsPlaceThatOthersCanEnterIsRefused() throws Exception {
    Path other = Files.createDirectories(folder.resolve("long".repeat(30)).resolve("other"));
    Path home = Objects.requireNonNull(ControlSocketPath.of(other).getParent());
    Files.createDirectory(
        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
    try {
      assertThatThrownBy(() -> ControlSocketPath.of(other))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(home.toString());
    } finally {
      Files.delete(home);
    }
  }
}

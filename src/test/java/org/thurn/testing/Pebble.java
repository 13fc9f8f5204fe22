package org.thurn.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.thurn.time.Time;

/** A certificate authority that speaks ACME, made for tests by people who run a large one. */
public final class Pebble implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Process process;
  private final int port;
  private final Path folder;

  private Pebble(Process process, int port, Path folder) {
    this.process = process;
    this.port = port;
    this.folder = folder;
  }

  /** A port that is free now. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Where it looks at challenges, and whom it asks for names. */
  public record Looks(int httpPort, int tlsPort, InetSocketAddress dns) {}

  /**
   * Starts it; without it installed the test ends here.
   *
   * @param port where it listens
   * @param surprises what it is to do wrong, as variables of its environment
   */
  public static Pebble start(Path folder, int port, Looks looks, Map<String, String> surprises)
      throws Exception {
    String program = Programs.require("pebble").toString();
    Files.createDirectories(folder);
    TestCertificates authority = new TestCertificates();
    authority.issue("localhost").writeTo(folder);
    authority.writeAuthority(folder.resolve("ca.pem"));
    Path config = folder.resolve("pebble.json");
    Files.writeString(
        config,
        """
        {"pebble": {"listenAddress": "127.0.0.1:%d", "managementListenAddress": "",
          "certificate": "%s", "privateKey": "%s", "httpPort": %d, "tlsPort": %d}}
        """
            .formatted(
                port,
                folder.resolve("cert.pem"),
                folder.resolve("key.pem"),
                looks.httpPort,
                looks.tlsPort));
    ProcessBuilder builder =
        new ProcessBuilder(
                program,
                "-config",
                config.toString(),
                "-strict",
                "-dnsserver",
                "127.0.0.1:" + looks.dns.getPort())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("pebble.log").toFile());
    builder.environment().put("PEBBLE_VA_NOSLEEP", "1");
    builder.environment().putAll(surprises);
    Pebble pebble = new Pebble(builder.start(), port, folder);
    try {
      pebble.await();
      return pebble;
    } catch (Exception e) {
      pebble.close();
      throw e;
    }
  }

  private void await() throws Exception {
    Time time = Time.system();
    long end = time.ticks() + LONGEST.toNanos();
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (!process.isAlive() || time.ticks() > end) {
          throw new IOException("pebble does not listen: " + log(), e);
        }
        time.pause(Duration.ofMillis(20));
      }
    }
  }

  /** Its directory. */
  public String directory() {
    return "https://localhost:" + port + "/dir";
  }

  /** PEM, by whom its own web server's certificate is. */
  public Path ca() {
    return folder.resolve("ca.pem");
  }

  /** What it has said. */
  public String log() throws IOException {
    return Files.readString(folder.resolve("pebble.log"));
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }
}

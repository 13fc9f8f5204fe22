package org.thurn.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.thurn.testing.Programs;

/** A validating resolver that forwards to the lab's DNS and trusts the lab's anchor. */
final class Unbound implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final String address;
  private final int port;
  private final Process process;

  private Unbound(String address, int port, Process process) {
    this.address = address;
    this.port = port;
    this.process = process;
  }

  /** Starts it, and returns when it answers. */
  static Unbound start(RunningLab lab, Path folder, String address, int port) throws Exception {
    Path program = Programs.require("unbound");
    Path configuration =
        Files.writeString(
            folder.resolve("unbound.conf"),
            """
            server:
              interface: %s
              port: %d
              access-control: 127.0.0.0/8 allow
              username: ""
              chroot: ""
              directory: "%s"
              pidfile: ""
              use-syslog: no
              do-daemonize: no
              num-threads: 1
              do-ip6: no
              do-not-query-localhost: no
              module-config: "validator iterator"
              trust-anchor-file: "%s"
              local-zone: "127.in-addr.arpa." nodefault
            remote-control:
              control-enable: no
            forward-zone:
              name: "."
              forward-addr: 127.0.0.1@%d
            """
                .formatted(address, port, folder, lab.trustAnchor(), lab.dnsPort()));
    Path log = folder.resolve("unbound.log");
    Process process =
        new ProcessBuilder(program.toString(), "-d", "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Unbound unbound = new Unbound(address, port, process);
    Polls.until(
        "an answer from unbound",
        () -> {
          assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
          return Optional.of(unbound.dig("example", "SOA"))
              .filter(answer -> answer.contains("status: NOERROR"));
        });
    return unbound;
  }

  /** What dig prints, flags included. */
  String dig(String name, String type) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Programs.require("dig").toString(),
            "@" + address,
            "-p",
            Integer.toString(port),
            "+dnssec",
            "+tries=1",
            "+time=2",
            name,
            type);
    return Programs.run(LIMIT, "", command).output();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

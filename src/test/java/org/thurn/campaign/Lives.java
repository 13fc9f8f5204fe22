package org.thurn.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.thurn.queue.CrashPoint;

/** Starts the server and ends it, again and again. */
final class Lives implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private final ServerImage image;
  private final Path folder;
  private final Path home;
  private final Stage stage;
  private final Disk disk;
  private final Findings findings;
  private int number = -1;
  private final List<CrashPoint> points = new ArrayList<>();
  private ServerProcess process;

  /**
   * @param folder for what the processes say
   * @param home where thurn.toml is
   */
  Lives(ServerImage image, Path folder, Path home, Stage stage, Disk disk, Findings findings) {
    this.image = image;
    this.folder = folder;
    this.home = home;
    this.stage = stage;
    this.disk = disk;
    this.findings = findings;
  }

  /** The crash points at which a life ended by its own hand. */
  List<CrashPoint> points() {
    return List.copyOf(points);
  }

  /** One whole life, from its start to its kill. */
  void live(Kill kill) throws IOException, InterruptedException {
    switch (kill) {
      case Kill.AfterStart(Duration pause) -> {
        start(List.of());
        if (!process.awaitEnd(pause)) {
          kill();
          return;
        }
        findings.add("life " + number + " ended by itself: " + process.said());
        kill();
      }
      case Kill.AfterUp(int messages, Duration pause) -> {
        start(List.of());
        up();
        awaitAcknowledged(messages);
        pass(pause);
        kill();
      }
      case Kill.AtPoint(var point, int nth) -> {
        start(List.of("-Dthurn.crash=" + point + ":" + nth));
        up();
        if (process.awaitEnd(LONGEST_WAIT)) {
          points.add(point);
        }
        kill();
      }
    }
  }

  /** A life that is not killed yet. */
  Life live() throws IOException {
    start(List.of());
    return up();
  }

  private void start(List<String> options) throws IOException {
    number++;
    stage.begins(number);
    process =
        new ServerProcess(
            image.command(home.resolve("thurn.toml"), options),
            folder.resolve("out." + number),
            disk.environment(number));
  }

  private Life up() throws IOException {
    Life life = Life.of(number, process.awaitUp());
    stage.up(life);
    return life;
  }

  /** SIGKILL, and what it does to the files. */
  void kill() throws IOException, InterruptedException {
    boolean byItself = process.awaitEnd(Duration.ZERO);
    process.kill();
    stage.down();
    if (byItself && !process.wasKilled()) {
      findings.add("life " + number + " ended by itself: " + process.said());
    }
    disk.killed(number);
  }

  private void awaitAcknowledged(int messages) {
    long enough = stage.acknowledged() + messages;
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (stage.acknowledged() < enough && System.nanoTime() < end) {
      LockSupport.parkNanos(500_000);
    }
  }

  private static void pass(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null) {
      process.close();
    }
  }
}
